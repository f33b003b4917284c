"""Where a call's access token comes from. The one that keeps tokens is in `connections`; this package keeps none."""

from typing import Protocol

from calendar_sync.google.door import Answer, Ask, GoogleDoor
from calendar_sync.google.troubles import Failed, Trouble


class Access(Protocol):
    """One merchant's permission."""

    def current(self) -> str | Failed:
        """An access token that should still be taken."""
        ...

    def renewed(self, stale: str) -> str | Failed:
        """Another one, now that Google has refused this."""
        ...


class Caller:
    """Calls on behalf of one merchant; a refused token is refreshed once."""

    def __init__(self, door: GoogleDoor, access: Access) -> None:
        self._door = door
        self._access = access

    def call(self, ask: Ask, *, etag: str = "") -> Answer:
        token = self._access.current()
        if isinstance(token, Failed):
            return token
        answer = self._door.call(token, ask, etag=etag)
        if not (isinstance(answer, Failed) and answer.trouble is Trouble.AUTH):
            return answer
        token = self._access.renewed(token)
        return token if isinstance(token, Failed) else self._door.call(token, ask, etag=etag)
