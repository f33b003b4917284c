"""`mostrador merchant …`: the register, and what a merchant knows as a YAML file."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from app.commands.open import open_edge_database
from app.merchants import load_knowledge, registered
from kernel.clock import SystemClock
from kernel.database import Database
from knowledge.interchange import load_merchant
from knowledge.interchange_export import export_merchant as write_merchant
from knowledge.messages import Problem, describe
from knowledge.store import Conflict, history, load

OK, FAILED = 0, 1


def import_merchant(console: Console, file: Path) -> int:
    """Load, publish, and show every row that could not be used with its reason."""
    loaded = load_merchant(file)
    _show(console, loaded.problems)
    if loaded.knowledge_base is None:
        console.print(f"[red]✗[/red] {file} holds no merchant that could be loaded")
        return FAILED
    with open_edge_database() as database:
        _, outcome = load_knowledge(database, SystemClock(), loaded.knowledge_base)
    if isinstance(outcome, Conflict):
        console.print(f"[red]✗[/red] not published: {outcome}")
        return FAILED
    count = len(loaded.knowledge_base.entries)
    console.print(f"[green]✓[/green] {loaded.knowledge_base.profile.name}: {count} entries published")
    return OK


def _show(console: Console, problems: Sequence[Problem]) -> None:
    for problem in problems:
        console.print(f"[yellow]![/yellow] {describe(problem, 'en')}", soft_wrap=True)


def export_merchant(console: Console, slug: str, folder: Path) -> int:
    """Write `merchant.yaml` of the published version into the folder."""
    with open_edge_database() as database:
        merchant = registered(database).get(slug)
        if merchant is None:
            return _unknown(console, slug, database)
        with database.transaction(merchant) as session:
            base = load(session, merchant)
    if base is None:
        console.print(f"[yellow]![/yellow] {slug} has published nothing yet")
        return FAILED
    folder.mkdir(parents=True, exist_ok=True)
    write_merchant(base, folder / "merchant.yaml")
    console.print(f"[green]✓[/green] {folder / 'merchant.yaml'}")
    return OK


def _unknown(console: Console, slug: str, database: Database) -> int:
    names = ", ".join(registered(database)) or "none yet"
    console.print(f"[red]✗[/red] there is no merchant {slug!r} (there are: {names})")
    return FAILED


def list_merchants(console: Console) -> None:
    table = Table("merchant", "name", "version", "published")
    with open_edge_database() as database:
        for slug, merchant in registered(database).items():
            with database.transaction(merchant) as session:
                base, last = load(session, merchant), next(iter(history(session, merchant, 1)), None)
            name = base.profile.name if base else "—"
            table.add_row(
                slug, name, str(base.version if base else 0), f"{last.at:%Y-%m-%d %H:%M}" if last else "—"
            )
    console.print(table)
