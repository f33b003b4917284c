"""For tests and rehearsals: speak as a customer and wait for the answer.

``Phone`` works over HTTP, against a sandbox that was started or, with an ``httpx.ASGITransport``, against
one in the same process. ``signed_delivery`` alone makes the bytes of a webhook, with no sandbox at all.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Self

import httpx

from sandbox.meta import payloads
from sandbox.meta.models import Json
from sandbox.meta.signatures import encode, signed_headers

__all__ = ["Choice", "Phone", "Reply", "Sent", "signed_delivery"]


def signed_delivery(items: Iterable[payloads.Item], app_secret: str) -> tuple[bytes, dict[str, str]]:
    """Body and headers of one webhook, exactly as Meta would put them on the wire."""
    body = encode(payloads.envelope(items))
    return body, signed_headers(body, app_secret)


@dataclass(frozen=True, slots=True)
class Sent:
    """What the customer wrote; ``sequence`` is its place among all messages of the sandbox."""

    wamid: str
    sequence: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be tapped: ``kind`` is reply, row, quick_reply, url, location or contact."""

    kind: str
    choice_id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the merchant sent; ``text`` is what the customer reads first."""

    wamid: str
    sequence: int
    kind: str
    text: str
    choices: tuple[Choice, ...]
    callback_data: str | None
    status: str
    at: datetime

    @classmethod
    def from_bubble(cls, bubble: Json) -> Self:
        choices = (
            Choice(each["kind"], each["id"], each["title"], each.get("description", ""))
            for each in bubble["choices"]
        )
        return cls(
            wamid=bubble["id"],
            sequence=bubble["sequence"],
            kind=bubble["kind"],
            text=bubble["text"],
            choices=tuple(choices),
            callback_data=bubble["callback_data"],
            status=bubble["status"],
            at=datetime.fromisoformat(bubble["at"]),
        )


@dataclass(frozen=True, slots=True)
class Phone:
    """One customer's phone, talking to one merchant's number."""

    client: httpx.AsyncClient
    number: str
    customer: str

    async def say(self, text: str, *, at: datetime | None = None, reply_to: str = "") -> Sent:
        return await self.send(payloads.text(text), at=at, reply_to=reply_to)

    async def send(self, content: Json, *, at: datetime | None = None, reply_to: str = "") -> Sent:
        """Send any content that ``sandbox.meta.payloads`` can build, or one that it cannot."""
        asked = self._pair() | {"content": content, "reply_to": reply_to}
        return await self._sent("/sandbox/messages", asked | ({"at": at.isoformat()} if at else {}))

    async def attach(self, sample: str) -> Sent:
        """Attach a sample: image, document, audio, location or contact."""
        return await self._sent("/sandbox/attachments", self._pair() | {"sample": sample})

    async def tap(self, reply: Reply, title: str, *, at: datetime | None = None) -> Sent:
        """Tap the button or the row that bears this title."""
        choice = next(each for each in reply.choices if each.title == title)
        return await self.send(_tapped(choice), at=at, reply_to=reply.wamid)

    async def replies(
        self, after: Sent | Reply, *, count: int = 1, patience: float = 10.0
    ) -> tuple[Reply, ...]:
        """What came since, as soon as there are ``count`` of them, or whatever came in ``patience`` seconds."""
        asked = {"number": self.number, "customer": self.customer, "after": str(after.sequence)}
        asked |= {"count": str(count), "wait": str(patience)}
        answer = await self.client.get("/sandbox/replies", params=asked, timeout=patience + 10.0)
        return tuple(Reply.from_bubble(each) for each in answer.raise_for_status().json()["replies"])

    async def ask(
        self, text: str, *, at: datetime | None = None, count: int = 1, patience: float = 10.0
    ) -> tuple[Reply, ...]:
        """Say it and wait for what comes back."""
        return await self.replies(await self.say(text, at=at), count=count, patience=patience)

    async def look(self) -> None:
        """Open the chat: the merchant's messages become read."""
        answer = await self.client.post(f"/sandbox/chats/{self.number}/{self.customer}/read")
        answer.raise_for_status()

    def _pair(self) -> Json:
        return {"number": self.number, "customer": self.customer}

    async def _sent(self, path: str, asked: Json) -> Sent:
        answer = await self.client.post(path, json=asked)
        bubble = answer.raise_for_status().json()
        return Sent(bubble["id"], bubble["sequence"])


def _tapped(choice: Choice) -> Json:
    match choice.kind:
        case "row":
            return payloads.list_reply(choice.choice_id, choice.title, choice.description)
        case "quick_reply":
            return payloads.button(choice.choice_id, choice.title)
        case _:
            return payloads.button_reply(choice.choice_id, choice.title)
