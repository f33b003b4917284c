"""``POST /vNN.0/{phone_number_id}/messages``, with the faults that strike in its answer."""

import json

from fastapi import Request
from fastapi.responses import JSONResponse

from sandbox.meta.access import Board, answered, graph_router, number_for
from sandbox.meta.faults import FaultKind
from sandbox.meta.message_rules import is_read_receipt
from sandbox.meta.models import BusinessNumber, Json
from sandbox.meta.refusals import Refusal
from sandbox.meta.switchboard import Switchboard

router = graph_router()
_BROKEN = Refusal(1)


@router.post("/{phone_number_id}/messages")
async def send(board: Board, request: Request, phone_number_id: str) -> JSONResponse:
    number = number_for(board, request, phone_number_id)
    raw = await request.body()
    result = number if isinstance(number, Refusal) else await _carried_out(board, number, _parsed(raw))
    response = answered(result)
    board.journal.write("graph", _summary(_parsed(raw)), response.status_code, raw)
    return response


async def _carried_out(board: Switchboard, number: BusinessNumber, body: object) -> Json | Refusal:
    if not isinstance(body, dict):
        return Refusal(100, "The body must be a JSON object.")
    if is_read_receipt(body):
        return board.outbox.take(number, body)
    return _failed_early(board) or await _taken(board, number, body)


def _failed_early(board: Switchboard) -> Refusal | None:
    """Errors that leave the message untaken."""
    if fault := board.faults.strike(FaultKind.GRAPH_ERROR):
        return Refusal(fault.code, "Armed in the sandbox.")
    return _BROKEN if board.faults.strike(FaultKind.ERROR_BEFORE) else None


async def _taken(board: Switchboard, number: BusinessNumber, body: Json) -> Json | Refusal:
    """The same error may follow a message that was taken: the caller cannot tell."""
    result = board.outbox.take(number, body)
    if isinstance(result, Refusal):
        return result
    if fault := board.faults.strike(FaultKind.HANG_AFTER):
        await board.clock.sleep(fault.seconds)
    return _BROKEN if board.faults.strike(FaultKind.ERROR_AFTER) else result


def _parsed(raw: bytes) -> object:
    try:
        return json.loads(raw)
    except ValueError:
        return None


def _summary(body: object) -> str:
    if not isinstance(body, dict):
        return "?"
    return str(body.get("status") or body.get("type", "text"))
