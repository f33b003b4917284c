"""Who may ask: the bearer token, and which numbers and accounts it opens."""

import hmac
import re
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse

from sandbox.errors import PathUnknown
from sandbox.meta.models import BusinessNumber, Json, PhoneNumberId
from sandbox.meta.refusals import Refusal, no_such_object
from sandbox.meta.signatures import app_secret_proof
from sandbox.meta.switchboard import Switchboard


async def switchboard_of(request: Request) -> Switchboard:
    board: Switchboard = request.app.state.switchboard
    return board


def graph_router() -> APIRouter:
    """A router under ``/vNN.N``; an expired version is served like any other, as Meta does."""
    return APIRouter(prefix="/{version}", dependencies=[Depends(_versioned)])


async def _versioned(request: Request) -> None:
    if not re.fullmatch(r"v\d{1,3}\.\d", request.path_params["version"]):
        raise PathUnknown(request.url.path)


Board = Annotated[Switchboard, Depends(switchboard_of)]


def token_of(board: Switchboard, request: Request) -> str | Refusal:
    """The token, once it is known to be somebody's."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    known = any(
        hmac.compare_digest(token.encode(), each.token.encode()) for each in board.store.numbers.values()
    )
    if scheme.lower() != "bearer" or not known:
        return Refusal(190, "Invalid OAuth access token - Cannot parse access token")
    proof = request.query_params.get("appsecret_proof")
    if proof is not None and proof != app_secret_proof(token, board.settings.app_secret):
        return Refusal(100, "Invalid appsecret_proof provided in the API argument")
    return token


def number_for(board: Switchboard, request: Request, phone_number_id: str) -> BusinessNumber | Refusal:
    """A number, if the token is that of its account: another merchant's looks as if it did not exist."""
    token = token_of(board, request)
    if isinstance(token, Refusal):
        return token
    number = board.store.numbers.get(PhoneNumberId(phone_number_id))
    if number is None or number.token != token:
        return no_such_object(phone_number_id)
    return number


def numbers_for(board: Switchboard, request: Request, waba_id: str) -> list[BusinessNumber] | Refusal:
    """The numbers of an account, under the same rule."""
    token = token_of(board, request)
    if isinstance(token, Refusal):
        return token
    numbers = [number for number in board.store.numbers_of(waba_id) if number.token == token]
    return numbers or no_such_object(waba_id)


def answered(result: Json | Refusal) -> JSONResponse:
    if isinstance(result, Refusal):
        return JSONResponse(result.as_answer(), status_code=result.http_status)
    return JSONResponse(result)
