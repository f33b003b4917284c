"""`mostrador merchant members`: a members' list from a spreadsheet, shown before it replaces the one there is."""

from pathlib import Path

from rich.console import Console
from rich.markup import escape

from app.commands.open import installed, open_edge_database
from app.diary import build_desk
from app.merchants import ACTOR, registered
from calendar_sync.members.importing import Preview, Refused, describe, read_members
from calendar_sync.shop.store import read_shop
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.settings import DiarySettings, Room, read_settings

OK, FAILED = 0, 1
_SHOWN = 5


def import_members(console: Console, slug: str, file: Path, *, yes: bool) -> int:
    """Show what the file holds; with `yes`, make it the merchant's list."""
    with open_edge_database() as edge:
        merchant = registered(edge).get(slug)
        if merchant is None:
            console.print(f"[red]✗[/red] there is no merchant {slug!r}")
            return FAILED
        with edge.transaction(merchant) as session:
            shop = read_shop(session, merchant)
        region, language = (shop.country, shop.languages[0]) if shop and shop.languages else ("", "es")
        found = read_members(file.read_bytes(), region)
        if isinstance(found, Refused):
            console.print(f"[red]✗[/red] {describe(found, language)}", soft_wrap=True)
            return FAILED
        _show(console, found, language)
        if not yes:
            console.print("nothing was changed; give --yes to make this the list")
            return OK
        settings = read_settings(DiarySettings, Room.DIARY, installed().home)
        diary = Database(settings.database_url)
        with diary.transaction(merchant) as session:
            roll = build_desk(settings, diary, SystemClock()).roll
            before = roll.replace(session, merchant, found.members, actor=ACTOR)
        diary.close()
    console.print(f"[green]✓[/green] {len(found.members)} members in the place of {before}")
    return OK


def _show(console: Console, preview: Preview, language: str) -> None:
    for broken in preview.broken:
        console.print(f"[yellow]![/yellow] {escape(describe(broken, language))}", soft_wrap=True)
    for member in preview.members[:_SHOWN]:
        until = f" → {member.valid_until}" if member.valid_until else ""
        console.print(f"  {member.row}: {escape(member.name or '—')}{until}", soft_wrap=True)
    console.print(f"{len(preview.members)} good rows, {len(preview.broken)} broken")
