"""An office on a real database, over a Google that fits in a test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlmodel import Session, select

from calendar_sync.connections.models import ConnectionRow, ReceiptRow, TokenRow
from calendar_sync.connections.office import Office
from calendar_sync.connections.serving import serve
from calendar_sync.google.door import GoogleDoor
from calendar_sync.google.wires import Wires
from calendar_sync.ids import OutcomeId, RequestId
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import AnyRequest, LinkCode, LinkStart
from calendar_sync.room import Diary
from calendar_sync.tray import put_request, take_outcome
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import Job
from kernel.sealing import Sealer, new_keyset
from kernel.settings import Room
from tests.calendar_sync.google.little_google import LittleGoogle, app_at

REDIRECT = "https://shop.test/google/redirect"


@dataclass
class Desk:
    """The diary's office, the edge's side of the trays, and the Google they talk to."""

    google: LittleGoogle
    office: Office
    edge: Database
    clock: SetClock
    base: str
    merchant: MerchantId = field(default_factory=lambda: MerchantId(uuid4()))

    @property
    def diary(self) -> Diary:
        return self.office.diary

    def ask(self, request: Any) -> Report | None:
        """Lay a request, have it served, take the answer."""
        self.lay(request)
        serve(self.office, request)
        return self.taken(request.id)

    def lay(self, request: AnyRequest) -> None:
        with self.edge.transaction(request.merchant) as session:
            put_request(session, self.diary.tray, request, self.clock.now())

    def taken(self, request: RequestId) -> Report | None:
        from calendar_sync.ids import outcome_id

        return self._take(outcome_id(request))

    def _take(self, outcome: OutcomeId) -> Report | None:
        with self.edge.transaction(self.merchant) as session:
            found = take_outcome(session, self.diary.tray, self.merchant, outcome)
        assert found is None or isinstance(found, Report)
        return found

    def news(self) -> list[Report]:
        """Everything in the out-tray."""
        from calendar_sync.models import OutcomeRow

        with self.edge.transaction(self.merchant) as session:
            ids = session.exec(select(OutcomeRow.id)).all()
        return [report for each in ids if (report := self._take(OutcomeId(each)))]

    def start(self, **values: Any) -> dict[str, str]:
        """The parameters of the address that the merchant opens."""
        from urllib.parse import parse_qsl, urlsplit

        report = self.ask(
            LinkStart(id=request_id(), merchant=self.merchant, redirect_uri=REDIRECT, actor="owner", **values)
        )
        assert report
        assert report.kind is ReportKind.LINK_ADDRESS
        return dict(parse_qsl(urlsplit(report.facts["address"]).query))

    def code(self, state: str, code: str) -> LinkCode:
        return LinkCode(id=request_id(), merchant=self.merchant, state=state, code=code)

    def link(self, scope: str | None = None, sub: str = "1001", **values: Any) -> Report:
        """The whole way: start, consent, code."""
        query = self.start(**values)
        report = self.ask(self.code(query["state"], self.google.oauth.agree(query, scope, sub)))
        assert report
        return report

    def rows(self, table: Callable[..., Any]) -> list[Any]:
        with self.read() as session:
            return list(session.exec(select(table)))

    def read(self) -> Any:
        return self.diary.database.transaction(self.merchant)

    def connection(self) -> ConnectionRow | None:
        return next(iter(self.rows(ConnectionRow)), None)

    def token(self) -> TokenRow | None:
        return next(iter(self.rows(TokenRow)), None)

    def receipt(self) -> ReceiptRow:
        (row,) = self.rows(ReceiptRow)
        return row


def request_id() -> RequestId:
    return RequestId(uuid4())


def outcome_job(merchant: MerchantId, outcome: OutcomeId) -> Job:
    return Job(
        task="webhooks:outcome", queue="edge", args={"merchant": str(merchant), "outcome": str(outcome)}
    )


def desk_on(
    room_database: Callable[[Room], Database], clock: SetClock, google: LittleGoogle, base: str, **app: Any
) -> Desk:
    diary = Diary(
        database=room_database(Room.DIARY),
        clock=clock,
        tray=Sealer(new_keyset()),
        own=Sealer(new_keyset()),
        outcome_job=outcome_job,
    )
    settings = app_at(base, **app)
    office = Office(diary=diary, google=GoogleDoor(settings, Wires(settings)))
    return Desk(google, office, room_database(Room.EDGE), clock, base)


def jobs(session: Session) -> list[tuple[str, dict[str, str]]]:
    """Jobs that the diary may see."""
    from sqlalchemy import text

    rows = session.execute(text("select task_name, args from jobs.procrastinate_jobs where status = 'todo'"))
    return [(name, args) for name, args in rows]


__all__ = ["REDIRECT", "UUID", "Desk", "desk_on", "jobs", "outcome_job", "request_id"]
