"""``/sandbox``: write as a customer, and wait for what the merchant answers."""

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import AwareDatetime, BaseModel, Field

from sandbox.meta import payloads
from sandbox.meta.access import Board
from sandbox.meta.models import BusinessNumber, Customer, Direction, Json
from sandbox.meta.switchboard import Switchboard
from sandbox.phone.bubbles import bubble
from sandbox.phone.samples import SAMPLES

router = APIRouter(prefix="/sandbox")


class Content(BaseModel, extra="allow"):
    """The part of a webhook message that its type names, as the builders in ``meta.payloads`` make it."""

    type: str = Field(min_length=1)


class Written(BaseModel):
    number: str
    customer: str
    content: Content
    at: AwareDatetime | None = None
    reply_to: str = ""


class Attached(BaseModel):
    """``sample`` is image, document, audio, location or contact (the customer's own card)."""

    number: str
    customer: str
    sample: str
    reply_to: str = ""


@router.post("/messages", status_code=201)
async def write(board: Board, written: Written) -> Json:
    number = board.store.number(written.number)
    customer = board.store.customer(written.customer)
    content = written.content.model_dump()
    message = board.inbox.write(number, customer, content, at=written.at, reply_to=written.reply_to)
    return bubble(message, board.store)


@router.post("/attachments", status_code=201)
async def attach(board: Board, attached: Attached) -> Json:
    number = board.store.number(attached.number)
    customer = board.store.customer(attached.customer)
    content = _content(board, number, customer, attached)
    message = board.inbox.write(number, customer, content, reply_to=attached.reply_to)
    return bubble(message, board.store)


@router.get("/replies")
async def replies(
    board: Board,
    number: str,
    customer: str,
    after: int = 0,
    count: int = 1,
    wait: Annotated[float, Query(ge=0, le=60)] = 0,
) -> Json:
    """What the merchant sent after message number ``after``, at the latest after ``wait`` seconds."""
    with board.broker.listening() as changes:
        found = _replies(board, number, customer, after)
        try:
            async with asyncio.timeout(wait):
                while len(found) < count:
                    await changes.get()
                    found = _replies(board, number, customer, after)
        except TimeoutError:
            pass
    return {"replies": found}


def _replies(board: Switchboard, number: str, customer: str, after: int) -> list[Json]:
    return [
        bubble(message, board.store)
        for message in board.store.chat(number, customer)
        if message.direction is Direction.OUTBOUND and message.sequence > after
    ]


def _content(
    board: Switchboard, number: BusinessNumber, customer: Customer, attached: Attached
) -> dict[str, Any]:
    if attached.sample == "location":
        return payloads.location(4.6767, -74.0483, name="Parque de la 93", address="Calle 93, Bogotá")
    if attached.sample == "contact":
        return payloads.contacts(customer.name, customer.phone, asked_for=bool(attached.reply_to))
    sample = SAMPLES[attached.sample]
    media = board.media.receive(number, sample.mime_type, sample.content(), sample.filename)
    base_url = board.settings.public_url
    url = board.media.address(media, base_url) if base_url else ""
    return payloads.media(sample.kind, media, url=url)
