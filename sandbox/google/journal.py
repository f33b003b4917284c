"""What went over the wire, so that every exchange can be held against Google's own description of it."""

from collections import deque
from dataclasses import dataclass

from sandbox.google.models import Json

_REMEMBERED = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One call. Tokens, codes and secrets are left out. ``status`` 0: no answer was given."""

    serial: int
    at: str
    method: str
    verb: str
    target: str
    body: Json | None
    status: int
    answer: Json | None


class Journal:
    def __init__(self) -> None:
        self._serial = 0
        self.exchanges: deque[Exchange] = deque(maxlen=_REMEMBERED)

    def write(
        self,
        at: str,
        method: str,
        verb: str,
        target: str,
        body: Json | None,
        status: int,
        answer: Json | None,
    ) -> None:
        self._serial += 1
        self.exchanges.append(
            Exchange(
                serial=self._serial,
                at=at,
                method=method,
                verb=verb,
                target=target,
                body=body,
                status=status,
                answer=answer,
            )
        )

    def since(self, serial: int) -> list[Exchange]:
        return [each for each in self.exchanges if each.serial > serial]
