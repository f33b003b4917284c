"""The webhook's address: signature on the raw bytes, parse, commit, and only then 200.

A thin ASGI layer answers this one path itself and passes everything else on: the framework's routing would
cost more than the whole receipt.
"""

import asyncio
from collections.abc import Mapping, MutableMapping
from dataclasses import dataclass
from datetime import datetime
from time import monotonic
from typing import Any
from urllib.parse import parse_qsl

import psycopg
import structlog
from starlette.types import ASGIApp, Receive, Scope, Send

from kernel.clock import Clock
from webhooks.errors import IntakeClosed, Unreadable
from webhooks.filing import Desk, Filed, Routes
from webhooks.intake import Intake
from webhooks.items import Delivery, Entrance
from webhooks.payload import read_delivery
from webhooks.signature import handshake, is_genuine

MAX_BODY = 3 * 1024 * 1024
LARGE_BODY = 128 * 1024
"""From here on a body is read in a thread, so that it does not hold up the others."""
UNKNOWN_LIFE_SECONDS = 1.0
"""A number that nobody has is not looked up again for so long."""
ROUTES_LIFE_SECONDS = 60.0
_log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptSettings:
    app_secret: bytes
    verify_token: str
    path: str = "/webhooks/whatsapp"


@dataclass(frozen=True, slots=True)
class Reply:
    status: int
    text: str = ""


class TooLarge(Exception):
    """The body is beyond Meta's own limit."""


class Receipt:
    """Takes deliveries in. `open` and `close` belong to the process's start and end."""

    def __init__(self, settings: ReceiptSettings, intake: Intake, desk: Desk, clock: Clock) -> None:
        self.settings = settings
        self._intake = intake
        self._desk = desk
        self._clock = clock
        self._routes = Routes()
        self._routes_read_at = float("-inf")
        self._unknown: dict[Entrance, float] = {}

    async def open(self) -> None:
        await self._intake.open()
        await self._read_routes()

    async def close(self) -> None:
        await self._intake.close()

    def greet(self, query: Mapping[str, str]) -> Reply:
        """Meta's handshake."""
        challenge = handshake(query, self.settings.verify_token)
        return Reply(403) if challenge is None else Reply(200, challenge)

    async def take(self, body: bytes, signature: str | None) -> Reply:
        """Store a delivery; 200 means committed."""
        if not is_genuine(self.settings.app_secret, body, signature):
            _log.warning("delivery refused", reason="signature", bytes=len(body))
            return Reply(401, "signature missing or wrong")
        received_at = self._clock.now()
        try:
            await self._intake.store(await self._file(body, received_at), received_at)
        except (psycopg.Error, IntakeClosed):
            return Reply(503, "not stored, deliver again")
        return Reply(200)

    async def _file(self, body: bytes, received_at: datetime) -> Filed:
        try:
            delivery = await self._read(body)
        except Unreadable as exc:
            return self._desk.stray_body(body, str(exc))
        await self._refresh_routes(delivery)
        return self._desk.file(delivery, self._routes, received_at)

    @staticmethod
    async def _read(body: bytes) -> Delivery:
        if len(body) < LARGE_BODY:
            return read_delivery(body)
        return await asyncio.to_thread(read_delivery, body)

    async def _refresh_routes(self, delivery: Delivery) -> None:
        """Read the map again when it is old or lacks a number that was not just looked up in vain."""
        now = monotonic()
        missing = {i.entrance for i in delivery.items if self._routes.merchant_of(i) is None}
        fresh = {
            entrance for entrance in missing if now - self._unknown.get(entrance, -1e9) > UNKNOWN_LIFE_SECONDS
        }
        if not fresh and now - self._routes_read_at < ROUTES_LIFE_SECONDS:
            return
        # If this fails the delivery is not acknowledged: a known number must never end in quarantine.
        await self._read_routes()
        self._unknown = {e: at for e, at in self._unknown.items() if now - at <= UNKNOWN_LIFE_SECONDS}
        self._unknown |= dict.fromkeys(fresh, now)

    async def _read_routes(self) -> None:
        self._routes = await self._intake.routes()
        self._routes_read_at = monotonic()


class WebhookDoor:
    """ASGI: answers the webhook's own path, passes everything else to the application behind it."""

    def __init__(self, app: ASGIApp, receipt: Receipt) -> None:
        self._app = app
        self._receipt = receipt
        self._path = receipt.settings.path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != self._path:
            await self._app(scope, receive, send)
            return
        reply = await self._answer(scope, receive)
        body = reply.text.encode()
        headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _answer(self, scope: Scope, receive: Receive) -> Reply:
        if scope["method"] == "GET":
            return self._receipt.greet(dict(parse_qsl(scope["query_string"].decode("latin-1"))))
        if scope["method"] != "POST":
            return Reply(405, "GET or POST")
        headers = dict(scope["headers"])
        try:
            body = await _read_body(headers, receive)
        except TooLarge:
            return Reply(413, f"more than {MAX_BODY} bytes")
        signature = headers.get(b"x-hub-signature-256")
        return await self._receipt.take(body, None if signature is None else signature.decode("latin-1"))


async def _read_body(headers: Mapping[bytes, bytes], receive: Receive) -> bytes:
    announced = headers.get(b"content-length", b"0")
    if announced.isdigit() and int(announced) > MAX_BODY:
        raise TooLarge
    body = b""
    more = True
    while more:
        message: MutableMapping[str, Any] = await receive()
        if message["type"] == "http.disconnect":
            break
        # A single chunk, the usual case, is not copied.
        body = body + message.get("body", b"") if body else message.get("body", b"")
        if len(body) > MAX_BODY:
            raise TooLarge
        more = message.get("more_body", False)
    return body
