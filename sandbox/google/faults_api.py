"""``/sandbox``: arm faults and set the clock."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse
from pydantic import AwareDatetime, BaseModel, Field

from sandbox.google.access import Board
from sandbox.google.faults import REASONS, Fault, FaultKind
from sandbox.google.models import Json
from sandbox.google.switchboard import Google

router = APIRouter(prefix="/sandbox")


class Arming(BaseModel):
    kind: FaultKind
    count: int = Field(default=1, ge=1, le=1000)
    seconds: float = Field(default=30.0, ge=0, le=3600)
    reason: str = ""
    method: str = ""
    calendar: str = ""


class ClockSetting(BaseModel):
    """``at`` makes the clock stand still at a moment; ``advance`` moves it on by seconds."""

    at: AwareDatetime | None = None
    advance: float = 0.0


@router.get("/faults")
async def faults(google: Board) -> Json:
    return _armed(google)


@router.post("/faults", status_code=201)
async def arm(google: Board, arming: Arming) -> Response:
    try:
        fault = Fault(**arming.model_dump())
    except ValueError as error:
        return JSONResponse({"detail": str(error)}, status_code=422)
    google.faults.arm(fault)
    return JSONResponse(_armed(google), status_code=201)


@router.delete("/faults")
async def disarm_all(google: Board) -> Json:
    google.faults.disarm()
    return _armed(google)


@router.delete("/faults/{kind}")
async def disarm(google: Board, kind: FaultKind) -> Json:
    google.faults.disarm(kind)
    return _armed(google)


@router.get("/clock")
async def clock(google: Board) -> Json:
    return _time(google)


@router.put("/clock")
async def set_clock(google: Board, setting: ClockSetting) -> Json:
    if setting.at:
        google.clock.freeze(setting.at)
    google.clock.advance(setting.advance)
    google.bell.ring()
    return _time(google)


@router.delete("/clock")
async def release_clock(google: Board) -> Json:
    google.clock.release()
    google.bell.ring()
    return _time(google)


def _time(google: Google) -> Json:
    return {"now": google.clock.now().isoformat(), "standing": google.clock.standing}


def _armed(google: Google) -> Json:
    armed = [
        {
            "kind": each.kind,
            "count": each.count,
            "seconds": each.seconds,
            "reason": each.reason,
            "method": each.method,
            "calendar": each.calendar,
        }
        for each in google.faults.armed()
    ]
    return {"armed": armed, "kinds": {str(kind): list(REASONS.get(kind, ())) for kind in FaultKind}}
