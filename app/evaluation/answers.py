"""`mostrador evaluate answers`: every question of a folder through the real entrance, then the scorer's table."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
from rich.console import Console
from rich.progress import Progress

from app.commands.open import installed
from app.evaluation.database import PassingDatabase, passing_database
from app.evaluation.house import House, number_of
from app.evaluation.rehearsal import Rehearsal, rehearsal
from app.evaluation.scoring import Prediction, Question, judge, read_questions
from app.evaluation.table import print_misses, print_table
from kernel.clock import SetClock
from kernel.ids import MerchantId
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant
from sandbox.driver import Phone, Reply
from sandbox.meta.models import BusinessNumber, Customer, CustomerKey
from webhooks.grounds import grounds_of
from webhooks.models import OutboxRow
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
    cast = [(case.base, case.number) for case in cases]
    with rehearsal(passing, cast, [one.customer for one in asked], clock) as stage:
        return asyncio.run(_ask_all(stage, asked, clock, advance))


async def _ask_all(
    stage: Rehearsal,
    asked: Sequence[Asked],
    clock: SetClock,
    advance: Callable[[], None],
) -> list[Prediction]:
    predictions = []
    async with httpx.AsyncClient(base_url=stage.house.sandbox_url) as client:
        for one in asked:
            clock.set(one.at)
            phone = Phone(client, one.case.number.phone_number_id, one.customer.key)
            replies = await phone.ask(one.question.text, at=one.at, patience=PATIENCE)
            merchant = stage.merchants[one.case.number.phone_number_id]
            predictions.append(_prediction(stage.house, merchant, one.question, replies))
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
