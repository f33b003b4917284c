"""Scripted dialogues: what a customer does turn by turn, and what is expected of the counter."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expect:
    """At least one of `any`, every one of `all`, none of `none` (patterns on the normalised reply), and a state."""

    any: tuple[str, ...] = ()
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    state: Row = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptTurn:
    """Words, a tap or an event. `only_if`: what the counter must just have asked for."""

    text: str | None = None
    tap: str | None = None
    event: str | None = None
    appointment: str | None = None
    now: datetime | None = None
    only_if: str | None = None
    expect: Expect = Expect()


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    id: str
    merchant: str
    now: datetime
    phone: str | None = None
    name: str | None = None
    consent: str = ""
    appointments: Sequence[Row] = ()
    class_bookings: Sequence[Row] = ()
    busy: Sequence[Row] = ()
    turns: Sequence[ScriptTurn] = ()
    final: Row = field(default_factory=dict)


def read_scripts(file: Path, zones: Mapping[str, str]) -> list[Script]:
    """The scripts of a folder. `zones`: each merchant's time zone, in which bare times are."""
    rows = [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]
    return [_script(row, ZoneInfo(zones[row["merchant"]])) for row in rows]


def moment(text: str, zone: ZoneInfo) -> datetime:
    """A local ISO time of the merchant's."""
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=zone)


def _script(row: Row, zone: ZoneInfo) -> Script:
    given = row.get("given") or {}
    customer = given.get("customer") or {}
    return Script(
        id=row["id"],
        merchant=row["merchant"],
        now=moment(row["now"], zone),
        phone=customer.get("phone"),
        name=customer.get("name"),
        consent=str(given.get("consent") or ""),
        appointments=tuple(given.get("appointments") or ()),
        class_bookings=tuple(given.get("class_bookings") or ()),
        busy=tuple((row.get("calendar") or {}).get("busy") or ()),
        turns=tuple(_turn(one, zone) for one in row["turns"]),
        final=row.get("final") or {},
    )


def _turn(row: Row, zone: ZoneInfo) -> ScriptTurn:
    user, expect = row.get("user"), row.get("expect") or {}
    return ScriptTurn(
        text=user if isinstance(user, str) else None,
        tap=str(user["tap"]) if isinstance(user, Mapping) else None,
        event=row.get("event"),
        appointment=row.get("appointment"),
        now=moment(row["now"], zone) if row.get("now") else None,
        only_if=row.get("only_if"),
        expect=Expect(
            any=tuple(expect.get("any") or ()),
            all=tuple(expect.get("all") or ()),
            none=tuple(expect.get("none") or ()),
            state=expect.get("state") or {},
        ),
    )
