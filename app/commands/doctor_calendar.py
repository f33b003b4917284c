"""`mostrador doctor calendar`: every merchant's Google connection, examined now, each finding with its remedy."""

from rich.console import Console

from app.commands.doctor import HEALTHY, ILL
from app.commands.open import installed
from app.diary import build_desk
from app.installation import Installation, prepare_database
from app.merchants import registered
from calendar_sync.connections.doctor import Finding, FindingKind, wording
from calendar_sync.connections.examining import examine_merchant
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.settings import DiarySettings, EdgeSettings, Room, read_settings

NOT_ASKED_FOR = frozenset({FindingKind.NOT_LINKED})
"""A merchant who never linked a calendar lacks nothing."""


def examine_calendars(console: Console, language: str) -> int:
    """Print every finding; the exit code is 1 when something has to be done."""
    installation = installed()
    prepare_database(installation)
    settings = read_settings(DiarySettings, Room.DIARY, installation.home)
    database = Database(settings.database_url)
    office = build_desk(settings, database, SystemClock()).office
    ill = False
    for slug, merchant in _merchants(installation).items():
        for finding in examine_merchant(office, merchant):
            ill = ill or (finding.is_trouble and finding.kind not in NOT_ASKED_FOR)
            show(console, slug, finding, language)
    office.google.wires.close()
    database.close()
    return ILL if ill else HEALTHY


def show(console: Console, slug: str, finding: Finding, language: str) -> None:
    trouble, remedy = wording(finding, language)
    if finding.is_trouble and finding.kind not in NOT_ASKED_FOR:
        console.print(f"[red]✗[/red] {slug}: {trouble}", soft_wrap=True)
        console.print(f"  → {remedy}", soft_wrap=True)
    else:
        console.print(f"[green]✓[/green] {slug}: {trouble}", soft_wrap=True)


def _merchants(installation: Installation) -> dict[str, MerchantId]:
    """Only the edge's role sees the whole register."""
    database = Database(read_settings(EdgeSettings, Room.EDGE, installation.home).database_url)
    try:
        return registered(database)
    finally:
        database.close()
