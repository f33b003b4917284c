"""The one door to Calendar v3: google-api-python-client, one call at a time, never repeated by the library.

The resource object is built once from the discovery document that ships with the library and is shared; each call goes
out over its thread's own connection, with the token it is given. Answers are values.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import cached_property
from typing import Any

from google.api_core.client_options import ClientOptions
from google.auth.exceptions import GoogleAuthError
from google.oauth2.credentials import Credentials
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.troubles import Failed, Trouble, classify
from calendar_sync.google.wires import UNANSWERED, Wires


class Service:
    """The collections of the API. The library takes 30 ms to make one, so each is made once."""

    def __init__(self, resource: Any) -> None:
        self._resource = resource

    @cached_property
    def events(self) -> Any:
        return self._resource.events()

    @cached_property
    def freebusy(self) -> Any:
        return self._resource.freebusy()

    @cached_property
    def calendar_list(self) -> Any:
        return self._resource.calendarList()

    @cached_property
    def calendars(self) -> Any:
        return self._resource.calendars()

    @cached_property
    def channels(self) -> Any:
        return self._resource.channels()


Ask = Callable[[Service], HttpRequest]
"""Makes the request of a call from the resource object; made anew for every try."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A good answer; empty for a call that answers nothing. `at`: the time by Google's clock."""

    body: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None


Answer = Answered | Failed


class GoogleDoor:
    """Calls Google with a token. May be shared by threads."""

    def __init__(self, app: GoogleApp, wires: Wires | None = None) -> None:
        self.app = app
        self.wires = wires or Wires(app)

    @cached_property
    def _service(self) -> Service:
        # At DEBUG the libraries log addresses, and those name the merchant's calendars.
        for name in ("googleapiclient", "google_auth_httplib2"):
            logging.getLogger(name).setLevel(logging.WARNING)
        options = ClientOptions(api_endpoint=self.app.api)
        resource = build(
            "calendar",
            "v3",
            http=self.wires,
            client_options=options,
            static_discovery=True,
            cache_discovery=False,
        )
        return Service(resource)

    def call(self, token: str, ask: Ask, *, etag: str = "") -> Answer:
        """One try. With `etag` the write happens only if the event is still in that state."""
        self.app.require()
        request = ask(self._service)
        if etag:
            request.headers["If-Match"] = etag
        dates: list[str] = []
        request.add_response_callback(lambda response: dates.append(response.get("date", "")))
        try:
            body = request.execute(http=self._authorised(token), num_retries=0)
        except HttpError as reason:
            return classify(int(reason.resp.status), bytes(reason.content or b""))
        except (*UNANSWERED, GoogleAuthError) as reason:
            return Failed(Trouble.UNCLEAR, type(reason).__name__)
        if body and not isinstance(body, dict):
            # The library hands on what is no JSON: something between Google and us answered.
            return Failed(Trouble.UNCLEAR, "unreadable")
        return Answered(body or {}, _moment(dates))

    def _authorised(self, token: str) -> AuthorizedHttp:
        # Refreshing is ours, under the connection's lock: the library gets no refresh token and repeats nothing.
        return AuthorizedHttp(Credentials(token=token), http=self.wires, refresh_status_codes=())  # type: ignore[no-untyped-call]


def _moment(dates: list[str]) -> datetime | None:
    try:
        return parsedate_to_datetime(dates[-1])
    except (IndexError, ValueError, TypeError):
        return None
