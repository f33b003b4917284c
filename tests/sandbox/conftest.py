"""A sandbox in this process, pointed at a product in this process, with a clock that stands still.

Whatever a test makes the sandbox emit is held against the reference schemas on the way.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from sandbox.application import create_application
from sandbox.clock import WoundClock
from sandbox.meta.faults import Fault, FaultKind
from sandbox.meta.models import BusinessNumber, ChatMessage, Customer
from sandbox.meta.payloads import text
from sandbox.meta.switchboard import Switchboard
from tests.sandbox.cast import DANA, SALON, settings
from tests.sandbox.products import EchoProduct, RecordingProduct
from tests.sandbox.references import DATA, assert_valid


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> WoundClock:
    return WoundClock(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))


@dataclass
class Bench:
    """A sandbox under test: its parts, a client that speaks to it, and the product behind it."""

    board: Switchboard
    client: httpx.AsyncClient
    product: RecordingProduct
    clock: WoundClock

    def write(
        self, words: str = "hola", number: BusinessNumber = SALON, customer: Customer = DANA, **more: Any
    ) -> ChatMessage:
        return self.board.inbox.write(number, customer, text(words), **more)

    def arm(self, kind: FaultKind, **how: Any) -> None:
        self.board.faults.arm(Fault(kind=kind, **how))

    async def settle(self) -> None:
        await self.board.settle()

    async def idle(self) -> None:
        """Let everything run that does not wait for the clock."""
        for _ in range(200):
            await asyncio.sleep(0)

    async def graph(self, body: Any, number: BusinessNumber = SALON, token: str = "") -> httpx.Response:
        headers = {"Authorization": f"Bearer {token or number.token}"}
        path = f"/v25.0/{number.phone_number_id}/messages"
        answer = await self.client.post(path, json=body, headers=headers)
        if DATA.is_dir():
            assert_valid("whatsapp_response", answer.json())
        return answer

    async def send_text(self, words: str = "buenas", **more: Any) -> httpx.Response:
        body = {"to": f"+{DANA.phone}", "type": "text", "text": {"body": words}}
        return await self.graph({"messaging_product": "whatsapp", **body, **more})


Opener = Callable[..., Any]


@pytest.fixture
async def opened(clock: WoundClock) -> AsyncIterator[Opener]:
    """Opens a bench with its own settings and product; all are closed at the end."""
    async with AsyncExitStack() as stack:

        async def open_one(product: RecordingProduct | None = None, **changes: Any) -> Bench:
            return await stack.enter_async_context(_bench(product or RecordingProduct(), clock, **changes))

        yield open_one


@pytest.fixture
async def bench(opened: Opener) -> Bench:
    found: Bench = await opened()
    return found


@asynccontextmanager
async def _bench(product: RecordingProduct, clock: WoundClock, **changes: Any) -> AsyncIterator[Bench]:
    webhooks = httpx.ASGITransport(app=product.application())
    application = create_application(settings(**changes), transport=webhooks, clock=clock)
    graph = httpx.ASGITransport(app=application)
    async with (
        application.router.lifespan_context(application),
        httpx.AsyncClient(transport=graph, base_url="http://sandbox") as client,
    ):
        if isinstance(product, EchoProduct):
            product.graph = client
        yield Bench(application.state.switchboard, client, product, clock)
    if DATA.is_dir():
        for payload in product.payloads:
            assert_valid("whatsapp_webhook", payload)
