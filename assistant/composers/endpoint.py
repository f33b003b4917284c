"""One question to an OpenAI-compatible chat-completions endpoint, under a budget that nothing can stretch.

httpx bounds each step of a request, not their sum: a server that sends a byte a second keeps a caller for ever.
So the request runs in a thread of its own and the caller leaves when the budget is spent; the thread ends by
its own time limits, and only so many may be out at once.
"""

import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
from pydantic import SecretStr

_LARGEST_REPLY = 64 * 1024
_MOST_AT_ONCE = 4
_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageModelSettings:
    """Where the operator's language model is and how it may be used. `base_url` ends before "/chat/completions"."""

    base_url: str
    model: str
    key: SecretStr = field(default_factory=lambda: SecretStr(""))
    seconds: float = 4.0
    """The whole budget of one answer."""
    max_tokens: int = 400
    tone: str = "friendly, brief and plain, as a good shop assistant writes on WhatsApp"
    failures: int = 3
    """Failures in a row after which the endpoint is left alone."""
    rest_seconds: float = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoReply:
    reason: str


@dataclass(slots=True)
class _Call:
    """What the caller and the thread share."""

    deadline: float
    done: threading.Event = field(default_factory=threading.Event)
    outcome: Reply | NoReply = field(default_factory=lambda: NoReply(reason="timeout"))

    @property
    def is_late(self) -> bool:
        return time.monotonic() >= self.deadline


class Endpoint:
    """Uses the client it is given, which the process keeps and closes."""

    def __init__(self, client: httpx.Client, settings: LanguageModelSettings) -> None:
        self._client = client
        self._settings = settings
        self._places = threading.BoundedSemaphore(_MOST_AT_ONCE)

    def ask(self, messages: Sequence[dict[str, str]]) -> Reply | NoReply:
        """The model's words, or why there are none. Returns within the budget and never raises."""
        if not self._places.acquire(blocking=False):
            return NoReply(reason="busy")
        call = _Call(deadline=time.monotonic() + self._settings.seconds)
        thread = threading.Thread(target=self._run, args=(call, messages), daemon=True, name="language-model")
        try:
            thread.start()
        except RuntimeError:
            self._places.release()
            return NoReply(reason="busy")
        call.done.wait(self._settings.seconds)
        return call.outcome

    def _run(self, call: _Call, messages: Sequence[dict[str, str]]) -> None:
        try:
            outcome = self._post(call, messages)
        except httpx.TimeoutException:
            outcome = NoReply(reason="timeout")
        except Exception as error:  # noqa: BLE001 - whatever a server or a proxy does, the quote is sent
            outcome = NoReply(reason=f"unreachable: {type(error).__name__}")
        finally:
            self._places.release()
        if not call.is_late:
            call.outcome = outcome
        call.done.set()

    def _post(self, call: _Call, messages: Sequence[dict[str, str]]) -> Reply | NoReply:
        settings = self._settings
        with self._client.stream(
            "POST",
            f"{settings.base_url.rstrip('/')}/chat/completions",
            json=_body(settings, messages),
            headers=_headers(settings),
            timeout=httpx.Timeout(settings.seconds),
            follow_redirects=False,
        ) as response:
            if response.status_code != _OK:
                return NoReply(reason=f"status {response.status_code}")
            data = _read(call, response)
        content = None if data is None else _content(data)
        return NoReply(reason="unreadable") if content is None else Reply(text=content)


def _body(settings: LanguageModelSettings, messages: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {
        "model": settings.model,
        "messages": list(messages),
        "temperature": 0,
        "max_tokens": settings.max_tokens,
        "stream": False,
    }


def _headers(settings: LanguageModelSettings) -> dict[str, str]:
    # Compressed replies are refused: a few bytes may unfold into any amount of memory.
    headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
    key = settings.key.get_secret_value()
    return headers | ({"Authorization": f"Bearer {key}"} if key else {})


def _read(call: _Call, response: httpx.Response) -> bytes | None:
    """The body, unless it is compressed, too large or too slow."""
    if response.headers.get("content-encoding", "identity") != "identity":
        return None
    data = bytearray()
    for piece in response.iter_bytes():
        data += piece
        if len(data) > _LARGEST_REPLY or call.is_late:
            return None
    return bytes(data)


def _content(data: bytes) -> str | None:
    """The text of the first choice; None for anything that is not a finished message of plain text."""
    try:
        choice = json.loads(data)["choices"][0]
        message = choice["message"]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not isinstance(message, dict) or message.get("tool_calls") or message.get("refusal"):
        return None
    finished = choice.get("finish_reason") in ("stop", None)
    content = message.get("content")
    return content if finished and isinstance(content, str) else None
