"""Connections to Google: one per thread (httplib2 is not thread-safe), to no host but those in the settings."""

import http.client
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, cast
from urllib.parse import urlencode, urlsplit

import httplib2

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.errors import GoogleMisaddressed
from calendar_sync.google.troubles import Failed, Trouble

UNANSWERED = (OSError, httplib2.HttpLib2Error, http.client.HTTPException)
"""What is raised when no answer came: nobody knows whether the request had its effect."""
_FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}


class Wire(Protocol):
    """httplib2's one method, as far as it is used."""

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None
    ) -> tuple[Any, bytes]: ...

    def close(self) -> None: ...


MakeWire = Callable[[GoogleApp], Wire]


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: bytes


def make_wire(app: GoogleApp) -> Wire:
    """A connection that follows nobody elsewhere: a redirect is an answer like any other."""
    wire = httplib2.Http(timeout=app.seconds)
    wire.follow_redirects = False
    return cast("Wire", wire)


class Wires:
    """Hands each thread its own connection, kept open between calls."""

    def __init__(self, app: GoogleApp, make: MakeWire = make_wire) -> None:
        self._app = app
        self._make = make
        self._of_thread = threading.local()

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **_unused: Any
    ) -> tuple[Any, bytes]:
        """As httplib2's, for a host in the settings only."""
        host = urlsplit(uri).netloc
        if host not in self._app.hosts:
            raise GoogleMisaddressed(host)
        try:
            return self._wire().request(uri, method=method, body=body, headers=headers)
        except UNANSWERED:
            # httplib2 keeps a connection that broke, and the next call would fail on it.
            self.close()
            raise

    def post(self, uri: str, form: Mapping[str, str]) -> Reply | Failed:
        """Send a form; no answer is `UNCLEAR`."""
        return self._ask(uri, "POST", urlencode(form), _FORM)

    def get(self, uri: str, token: str | None = None) -> Reply | Failed:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self._ask(uri, "GET", None, {"accept": "application/json", **headers})

    def close(self) -> None:
        """Close this thread's connection; the next call opens another."""
        wire = getattr(self._of_thread, "wire", None)
        if wire is not None:
            wire.close()
            self._of_thread.wire = None

    def _ask(self, uri: str, method: str, body: str | None, headers: Mapping[str, str]) -> Reply | Failed:
        try:
            answer, content = self.request(uri, method, body, dict(headers))
        except UNANSWERED as reason:
            return Failed(Trouble.UNCLEAR, type(reason).__name__)
        return Reply(int(answer.status), answer, content)

    def _wire(self) -> Wire:
        wire = getattr(self._of_thread, "wire", None)
        if wire is None:
            wire = self._of_thread.wire = self._make(self._app)
        return cast("Wire", wire)
