"""Products to point the sandbox at: one that records and obeys a script, one that echoes."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
from fastapi import FastAPI, Request, Response

from sandbox.meta.signatures import sign
from tests.sandbox.cast import SECRET, VERIFY

PATH = "/webhooks/whatsapp"


@dataclass
class RecordingProduct:
    """Keeps what arrives; answers with the scripted statuses first and with 200 after that."""

    script: deque[int] = field(default_factory=deque)
    bodies: list[bytes] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)

    def application(self) -> FastAPI:
        application = FastAPI(lifespan=self.lifespan)
        application.get(PATH)(self.handshake)
        application.post(PATH)(self.receive)
        return application

    @asynccontextmanager
    async def lifespan(self, _application: FastAPI) -> AsyncIterator[None]:
        yield

    async def handshake(self, request: Request) -> Response:
        asked = request.query_params
        if asked.get("hub.mode") != "subscribe" or asked.get("hub.verify_token") != VERIFY:
            return Response(status_code=403)
        return Response(asked["hub.challenge"])

    async def receive(self, request: Request) -> Response:
        body = await request.body()
        if request.headers.get("x-hub-signature-256") != sign(body, SECRET):
            return self._answer(401)
        status = self.script.popleft() if self.script else 200
        self.bodies.append(body)
        if status == 200:
            await self.take(json.loads(body))
        return self._answer(status)

    async def take(self, payload: dict[str, Any]) -> None:
        """For products that do something."""

    def _answer(self, status: int) -> Response:
        self.answers.append(status)
        return Response(status_code=status)

    @property
    def payloads(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self.bodies]

    def items(self, lane: str) -> list[dict[str, Any]]:
        return [
            item for payload in self.payloads for value in values(payload) for item in value.get(lane, [])
        ]

    def texts(self) -> list[str]:
        return [message["text"]["body"] for message in self.items("messages") if "text" in message]

    def steps(self) -> list[str]:
        return [status["status"] for status in self.items("statuses")]


@dataclass
class EchoProduct(RecordingProduct):
    """Marks as read, shows typing, and repeats what was said; a few words get something to tap."""

    graph: httpx.AsyncClient | None = None
    token: str = "salon-token"
    pause: float = 0.0
    _work: set[asyncio.Task[None]] = field(default_factory=set)

    @asynccontextmanager
    async def lifespan(self, _application: FastAPI) -> AsyncIterator[None]:
        yield
        if self.graph:
            await self.graph.aclose()

    async def take(self, payload: dict[str, Any]) -> None:
        for value in values(payload):
            for message in value.get("messages", []):
                task = asyncio.create_task(self._reply(value["metadata"]["phone_number_id"], message))
                self._work.add(task)
                task.add_done_callback(self._work.discard)

    async def _reply(self, number: str, message: dict[str, Any]) -> None:
        receipt = {"status": "read", "message_id": message["id"], "typing_indicator": {"type": "text"}}
        await self._call(number, receipt)
        await asyncio.sleep(self.pause)
        address = (
            {"to": f"+{message['from']}"} if "from" in message else {"recipient": message["from_user_id"]}
        )
        await self._call(
            number, address | {"biz_opaque_callback_data": f"outbox:{message['id'][-8:]}"} | echo(message)
        )

    async def _call(self, number: str, body: dict[str, Any]) -> None:
        assert self.graph is not None
        headers = {"Authorization": f"Bearer {self.token}"}
        request = {"messaging_product": "whatsapp", **body}
        await self.graph.post(f"/v25.0/{number}/messages", json=request, headers=headers)


def values(payload: dict[str, Any]) -> list[dict[str, Any]]:
    return [change["value"] for entry in payload["entry"] for change in entry["changes"]]


def echo(message: dict[str, Any]) -> dict[str, Any]:
    said = message.get("text", {}).get("body", "")
    if "botones" in said:
        return buttons("¿Te lo agendo?", [("yes", "Sí, agéndalo"), ("other", "Otra hora")])
    if "lista" in said:
        return menu(
            "Estos son los horarios libres", "Ver horarios", [("slot:1", "3:00 p. m.", "60 min con Alex")]
        )
    if "interactive" in message:
        reply = message["interactive"].get("button_reply") or message["interactive"]["list_reply"]
        return {"type": "text", "text": {"body": f"Elegiste {reply['title']}"}}
    return {"type": "text", "text": {"body": f"Eco: {said or message['type']}"}}


def buttons(text: str, options: list[tuple[str, str]]) -> dict[str, Any]:
    replies = [{"type": "reply", "reply": {"id": key, "title": title}} for key, title in options]
    return _interactive("button", text, {"buttons": replies})


def menu(text: str, button: str, options: list[tuple[str, str, str]]) -> dict[str, Any]:
    rows = [{"id": key, "title": title, "description": note} for key, title, note in options]
    return _interactive("list", text, {"button": button, "sections": [{"title": "Hoy", "rows": rows}]})


def _interactive(kind: str, text: str, action: dict[str, Any]) -> dict[str, Any]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": text}, "action": action}}
