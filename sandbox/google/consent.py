"""A request for consent: what is asked for, by whom, and what is wrong with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.google.models import ClientId, OAuthClient
from sandbox.google.scopes import asked_scopes, is_known
from sandbox.google.store import Store


@dataclass(frozen=True, slots=True)
class ConsentError:
    """Shown to the person and not sent to the program, as it may not be the program that asks."""

    status: int
    error: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentRequest:
    client: OAuthClient
    redirect_uri: str
    scopes: tuple[str, ...]
    state: str
    challenge: str
    challenge_method: str
    nonce: str
    login_hint: str
    offline: bool
    asks_again: bool
    includes_granted: bool

    def redirect(self, answer: Mapping[str, str]) -> str:
        """The way back to the program, with its own state."""
        state = {"state": self.state} if self.state else {}
        mark = "&" if "?" in self.redirect_uri else "?"
        return f"{self.redirect_uri}{mark}{urlencode(state | dict(answer))}"


def consent_request(store: Store, query: Mapping[str, str]) -> ConsentRequest | ConsentError:
    client = store.clients.get(ClientId(query.get("client_id", "")))
    if client is None:
        return ConsentError(401, "invalid_client", "The OAuth client was not found.")
    if query.get("redirect_uri") not in client.redirect_uris:
        return ConsentError(400, "redirect_uri_mismatch", query.get("redirect_uri", ""))
    return _wrong(query) or ConsentRequest(
        client=client,
        redirect_uri=query["redirect_uri"],
        scopes=asked_scopes(query["scope"]),
        state=query.get("state", ""),
        challenge=query.get("code_challenge", ""),
        challenge_method=query.get("code_challenge_method", "plain"),
        nonce=query.get("nonce", ""),
        login_hint=query.get("login_hint", ""),
        offline=query.get("access_type") == "offline",
        asks_again="consent" in query.get("prompt", "").split(),
        includes_granted=query.get("include_granted_scopes") == "true",
    )


def _wrong(query: Mapping[str, str]) -> ConsentError | None:
    if query.get("response_type") != "code":
        return ConsentError(400, "unsupported_response_type", "response_type must be code")
    if not query.get("scope"):
        return ConsentError(400, "invalid_request", "Missing required parameter: scope")
    unknown = [each for each in asked_scopes(query["scope"]) if not is_known(each)]
    if unknown:
        return ConsentError(400, "invalid_scope", " ".join(unknown))
    if query.get("code_challenge_method", "plain") not in {"plain", "S256"}:
        return ConsentError(400, "invalid_request", "code_challenge_method must be S256 or plain")
    return None
