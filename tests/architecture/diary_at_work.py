"""The diary's work in a process of its own: what it connects to and what it loads is printed at the end."""

import os
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
REACHED: set[str] = set()
NAMES: set[str] = set()


def tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")


def _note(event: str, values: tuple[object, ...]) -> None:
    # libpq's connections are made outside Python and do not show here; everything else does.
    if event == "socket.connect" and isinstance(values[1], tuple):
        REACHED.add(f"{values[1][0]}:{values[1][1]}")
    if event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        NAMES.add(str(values[0]))


def work(diary_url: str, edge_url: str) -> None:
    from calendar_sync.connections.agendas import agenda_for
    from calendar_sync.google.agenda import Busy, Window, Written
    from calendar_sync.google.errors import GoogleMisaddressed
    from calendar_sync.mirror.channels import keep_open
    from calendar_sync.mirror.syncing import Mirror, sync
    from calendar_sync.requests import Unlink
    from kernel.clock import SetClock
    from kernel.database import Database
    from kernel.settings import Room
    from tests.calendar_sync.connections.offices import desk_on, request_id
    from tests.calendar_sync.google.agendas import draft
    from tests.calendar_sync.google.little_google import LittleGoogle
    from tests.calendar_sync.google.little_server import served

    databases = {Room.DIARY: Database(diary_url), Room.EDGE: Database(edge_url)}
    clock = SetClock(datetime(2026, 11, 23, 15, 0, tzinfo=UTC))
    google = LittleGoogle()
    with served(google) as base:
        sys.addaudithook(_note)
        desk = desk_on(databases.__getitem__, clock, google, base)
        desk.link()
        agenda = agenda_for(desk.office, desk.merchant)
        assert isinstance(agenda.busy(Window(clock.now(), clock.now() + timedelta(days=1))), Busy)
        assert isinstance(agenda.put(draft()), Written)
        keep_open(desk.office, desk.merchant, "owner@shop.test")
        sync(Mirror(office=desk.office, apply=lambda *_: None), desk.merchant)
        desk.ask(Unlink(id=request_id(), merchant=desk.merchant, keep_bookings=True, actor="owner"))
        try:
            desk.office.google.wires.get("https://elsewhere.test/")
        except GoogleMisaddressed as refused:
            tell(f"refused={type(refused).__name__}")
        desk.office.google.wires.close()
    for database in databases.values():
        database.close()
    tell(f"google={base.removeprefix('http://')}")


if __name__ == "__main__":
    os.environ.setdefault("OAUTHLIB_INSECURE_TRANSPORT", "1")
    work(*sys.argv[1:3])
    tell(f"reached={' '.join(sorted(REACHED))}")
    tell(f"names={' '.join(sorted(NAMES))}")
    tell(f"loaded={' '.join(sorted({name.split('.')[0] for name in sys.modules}))}")
