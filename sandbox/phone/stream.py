"""Live updates for the page, as server-sent events."""

import asyncio
import json
from collections.abc import AsyncGenerator

from sandbox.meta.broker import (
    Broker,
    CustomersChanged,
    Event,
    ExchangeSeen,
    FaultsChanged,
    MessageChanged,
    Typing,
)
from sandbox.meta.models import Json
from sandbox.meta.store import Store
from sandbox.phone.bubbles import bubble

_HEARTBEAT = 15.0


async def events(broker: Broker, store: Store) -> AsyncGenerator[str]:
    with broker.listening() as queue:
        yield "retry: 1000\n\n"
        while True:
            try:
                async with asyncio.timeout(_HEARTBEAT):
                    event = await queue.get()
            except TimeoutError:
                yield ": still here\n\n"
                continue
            yield _written(event, store)


def _written(event: Event, store: Store) -> str:
    name, data = _named(event, store)
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _named(event: Event, store: Store) -> tuple[str, Json]:
    match event:
        case MessageChanged(message):
            return "bubble", bubble(store.message(message.wamid), store)
        case Typing(number, customer, seconds):
            return "typing", {"number": number, "customer": customer, "seconds": seconds}
        case FaultsChanged():
            return "faults", {}
        case CustomersChanged():
            return "people", {}
        case ExchangeSeen(serial):
            return "exchange", {"serial": serial}
