"""What went over the wire lately, for the page and for the curious."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime

from sandbox.clock import Clock
from sandbox.meta.broker import Broker, ExchangeSeen

_REMEMBERED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """One request. ``outcome`` is an HTTP status, or 0 when no answer came."""

    serial: int
    at: datetime
    lane: str
    summary: str
    outcome: int
    body: str
    headers: dict[str, str]


class Journal:
    def __init__(self, clock: Clock, broker: Broker) -> None:
        self._clock = clock
        self._broker = broker
        self._serial = 0
        self.exchanges: deque[Exchange] = deque(maxlen=_REMEMBERED)

    def write(
        self, lane: str, summary: str, outcome: int, body: bytes, headers: dict[str, str] | None = None
    ) -> None:
        self._serial += 1
        exchange = Exchange(
            serial=self._serial,
            at=self._clock.now(),
            lane=lane,
            summary=summary,
            outcome=outcome,
            body=body.decode("utf-8", "replace"),
            headers=headers or {},
        )
        self.exchanges.append(exchange)
        self._broker.publish(ExchangeSeen(exchange.serial))
