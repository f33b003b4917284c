"""``/sandbox``: who there is, and their chats. For the page and the drivers on this machine."""

import re
import secrets

from fastapi import APIRouter, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from sandbox.meta.access import Board
from sandbox.meta.broker import CustomersChanged
from sandbox.meta.models import BusinessNumber, Customer, CustomerKey, Direction, Json, MediaId
from sandbox.phone.bubbles import bubble
from sandbox.phone.sources import sources_of
from sandbox.phone.stream import events

router = APIRouter(prefix="/sandbox")


class NewCustomer(BaseModel):
    name: str = Field(min_length=1, max_length=80)
    phone: str = Field(pattern=r"^\+?[\d ()-]{7,24}$")
    username: str = Field(default="", max_length=40)
    hides_number: bool = False


@router.get("/people")
async def people(board: Board) -> Json:
    return {
        "numbers": [_number(each) for each in board.store.numbers.values()],
        "customers": [_customer(each) for each in board.store.customers.values()],
    }


@router.post("/customers", status_code=201)
async def add_customer(board: Board, new: NewCustomer) -> Json:
    customer = Customer(
        key=CustomerKey(secrets.token_hex(4)),
        name=new.name,
        phone=re.sub(r"\D", "", new.phone),
        username=new.username.removeprefix("@"),
        hides_number=new.hides_number,
    )
    board.store.add_customer(customer)
    board.broker.publish(CustomersChanged())
    return _customer(customer)


@router.get("/chats/{number}/{customer}")
async def chat(board: Board, number: str, customer: str) -> Json:
    messages = board.store.chat(
        board.store.number(number).phone_number_id, board.store.customer(customer).key
    )
    return {"bubbles": [bubble(message, board.store) for message in messages]}


@router.post("/chats/{number}/{customer}/read")
async def read_chat(board: Board, number: str, customer: str) -> Json:
    """The person looks at the chat: blue ticks for the merchant."""
    messages = board.store.chat(
        board.store.number(number).phone_number_id, board.store.customer(customer).key
    )
    answers = [message for message in messages if message.direction is Direction.OUTBOUND]
    for message in answers:
        board.lifecycle.read(message)
    return {"read": len(answers)}


@router.get("/sources")
async def sources(board: Board, wamid: str, response: Response) -> Json:
    message = board.store.message(wamid)
    found = await sources_of(board.client, board.settings.sources_url, message.callback_data)
    if found is None:
        response.status_code = 404
    return found or {}


@router.get("/files/{media_id}")
async def file(board: Board, media_id: str) -> Response:
    """What the phone itself holds: no token, unlike the address that merchants get."""
    media = board.store.media.get(MediaId(media_id))
    return Response(media.content, media_type=media.mime_type) if media else Response(status_code=404)


@router.get("/events")
async def live(board: Board) -> StreamingResponse:
    return StreamingResponse(
        events(board.broker, board.store),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


def _number(number: BusinessNumber) -> Json:
    return {
        "id": number.phone_number_id,
        "name": number.verified_name,
        "phone": number.display_phone_number,
        "tagline": number.tagline,
        "suggestions": list(number.suggestions),
    }


def _customer(customer: Customer) -> Json:
    return {
        "key": customer.key,
        "name": customer.name,
        "phone": customer.phone,
        "username": customer.username,
        "hides_number": customer.hides_number,
    }
