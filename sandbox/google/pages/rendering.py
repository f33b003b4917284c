"""Templates, words and headers that the pages share. Nothing comes from elsewhere."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from fastapi import Request, Response
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from sandbox.google.consent import ConsentError, ConsentRequest
from sandbox.google.scopes import SIGN_IN, short, to_tick
from sandbox.google.switchboard import Google
from sandbox.phone.texts import LANGUAGES, language_of

_HERE = Path(__file__).parent
# Only the redirect back to the program leaves this machine's pages, so forms may lead anywhere.
_POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


def static_files() -> StaticFiles:
    return StaticFiles(directory=_HERE / "static")


def render(request: Request, name: str, status: int = 200, **values: Any) -> Response:
    chosen = request.query_params.get("lang") or request.query_params.get("hl") or request.cookies.get("lang")
    language = language_of(chosen, request.headers.get("accept-language", ""))
    shared = {
        "language": language,
        "languages": LANGUAGES,
        "texts": words(language),
        "base": request.scope.get("root_path", ""),
    }
    page = _templates().TemplateResponse(
        request,
        name,
        shared | values,
        status_code=status,
        headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"},
    )
    page.set_cookie("lang", language, max_age=31_536_000, samesite="lax")
    return page


def consent_page(request: Request, google: Google, asked: ConsentRequest) -> Response:
    boxes = to_tick(asked.scopes)
    accounts = list(google.store.accounts.values())
    hinted = google.store.account_of(asked.login_hint) or accounts[0]
    before = google.vault.granted(hinted.subject, asked.client.client_id)
    fixed = [short(each) for each in asked.scopes if each not in boxes and each not in SIGN_IN]
    return render(
        request,
        "consent.html",
        program=asked.client.name,
        accounts=accounts,
        hinted=hinted.email,
        signs_in=bool(SIGN_IN & set(asked.scopes)),
        boxes=[{"scope": each, "name": short(each), "ticked": each in before} for each in boxes],
        fixed=fixed,
        action=f"{request.scope.get('root_path', '')}/o/oauth2/v2/auth?{request.url.query}",
    )


def trouble_page(request: Request, wrong: ConsentError) -> Response:
    return render(request, "trouble.html", wrong.status, error=wrong.error, detail=wrong.detail)


@cache
def words(language: str) -> dict[str, str]:
    read = yaml.safe_load((_HERE / "texts" / f"{language}.yaml").read_text("utf-8"))
    return {str(key): str(value) for key, value in read.items()}


@cache
def _templates() -> Jinja2Templates:
    return Jinja2Templates(directory=_HERE / "templates")
