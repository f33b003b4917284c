"""``/sandbox``: arm faults, let go what they hold, look at the wire, shake hands with the product."""

from fastapi import APIRouter
from pydantic import BaseModel, Field

from sandbox.meta.access import Board
from sandbox.meta.faults import Fault, FaultKind
from sandbox.meta.handshake import shake_hands
from sandbox.meta.journal import Exchange
from sandbox.meta.models import Json
from sandbox.meta.switchboard import Switchboard

router = APIRouter(prefix="/sandbox")


class Arming(BaseModel):
    kind: FaultKind
    count: int = Field(default=1, ge=1, le=1000)
    seconds: float = Field(default=10.0, ge=0, le=3600)
    code: int = 131000


@router.get("/faults")
async def faults(board: Board) -> Json:
    return _armed(board)


@router.post("/faults", status_code=201)
async def arm(board: Board, arming: Arming) -> Json:
    board.faults.arm(Fault(kind=arming.kind, count=arming.count, seconds=arming.seconds, code=arming.code))
    return _armed(board)


@router.delete("/faults")
async def disarm_all(board: Board) -> Json:
    board.faults.disarm()
    return _armed(board)


@router.delete("/faults/{kind}")
async def disarm(board: Board, kind: FaultKind) -> Json:
    board.faults.disarm(kind)
    return _armed(board)


@router.post("/faults/let-go")
async def let_go(board: Board) -> Json:
    """Deliver what out-of-order and batch faults are still holding back."""
    return {"let_go": board.courier.let_go()}


@router.get("/exchanges")
async def exchanges(board: Board, after: int = 0) -> Json:
    lately = [exchange for exchange in board.journal.exchanges if exchange.serial > after]
    return {"exchanges": [_exchange(each) for each in lately]}


@router.post("/handshake")
async def handshake(board: Board) -> Json:
    """What Meta does when the callback address is saved in its dashboard."""
    settings = board.settings
    done = await shake_hands(board.client, settings.callback_url, settings.verify_token)
    return {"ok": done.ok, "status": done.status, "reason": done.reason}


def _armed(board: Switchboard) -> Json:
    armed = [
        {"kind": fault.kind, "count": fault.count, "seconds": fault.seconds, "code": fault.code}
        for fault in board.faults.armed()
    ]
    return {"armed": armed, "held": board.courier.held, "kinds": [str(kind) for kind in FaultKind]}


def _exchange(exchange: Exchange) -> Json:
    return {
        "serial": exchange.serial,
        "at": exchange.at.isoformat(),
        "lane": exchange.lane,
        "summary": exchange.summary,
        "outcome": exchange.outcome,
        "body": exchange.body,
        "headers": exchange.headers,
    }
