"""A whole house for tests: the edge with its real database, trays and jobs, a mind that echoes, a Meta that remembers.

Jobs are run one by one, on a clock that is moved to the next scheduled one when nothing else is due.
A `Plug` can be pulled at any step, as a kill would: the transaction is lost, the job is run again.
"""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
from sqlmodel import Session

from app.edge_jobs import tell_edge
from assistant import tray
from calendar_sync import tray as diary_tray
from calendar_sync.codec import from_plain
from calendar_sync.ids import OutcomeId, RequestId, outcome_id
from calendar_sync.outcomes import Outcome as Told
from calendar_sync.outcomes import Report, ReportKind
from calendar_sync.requests import Request
from kernel.clock import Clock, SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.jobs import defer
from kernel.models import MerchantRow
from kernel.sealing import Sealer
from tests.webhooks import payloads
from webhooks import tasks
from webhooks.intake import Intake
from webhooks.numbers import Number, enter_number
from webhooks.outcomes import Accepted, Outcome, Unknown
from webhooks.payload import read_delivery
from webhooks.room import Edge
from webhooks.routing import route_job

TOKEN = "token-for-tests"


def register_number(
    database: Database, sealer: Sealer, clock: Clock, merchant: MerchantId, number_id: str, waba: str
) -> None:
    number = Number(
        phone_number_id=number_id,
        waba_id=waba,
        display_phone_number=payloads.DISPLAY,
        token=TOKEN,
    )
    with database.transaction(merchant) as session:
        session.add(MerchantRow(id=merchant, slug=f"m-{merchant.hex}", created_at=clock.now()))
        enter_number(session, sealer, merchant, number)


class Killed(BaseException):
    """The process is gone."""


@dataclass(slots=True)
class Plug:
    """Counts the steps of a run; pulled at one of them, everything in hand is lost."""

    at: int = 0
    steps: int = 0
    names: list[str] = field(default_factory=list)

    def step(self, name: str) -> None:
        self.steps += 1
        self.names.append(name)
        if self.steps == self.at:
            raise Killed(name)


class PluggedDatabase(Database):
    """The real database with a plug on its cord."""

    def __init__(self, url: str, plug: Plug) -> None:
        super().__init__(url, pool_size=2)
        self.plug = plug

    @contextmanager
    def transaction(self, merchant: MerchantId | None = None) -> Iterator[Session]:
        self.plug.step("begin")
        with super().transaction(merchant) as session:
            yield session
            self.plug.step("before commit")
        self.plug.step("after commit")


@dataclass(slots=True)
class FakeMeta:
    """Takes messages in, remembers them, and has statuses for what it took."""

    plug: Plug
    loses_answers: int = 0
    """How many messages are taken in without the answer getting back."""
    script: list[Outcome | Callable[[], Outcome]] = field(default_factory=list)
    """Outcomes to give first; what is callable is called. Afterwards everything is accepted."""
    accepted: list[dict[str, Any]] = field(default_factory=list)
    typed: list[str] = field(default_factory=list)
    tokens: set[str] = field(default_factory=set)

    def send(self, _phone_number_id: str, token: str, body: Mapping[str, Any]) -> Outcome:
        self.plug.step("before the call")
        self.tokens.add(token)
        if self.script:
            told = self.script.pop(0)
            return told() if callable(told) else told
        self.accepted.append(dict(body))
        self.plug.step("after the call")
        if self.loses_answers:
            self.loses_answers -= 1
            return Unknown("ReadTimeout")
        return Accepted(wamid=f"wamid.OUT{len(self.accepted)}", wa_id=payloads.WA_ID)

    def mark_read(self, _phone_number_id: str, _token: str, message_id: str, *, typing: bool) -> bool:
        self.plug.step("typing")
        self.typed.append(message_id)
        return typing

    @property
    def texts(self) -> list[str]:
        return [body["text"]["body"] for body in self.accepted]

    def texts_or_bodies(self) -> list[str]:
        """What the customer reads, whatever kind of message it is."""
        return [
            body["text"]["body"] if "text" in body else body["interactive"]["body"]["text"]
            for body in self.accepted
        ]

    def statuses(self, *words: str, number_id: str = payloads.NUMBER_ID) -> bytes:
        """Statuses of everything accepted so far, as Meta would send them."""
        found = [
            payloads.status(f"wamid.OUT{n}", word, biz_opaque_callback_data=body["biz_opaque_callback_data"])
            for n, body in enumerate(self.accepted, 1)
            for word in words
        ]
        return payloads.statuses_body(*found, number_id=number_id)


@dataclass(slots=True)
class EchoMind:
    """Reads every turn as itself: the reply to "a" is "re: a"."""

    database: Database
    sealer: Sealer
    clock: Clock
    turns: list[tray.TurnIn] = field(default_factory=list)
    reply: Callable[[str], str] = "re: {}".format
    handoff: bool = False
    asleep: bool = False
    intents: Callable[[str], list[dict[str, Any]]] = lambda _text: []

    def read(self, merchant: MerchantId, turn_id: UUID) -> None:
        if self.asleep:
            return
        with self.database.transaction(merchant) as session:
            turn = tray.take_turn(session, self.sealer, merchant, turn_id)
            if turn is None:
                return
            reading = tray.ReadingOut(
                turn_id=turn_id,
                conversation_id=turn.conversation_id,
                text=self.reply(turn.text),
                language="es",
                kind="answered",
                abstained=False,
                handoff=self.handoff,
                confidence=1.0,
                knowledge_version=1,
                sources=({"citation": "faq:1", "title": "Precios"},),
                intents=self.intents(turn.text),
            )
            tray.put_reading(session, self.sealer, merchant, reading, self.clock.now())
            defer(session, route_job(merchant, turn_id))
        self.turns.append(turn)


@dataclass(slots=True)
class ScriptedDiary:
    """Answers every request with what the script says, over the real trays and as the diary's own role."""

    database: Database
    sealer: Sealer
    clock: Clock
    answer: Callable[[Request], dict[str, Any]] = lambda _request: {"kind": "nothing"}
    requests: list[Request] = field(default_factory=list)
    asleep: bool = False

    def serve(self, merchant: MerchantId, request_id: UUID) -> None:
        if self.asleep:
            return
        with self.database.transaction(merchant) as session:
            request = diary_tray.read_request(session, self.sealer, merchant, RequestId(request_id))
            if not isinstance(request, Request):
                return
            diary_tray.finish_request(session, request.id)
            self._lay(
                session,
                request.merchant,
                outcome_id(request.id),
                {"conversation_id": request.conversation_id, "request_id": request.id} | self.answer(request),
            )
        self.requests.append(request)

    def bring(self, merchant: MerchantId, conversation: UUID, **told: Any) -> None:
        """News that nobody asked for."""
        with self.database.transaction(merchant) as session:
            self._lay(session, merchant, OutcomeId(uuid4()), {"conversation_id": conversation} | told)

    def report(self, merchant: MerchantId, kind: str, facts: dict[str, str]) -> None:
        key = OutcomeId(uuid4())
        told = Report(id=key, merchant=merchant, kind=ReportKind(kind), facts=facts)
        with self.database.transaction(merchant) as session:
            job = tell_edge(merchant, key)
            diary_tray.put_outcome(session, self.sealer, told, self.clock.now(), job)

    def _lay(self, session: Session, merchant: MerchantId, key: OutcomeId, told: dict[str, Any]) -> None:
        outcome = from_plain(Told, {"id": key, "merchant": merchant} | told)
        job = tell_edge(merchant, key)
        diary_tray.put_outcome(session, self.sealer, outcome, self.clock.now(), job)


@dataclass(slots=True)
class House:
    """Everything together. `hear` stores a delivery, `work` runs jobs until nothing is due."""

    edge: Edge
    meta: FakeMeta
    mind: EchoMind
    diary: ScriptedDiary
    merchant: MerchantId
    clock: SetClock
    plug: Plug
    edge_url: str
    administrator_url: str
    spoken: int = 0

    def hear(self, body: bytes) -> None:
        """Through the real intake: the rows and their jobs in one commit."""

        async def store() -> None:
            intake = Intake(self.edge_url)
            await intake.open()
            filed = self.edge.desk.file(read_delivery(body), await intake.routes(), self.clock.now())
            await intake.store(filed, self.clock.now())
            await intake.close()

        asyncio.run(store())

    def say(self, *lines: str, seconds: int | None = None) -> None:
        """A text message for each line, a new id each."""
        at = int(self.clock.now().timestamp()) if seconds is None else seconds
        texts = [payloads.text(f"wamid.IN{self._next()}", line, seconds=at) for line in lines]
        self.hear(payloads.messages_body(*texts))

    def tap(self, choice_id: str, title: str) -> None:
        """A tapped button of ours."""
        reply = {"id": choice_id, "title": title}
        content = {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}
        seconds = int(self.clock.now().timestamp())
        message = payloads.message(f"wamid.IN{self._next()}", seconds=seconds, **content)
        self.hear(payloads.messages_body(message))

    def _next(self) -> int:
        self.spoken += 1
        return self.spoken

    def work(self, *, until: timedelta = timedelta(hours=1)) -> None:
        """Run what is due, then what falls due within `until`, moving the clock there."""
        end = self.clock.now() + until
        while (due := self._next_job()) is not None:
            job_id, at = due
            if at is not None and at > end:
                return
            if at is not None and at > self.clock.now():
                self.clock.set(at)
            self.run(job_id)

    def run(self, job_id: int) -> None:
        ((task, args),) = self.ask(
            "select task_name, args from jobs.procrastinate_jobs where id = %s", job_id
        )
        try:
            RUNNERS[task](self, args)
        except Killed:
            # The job is run again, as the kernel's reviving does.
            return
        self.ask("delete from jobs.procrastinate_jobs where id = %s returning id", job_id)

    def _next_job(self) -> tuple[int, datetime | None] | None:
        found = self.ask(
            "select id, scheduled_at from jobs.procrastinate_jobs where status = 'todo'"
            " order by coalesce(scheduled_at, '-infinity'), id limit 1"
        )
        return found[0] if found else None

    def ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        options = "-c search_path=jobs"
        with psycopg.connect(self.administrator_url, autocommit=True, options=options) as connection:
            return connection.execute(query, parameters).fetchall()  # type: ignore[arg-type]

    def reconnect(self) -> None:
        """The owner gives us a new token."""
        number = Number(
            phone_number_id=payloads.NUMBER_ID,
            waba_id=payloads.WABA,
            display_phone_number=payloads.DISPLAY,
            token=TOKEN,
        )
        with self.edge.database.transaction(self.merchant) as session:
            enter_number(session, self.edge.sealer, self.merchant, number)

    def sleep(self, pause: timedelta) -> None:
        """Nothing runs for a while."""
        self.clock.advance(pause)

    def with_edge(self, **changes: Any) -> None:
        self.edge = replace(self.edge, **changes)

    def states(self) -> list[str]:
        return [state for (state,) in self.ask("select state from webhooks.outbox order by created_at, id")]


Runner = Callable[[House, dict[str, str]], None]
RUNNERS: dict[str, Runner] = {
    "webhooks:gather": lambda house, args: tasks.gather_items(house.edge, _m(args), UUID(args["inbound"])),
    "webhooks:close": lambda house, args: tasks.close_burst(house.edge, _m(args), UUID(args["conversation"])),
    "webhooks:route": lambda house, args: tasks.route_reading(house.edge, _m(args), UUID(args["turn"])),
    "webhooks:outcome": lambda house, args: tasks.settle_outcome(house.edge, _m(args), UUID(args["outcome"])),
    "calendar_sync:serve": lambda house, args: house.diary.serve(_m(args), UUID(args["request"])),
    "webhooks:send": lambda house, args: tasks.send_message(house.edge, _m(args), UUID(args["outbox"])),
    "webhooks:settle": lambda house, args: tasks.settle_statuses(house.edge, _m(args)),
    "webhooks:note": lambda house, args: tasks.note_change(house.edge, _m(args), UUID(args["inbound"])),
    "assistant:read": lambda house, args: house.mind.read(_m(args), UUID(args["turn"])),
}


def _m(args: Mapping[str, str]) -> MerchantId:
    return MerchantId(UUID(args["merchant"]))
