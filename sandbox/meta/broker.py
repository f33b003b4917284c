"""Tells whoever listens (the phone page, waiting drivers) that something changed."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sandbox.meta.models import ChatMessage, CustomerKey, PhoneNumberId


@dataclass(frozen=True, slots=True)
class MessageChanged:
    message: ChatMessage


@dataclass(frozen=True, slots=True)
class Typing:
    phone_number_id: PhoneNumberId
    customer: CustomerKey
    seconds: float


@dataclass(frozen=True, slots=True)
class FaultsChanged:
    """Faults were armed, used up or taken away."""


@dataclass(frozen=True, slots=True)
class CustomersChanged:
    """A customer or a number came in."""


@dataclass(frozen=True, slots=True)
class ExchangeSeen:
    serial: int


Event = MessageChanged | Typing | FaultsChanged | CustomersChanged | ExchangeSeen


class Broker:
    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Event]] = set()

    def publish(self, event: Event) -> None:
        for listener in self._listeners:
            listener.put_nowait(event)

    @contextmanager
    def listening(self) -> Iterator[asyncio.Queue[Event]]:
        queue: asyncio.Queue[Event] = asyncio.Queue()
        self._listeners.add(queue)
        try:
            yield queue
        finally:
            self._listeners.discard(queue)
