"""`mostrador doctor`: what is wrong with this installation, in plain words, each finding with its remedy."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.console import Console
from sqlalchemy import text
from sqlmodel import select

from app.commands.open import installed
from app.installation import Installation, prepare_database
from app.merchants import registered
from kernel.database import Database
from kernel.errors import MostradorError
from kernel.settings import DiarySettings, EdgeSettings, MindSettings, Room, RoomSettings, read_settings
from knowledge.embedding.model_folder import check
from webhooks.models import NumberRow

HEALTHY, ILL = 0, 1
_SETTINGS: dict[Room, type[RoomSettings]] = {
    Room.EDGE: EdgeSettings,
    Room.MIND: MindSettings,
    Room.DIARY: DiarySettings,
}


@dataclass(frozen=True, slots=True)
class Finding:
    subject: str
    trouble: str = ""
    remedy: str = ""


def examine(console: Console) -> int:
    """Print every finding; the exit code is 1 when something has to be done."""
    installation = installed()
    findings = [finding for examination in EXAMINATIONS for finding in _tried(examination, installation)]
    for finding in findings:
        if finding.trouble:
            console.print(f"[red]✗[/red] {finding.subject}: {finding.trouble}", soft_wrap=True)
            console.print(f"  → {finding.remedy}", soft_wrap=True)
        else:
            console.print(f"[green]✓[/green] {finding.subject}")
    return ILL if any(finding.trouble for finding in findings) else HEALTHY


Examination = Callable[[Installation], Sequence[Finding]]


def _tried(examination: Examination, installation: Installation) -> Sequence[Finding]:
    try:
        return examination(installation)
    except MostradorError as reason:
        subject = examination.__name__.strip("_")
        return [Finding(subject, str(reason), "run `mostrador init`, then `mostrador doctor` again")]


def _database(installation: Installation) -> Sequence[Finding]:
    prepare_database(installation)
    for room, kind in _SETTINGS.items():
        database = Database(read_settings(kind, room, installation.home).database_url)
        database.check()
        database.close()
    return [Finding("each room reaches the database with its own role")]


def _model(installation: Installation) -> Sequence[Finding]:
    check(installation.model_folder)
    return [Finding("the embedding model is unpacked and whole")]


def _jobs(installation: Installation) -> Sequence[Finding]:
    findings = []
    for room, kind in _SETTINGS.items():
        database = Database(read_settings(kind, room, installation.home).database_url)
        with database.transaction() as session:
            failed = session.execute(
                text("select count(*) from jobs.procrastinate_jobs where status = 'failed'")
            ).scalar_one()
        database.close()
        if failed:
            remedy = "look at the room's log for the job's error; the rows stay in jobs.procrastinate_jobs"
            findings.append(Finding(f"{room.value} jobs", f"{failed} gave up", remedy))
    return findings or [Finding("no job has given up")]


def _numbers(installation: Installation) -> Sequence[Finding]:
    database = Database(read_settings(EdgeSettings, Room.EDGE, installation.home).database_url)
    findings = []
    for slug, merchant in registered(database).items():
        with database.transaction(merchant) as session:
            findings += [_number(slug, row) for row in session.exec(select(NumberRow))]
    database.close()
    return findings or [
        Finding("numbers", "no merchant has a WhatsApp number", "connect one, or try `mostrador demo`")
    ]


def _number(slug: str, row: NumberRow) -> Finding:
    subject = f"{slug}: {row.display_phone_number}"
    if row.stopped_reason:
        remedy = "put the account right at Meta or renew the token, then enter the number again"
        return Finding(subject, f"nothing is sent ({row.stopped_reason})", remedy)
    return Finding(subject)


EXAMINATIONS: tuple[Examination, ...] = (_database, _model, _jobs, _numbers)
