"""`mostrador evaluate answers`: every question of a folder through the real entrance, then the scorer's table."""

import asyncio
import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.progress import Progress

from app.commands.open import installed
from app.evaluation.database import PassingDatabase, passing_database
from app.evaluation.house import House, enter_numbers, number_of, open_house
from app.evaluation.scoring import Prediction, Question, judge, read_questions
from app.evaluation.table import print_misses, print_table
from app.merchants import load_knowledge
from app.mind import build_mind
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import new_keyset
from kernel.settings import EdgeSettings, MindSettings, Room
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant
from knowledge.library import embed_missing
from sandbox.driver import Phone, Reply
from sandbox.meta.models import BusinessNumber, Customer, CustomerKey
from webhooks.models import OutboxRow
from webhooks.routing import grounds_of
from webhooks.sending import OPAQUE

ANY_TIME = datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001 - local to each merchant: a Tuesday morning
"""When a question is asked for which the time does not matter."""
PATIENCE = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One merchant's folder, with the number that its customers write to."""

    name: str
    base: KnowledgeBase
    questions: Sequence[Question]
    number: BusinessNumber


@dataclass(frozen=True, slots=True)
class Asked:
    case: Case
    question: Question
    customer: Customer

    @property
    def at(self) -> datetime:
        local = datetime.fromisoformat(self.question.now) if self.question.now else ANY_TIME
        return local if local.tzinfo else local.replace(tzinfo=ZoneInfo(self.case.base.profile.timezone))


def evaluate_answers(console: Console, folder: Path, out: Path | None, *, show: int) -> None:
    """Ask everything, write the predictions, print the table."""
    cases = read_cases(folder)
    asked = list(_asked(cases))
    with passing_database(installed()) as database, Progress(console=console, transient=True) as progress:
        task = progress.add_task("questions", total=len(asked))
        predictions = predict(database, cases, asked, lambda: progress.advance(task))
    if out:
        out.write_text("".join(json.dumps(asdict(p), ensure_ascii=False) + "\n" for p in predictions))
    judged = [
        (one.case.name, one.question, judge(one.question, prediction), prediction)
        for one, prediction in zip(asked, predictions, strict=True)
    ]
    print_table(console, judged)
    print_misses(console, judged, show)


def read_cases(folder: Path) -> list[Case]:
    """Every merchant of the folder that has questions. Documents are also looked for beside the folder, in `seeds`."""
    cases = []
    for position, file in enumerate(sorted(folder.glob("*/questions.jsonl")), start=1):
        seeds = [path for path in (folder.parent / "seeds", folder.parent.parent / "seeds") if path.is_dir()]
        loaded = load_merchant(file.parent / "merchant.yaml", seeds)
        if loaded.knowledge_base is not None:
            base, name = loaded.knowledge_base, file.parent.name
            number = number_of(position, base.profile.name)
            cases.append(Case(name=name, base=base, questions=read_questions(file), number=number))
    return cases


def _asked(cases: Sequence[Case]) -> Iterator[Asked]:
    """Each question by a customer of its own: nothing said before may help."""
    pairs = [(case, question) for case in cases for question in case.questions]
    for position, (case, question) in enumerate(pairs):
        name = f"customer{position}"
        yield Asked(case, question, Customer(key=CustomerKey(name), name=name, phone=f"57300{position:07d}"))


def predict(
    passing: PassingDatabase, cases: Sequence[Case], asked: Sequence[Asked], advance: Callable[[], None]
) -> list[Prediction]:
    """Run the house and ask, one question after the other, each at its own time."""
    clock = SetClock(asked[0].at)
    with _house(passing, cases, [one.customer for one in asked], clock) as house:
        merchants = {number: merchant for merchant, number in house.merchants.items()}
        return asyncio.run(_ask_all(house.house, merchants, asked, clock, advance))


@dataclass(frozen=True, slots=True)
class _Prepared:
    house: House
    merchants: dict[MerchantId, str]


@contextmanager
def _house(
    passing: PassingDatabase, cases: Sequence[Case], customers: Sequence[Customer], clock: SetClock
) -> Iterator[_Prepared]:
    tray = SecretStr(new_keyset())
    edge_settings = _edge_settings(passing, tray)
    mind_settings = MindSettings(database_url=passing.url(Room.MIND), tray_keyset=tray)
    edge_database, mind_database = Database(edge_settings.database_url), Database(mind_settings.database_url)
    loaded = {load_knowledge(edge_database, clock, case.base)[0]: case.number for case in cases}
    enter_numbers(edge_database, edge_settings.edge_keyset, loaded)
    mind = build_mind(mind_settings, installed().home, mind_database, clock)
    for merchant in loaded:
        with mind_database.transaction(merchant) as session:
            if mind.library.encoder is not None:
                embed_missing(session, merchant, mind.library.encoder)
    with open_house(edge_settings, edge_database, mind, clock, list(loaded.values()), customers) as house:
        yield _Prepared(house, {merchant: number.phone_number_id for merchant, number in loaded.items()})
    edge_database.close()
    mind_database.close()


def _edge_settings(passing: PassingDatabase, tray: SecretStr) -> EdgeSettings:
    return EdgeSettings(
        database_url=passing.url(Room.EDGE),
        whatsapp_app_secret=SecretStr(secrets.token_hex(16)),
        whatsapp_verify_token=SecretStr(secrets.token_hex(8)),
        edge_keyset=SecretStr(new_keyset()),
        tray_keyset=tray,
        blind_index_key=SecretStr(secrets.token_hex(32)),
        burst_quiet_seconds=0,
        burst_cap_seconds=0,
    )


async def _ask_all(
    house: House,
    merchants: dict[str, MerchantId],
    asked: Sequence[Asked],
    clock: SetClock,
    advance: Callable[[], None],
) -> list[Prediction]:
    predictions = []
    async with httpx.AsyncClient(base_url=house.sandbox_url) as client:
        for one in asked:
            clock.set(one.at)
            phone = Phone(client, one.case.number.phone_number_id, one.customer.key)
            replies = await phone.ask(one.question.text, at=one.at, patience=PATIENCE)
            merchant = merchants[one.case.number.phone_number_id]
            predictions.append(_prediction(house, merchant, one.question, replies))
            advance()
    return predictions


def _prediction(
    house: House, merchant: MerchantId, question: Question, replies: Sequence[Reply]
) -> Prediction:
    text = "\n".join(reply.text for reply in replies)
    return Prediction(
        id=question.id, text=text, abstained=any(_abstained(house, merchant, r) for r in replies)
    )


def _abstained(house: House, merchant: MerchantId, reply: Reply) -> bool:
    with house.edge.database.transaction(merchant) as session:
        row = session.get(OutboxRow, UUID((reply.callback_data or "").removeprefix(OPAQUE)))
        grounds = grounds_of(session, house.edge, row.turn_id) if row and row.turn_id else None
    return bool(grounds and grounds["abstained"])
