"""Meta's Graph API, the calls that carry messages. One kept client per process and host.

A send has no idempotency key: once the request may have left, only a status tells what became of it, so
every failure is sorted into `NotSent` (safe to repeat) or `Unknown` (not safe) at one seam.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from webhooks.error_classes import ErrorClass, verdict_of
from webhooks.messages import read_receipt
from webhooks.outcomes import Accepted, NotSent, Outcome, Refused, Unknown
from webhooks.signature import appsecret_proof
from webhooks.wild import EMPTY, Json, mappings, maybe_mapping, maybe_text, maybe_whole

NEVER_LEFT: tuple[type[Exception], ...] = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
    httpx.InvalidURL,
    httpx.CookieConflict,
)
MAY_HAVE_LEFT: tuple[type[Exception], ...] = (
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.LocalProtocolError,
    httpx.RemoteProtocolError,
    httpx.DecodingError,
    httpx.TooManyRedirects,
    httpx.HTTPStatusError,
    httpx.StreamError,
)
COURTESY_SECONDS = 2.0
"""Blue ticks are not worth more of a job's time."""
_BY_HTTP_STATUS = {
    401: ErrorClass.AUTH,
    403: ErrorClass.AUTH,
    429: ErrorClass.NUMBER_THROTTLE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphSettings:
    base_url: str = "https://graph.facebook.com"
    version: str = "v25.0"
    app_secret: bytes | None = None
    """Given only when the app demands `appsecret_proof`."""
    connect_seconds: float = 3.0
    answer_seconds: float = 15.0


def create_client(settings: GraphSettings) -> httpx.Client:
    """The kept client: making one anew costs tens of milliseconds, since it loads the certificate store."""
    return httpx.Client(
        base_url=settings.base_url,
        timeout=httpx.Timeout(settings.answer_seconds, connect=settings.connect_seconds),
        limits=httpx.Limits(max_connections=64, max_keepalive_connections=32, keepalive_expiry=30.0),
        follow_redirects=False,
    )


class Graph:
    """Sends, marks as read, and looks up media, each time with the number's own token."""

    def __init__(self, client: httpx.Client, settings: GraphSettings) -> None:
        self._client = client
        self._settings = settings

    @property
    def base_url(self) -> str:
        return self._settings.base_url

    def send(self, phone_number_id: str, token: str, body: Mapping[str, Any]) -> Outcome:
        """Send one message (`messages.envelope`). Never raises for what the network or Meta does."""
        try:
            response = self._post(phone_number_id, token, body)
        except NEVER_LEFT as exc:
            return NotSent(type(exc).__name__)
        except MAY_HAVE_LEFT as exc:
            return Unknown(type(exc).__name__)
        return read_answer(response.status_code, _json_of(response))

    def mark_read(self, phone_number_id: str, token: str, message_id: str, *, typing: bool) -> bool:
        """Blue ticks and the typing sign: a courtesy, so a failure is only a False."""
        try:
            body = read_receipt(message_id, typing=typing)
            response = self._post(phone_number_id, token, body, timeout=COURTESY_SECONDS)
        except (*NEVER_LEFT, *MAY_HAVE_LEFT):
            return False
        return response.status_code == httpx.codes.OK

    def look_up_media(self, token: str, media_id: str, phone_number_id: str) -> Json | None:
        """Where a media file lies right now (its address lives five minutes), or None."""
        try:
            response = self._client.get(
                f"/{self._settings.version}/{media_id}",
                params={**self._proof(token), "phone_number_id": phone_number_id},
                headers=_bearer(token),
            )
        except (*NEVER_LEFT, *MAY_HAVE_LEFT):
            return None
        return _json_of(response) if response.status_code == httpx.codes.OK else None

    def _post(
        self, phone_number_id: str, token: str, body: Mapping[str, Any], timeout: float | None = None
    ) -> httpx.Response:
        return self._client.post(
            f"/{self._settings.version}/{phone_number_id}/messages",
            params=self._proof(token),
            json=body,
            headers=_bearer(token),
            timeout=httpx.USE_CLIENT_DEFAULT if timeout is None else timeout,
        )

    def _proof(self, token: str) -> dict[str, str]:
        secret = self._settings.app_secret
        return {} if secret is None else {"appsecret_proof": appsecret_proof(secret, token)}


def read_answer(status: int, answer: Json) -> Outcome:
    """The outcome of a send from its HTTP status (a weak hint) and its JSON (the word that counts)."""
    if status >= 500 or status == httpx.codes.REQUEST_TIMEOUT:
        # A 500 may come before or after Meta took the message in; only a status can tell.
        return Unknown(f"HTTP {status}")
    error = maybe_mapping(answer, "error")
    if status >= 400 or error:
        return _refused(status, error)
    message = next(iter(mappings(answer, "messages")), EMPTY)
    wamid = maybe_text(message, "id")
    if wamid is None:
        return Unknown(f"HTTP {status} without a message id")
    contact = next(iter(mappings(answer, "contacts")), EMPTY)
    return Accepted(
        wamid=wamid,
        wa_id=maybe_text(contact, "wa_id"),
        user_id=maybe_text(contact, "user_id"),
        held=maybe_text(message, "message_status") == "held_for_quality_assessment",
    )


def _refused(status: int, error: Json) -> Refused:
    code = maybe_whole(error, "code")
    error_class = verdict_of(code).error_class
    if error_class is ErrorClass.UNHEARD_OF:
        error_class = _BY_HTTP_STATUS.get(status, ErrorClass.UNHEARD_OF)
    if error_class is ErrorClass.UNHEARD_OF and error.get("is_transient") is True:
        error_class = ErrorClass.TRANSIENT
    return Refused(
        code=code,
        error_class=error_class,
        details=_details(error),
        trace=maybe_text(error, "fbtrace_id"),
    )


def _details(error: Json) -> str:
    data = maybe_text(maybe_mapping(error, "error_data"), "details") or maybe_text(error, "error_data")
    return data or maybe_text(error, "message") or ""


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def _json_of(response: httpx.Response) -> Json:
    try:
        document = response.json()
    except (ValueError, RecursionError):
        return EMPTY
    return document if isinstance(document, dict) else EMPTY
