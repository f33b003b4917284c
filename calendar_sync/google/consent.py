"""The consent: the address that the merchant opens, and the code that comes back exchanged for tokens.

A `Flow` lives for one call only. State and verifier are made here and kept by the caller: the verifier is what makes a
code of no use to whoever else sees it.
"""

import logging
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

import requests
from google_auth_oauthlib.flow import Flow
from oauthlib.oauth2.rfc6749.errors import MissingTokenError, OAuth2Error
from pydantic import SecretStr

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.scopes import Choice, to_ask_for
from calendar_sync.google.tokens import Lapsed, Tokens, lapsed, tokens_of
from calendar_sync.google.troubles import Failed, Trouble

_VERIFIER_BYTES = 64
_REFUSED = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What one attempt to link is proved by; single use."""

    state: str
    verifier: SecretStr
    nonce: str


def new_secrets(prefix: str) -> Secrets:
    """Fresh ones; the state begins with `prefix`, by which the edge finds whose it is."""
    return Secrets(
        state=f"{prefix}.{secrets.token_urlsafe(32)}",
        verifier=SecretStr(secrets.token_urlsafe(_VERIFIER_BYTES)),
        nonce=secrets.token_urlsafe(16),
    )


def consent_address(app: GoogleApp, choice: Choice, redirect_uri: str, attempt: Secrets) -> str:
    """Where the merchant's browser goes. `prompt=consent`, as a refresh token comes with no other answer."""
    flow = _flow(app, to_ask_for(choice), redirect_uri, attempt.verifier)
    address, _state = flow.authorization_url(
        state=attempt.state,
        nonce=attempt.nonce,
        prompt="consent",
        access_type="offline",
        include_granted_scopes="true",
    )
    return str(address)


def redeem(
    app: GoogleApp, code: SecretStr, verifier: SecretStr, redirect_uri: str
) -> Tokens | Lapsed | Failed:
    """The tokens for a code; one attempt, since a code works once."""
    # Without scopes of its own the library does not mind that fewer were granted than asked for.
    flow = _flow(app, None, redirect_uri, verifier)
    status = _status_of(flow)
    try:
        answer = flow.fetch_token(
            code=code.get_secret_value(), include_client_id=True, timeout=app.seconds, method="POST"
        )
    except MissingTokenError:
        return Failed(Trouble.BACKEND, "no access token")
    except OAuth2Error as reason:
        return lapsed(str(reason.error or ""), status[-1] if status else _REFUSED)
    except requests.RequestException as reason:
        return Failed(Trouble.UNCLEAR, type(reason).__name__)
    finally:
        flow.oauth2session.close()
    return tokens_of(answer)


def _status_of(flow: Flow) -> list[int]:
    """Where the status of the answer will be found: the library looks at the body only."""
    seen: list[int] = []

    def note(response: requests.Response) -> requests.Response:
        seen.append(response.status_code)
        return response

    flow.oauth2session.register_compliance_hook("access_token_response", note)
    return seen


def _flow(app: GoogleApp, scopes: Iterable[str] | None, redirect_uri: str, verifier: SecretStr) -> Flow:
    app.require()
    if app.is_on_this_machine:
        # The library refuses plain http, even to a stand-in on this machine, unless told so for the process.
        os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")
    # At DEBUG it logs requests and answers, codes and tokens included.
    logging.getLogger("requests_oauthlib").setLevel(logging.WARNING)
    config = {
        "web": {
            "client_id": app.client_id,
            "client_secret": app.client_secret.get_secret_value(),
            "auth_uri": app.authorise,
            "token_uri": app.token,
        }
    }
    return Flow.from_client_config(
        config,
        scopes=list(scopes) if scopes is not None else None,
        redirect_uri=redirect_uri,
        code_verifier=verifier.get_secret_value(),
        autogenerate_code_verifier=False,
    )
