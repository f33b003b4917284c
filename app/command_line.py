"""The `mostrador` command: one small function for each thing an operator does."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from kernel.errors import MostradorError
from knowledge.errors import KnowledgeError

cli = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="The shop counter on WhatsApp.",
)
merchant = typer.Typer(no_args_is_help=True, help="Merchants and what they know.")
evaluate = typer.Typer(no_args_is_help=True, help="Measure the product on labelled cases.")
cli.add_typer(merchant, name="merchant")
cli.add_typer(evaluate, name="evaluate")

console = Console(highlight=False)
Folder = Annotated[Path, typer.Argument(exists=True, file_okay=False, help="A folder.")]


def main() -> None:
    """Entry point: an error of ours is one clear line, never a traceback."""
    try:
        cli()
    except (MostradorError, KnowledgeError) as reason:
        console.print(f"[red]✗[/red] {reason}", soft_wrap=True)
        raise SystemExit(1) from None


@cli.command()
def init() -> None:
    """Make this installation's secrets, database and model. Safe to run again."""
    from app.commands.install import initialise  # noqa: PLC0415 - each command loads only what it needs

    initialise(console)


@cli.command()
def migrate() -> None:
    """Bring the database to the shape that this build needs."""
    from app.commands.install import migrate_database  # noqa: PLC0415

    migrate_database(console)


@cli.command()
def serve() -> None:
    """Start the embedded database (unless DATABASE_URL is given) and all three rooms."""
    from app.commands.run import serve_house  # noqa: PLC0415

    serve_house(console)


@cli.command()
def demo(
    port: Annotated[int, typer.Option(help="Port of the phone page.")] = 8080,
    browser: Annotated[bool, typer.Option(help="Open the phone in a browser.")] = True,
) -> None:
    """Everything embedded, three sample merchants, and a phone in the browser."""
    from app.commands.demonstrate import run_demo  # noqa: PLC0415

    run_demo(console, port=port, browser=browser)


@cli.command()
def web() -> None:
    """The edge: webhooks, transcript, sends."""
    from app.edge import run_edge  # noqa: PLC0415

    run_edge()


@cli.command()
def assistant() -> None:
    """The mind: reads turns and answers them."""
    from app.mind import run_mind  # noqa: PLC0415

    run_mind()


@cli.command()
def calendar() -> None:
    """The diary: bookings. It has no work of its own yet."""
    from app.diary import run_diary  # noqa: PLC0415

    run_diary()


@cli.command()
def ask(slug: Annotated[str, typer.Argument(help="The merchant.")], question: str) -> None:
    """Ask a merchant's knowledge a question; shows sources, confidence and evidence."""
    from app.commands.ask import ask_merchant  # noqa: PLC0415

    raise typer.Exit(ask_merchant(console, slug, question))


@cli.command()
def doctor() -> None:
    """Check this installation and say in plain words what to do about each finding."""
    from app.commands.doctor import examine  # noqa: PLC0415

    raise typer.Exit(examine(console))


@merchant.command("import")
def import_(file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)]) -> None:
    """Load or replace a merchant from its YAML file, and publish it."""
    from app.commands.merchants import import_merchant  # noqa: PLC0415

    raise typer.Exit(import_merchant(console, file))


@merchant.command("export")
def export(slug: str, folder: Annotated[Path, typer.Argument(file_okay=False)]) -> None:
    """Write a merchant's published knowledge as YAML into a folder."""
    from app.commands.merchants import export_merchant  # noqa: PLC0415

    raise typer.Exit(export_merchant(console, slug, folder))


@merchant.command("list")
def list_() -> None:
    """The merchants of this installation."""
    from app.commands.merchants import list_merchants  # noqa: PLC0415

    list_merchants(console)


@evaluate.command("answers")
def answers(
    folder: Folder,
    out: Annotated[Path | None, typer.Option(help="Write one prediction a line here.")] = None,
    show: Annotated[int, typer.Option(help="How many misses to print.")] = 0,
) -> None:
    """Send every question of a folder through the real entrance and print the scorer's table."""
    from app.evaluation.answers import evaluate_answers  # noqa: PLC0415

    evaluate_answers(console, folder, out, show=show)
