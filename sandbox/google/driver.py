"""For tests and rehearsals: be the calendar's owner, and the world's misfortune, without a browser.

Works over HTTP against a stand-in that was started; ``base`` is where it is mounted.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import httpx

from sandbox.google.models import Json


@dataclass(frozen=True, slots=True)
class Owner:
    client: httpx.Client
    base: str
    email: str

    def consent(
        self,
        authorize_url: str,
        *,
        scopes: Iterable[str] | None = None,
        deny: bool = False,
        time_limited: bool = False,
    ) -> str:
        """Decide on the page that this address opens; the address that the browser is sent back to.

        ``scopes`` are the rights that are ticked, by short name; all that are asked for, if none are named.
        """
        asked = httpx.URL(authorize_url).params.get("scope", "").split()
        names = None if scopes is None else set(scopes)
        ticked = [each for each in asked if names is None or each.rpartition("/auth/")[2] in names]
        form: Json = {"account": self.email, "decision": "deny" if deny else "allow", "scope": ticked}
        form |= {"time_limited": "yes"} if time_limited else {}
        answer = self.client.post(authorize_url, data=form, follow_redirects=False)
        if not answer.has_redirect_location:
            raise ValueError(f"the consent page answered {answer.status_code}: {answer.text[-400:]}")
        return answer.headers["location"]

    def events(self, calendar: str = "", *, deleted: bool = False) -> list[Json]:
        path = f"{self._calendar(calendar)}/events?deleted={str(deleted).lower()}"
        return list(self._done("GET", path)["items"])

    def add(self, body: Json, calendar: str = "") -> Json:
        return self._done("POST", f"{self._calendar(calendar)}/events", body)

    def change(self, event_id: str, body: Json, calendar: str = "") -> Json:
        return self._done("PATCH", f"{self._calendar(calendar)}/events/{quote(event_id)}", body)

    def move(self, event_id: str, start: datetime, end: datetime, calendar: str = "") -> Json:
        body = {"start": {"dateTime": start.isoformat()}, "end": {"dateTime": end.isoformat()}}
        return self.change(event_id, body, calendar)

    def delete(self, event_id: str, calendar: str = "") -> None:
        self._done("DELETE", f"{self._calendar(calendar)}/events/{quote(event_id)}")

    def end(self, how: str, scope: str = "") -> None:
        """``revoke``, ``expire_access``, ``expire_refresh`` or ``shrink`` what was allowed."""
        self._done("POST", "/sandbox/endings", {"account": self.email, "how": how, "scope": scope})

    def arm(self, kind: str, **how: Any) -> None:
        """``count``, ``seconds``, ``reason``, ``method`` and ``calendar`` as in ``faults.Fault``."""
        self._done("POST", "/sandbox/faults", {"kind": kind, **how})

    def disarm(self) -> None:
        self._done("DELETE", "/sandbox/faults")

    def freeze(self, at: datetime) -> None:
        self._done("PUT", "/sandbox/clock", {"at": at.isoformat()})

    def advance(self, seconds: float) -> None:
        self._done("PUT", "/sandbox/clock", {"advance": seconds})

    def release(self) -> None:
        self._done("DELETE", "/sandbox/clock")

    def invalidate_sync_tokens(self) -> None:
        self._done("POST", "/sandbox/sync-tokens/invalidate")

    def exchanges(self, after: int = 0) -> list[Json]:
        """Every call of the Calendar API and the token endpoint, for checking against Google's description."""
        return list(self._done("GET", f"/sandbox/exchanges?after={after}")["exchanges"])

    def pushes(self) -> list[Json]:
        return list(self._done("GET", "/sandbox/pushes")["pushes"])

    def state(self) -> Json:
        return self._done("GET", "/sandbox/state")

    def _calendar(self, calendar: str) -> str:
        return f"/sandbox/calendars/{quote(calendar or self.email)}"

    def _done(self, verb: str, path: str, body: Json | None = None) -> Json:
        answer = self.client.request(verb, self.base + path, json=body)
        return answer.raise_for_status().json() if answer.content else {}
