"""The page itself: one template, its words, and the files beside it. Nothing comes from elsewhere."""

from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from sandbox.meta.faults import FaultKind
from sandbox.meta.refusals import KNOWN_CODES
from sandbox.phone.texts import LANGUAGES, catalogue, language_of

_HERE = Path(__file__).parent
_POLICY = (
    "default-src 'self'; img-src 'self' data:; media-src 'self'; style-src 'self'; "
    "script-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)
router = APIRouter()


def static_files() -> StaticFiles:
    return StaticFiles(directory=_HERE / "static")


@router.get("/", include_in_schema=False)
async def home() -> RedirectResponse:
    return RedirectResponse("/phone")


@router.get("/phone")
async def phone(request: Request, lang: str | None = None) -> Response:
    language = language_of(lang or request.cookies.get("lang"), request.headers.get("accept-language", ""))
    texts = catalogue(language)
    page = _templates().TemplateResponse(
        request,
        "phone.html",
        {
            "language": language,
            "languages": LANGUAGES,
            "texts": texts,
            "fault_kinds": [str(kind) for kind in FaultKind],
            "error_codes": KNOWN_CODES,
        },
        headers={"Content-Security-Policy": _POLICY, "Cache-Control": "no-store"},
    )
    page.set_cookie("lang", language, max_age=31_536_000, samesite="lax")
    return page


def _templates() -> Jinja2Templates:
    return Jinja2Templates(directory=_HERE / "templates")
