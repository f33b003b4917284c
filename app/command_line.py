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
doctor = typer.Typer(invoke_without_command=True, help="Say what is wrong, and what to do about it.")
cli.add_typer(merchant, name="merchant")
cli.add_typer(evaluate, name="evaluate")
cli.add_typer(doctor, name="doctor")

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
    """The diary: bookings, reminders, and the merchants' calendars."""
    from app.diary import run_diary  # noqa: PLC0415

    run_diary()


@cli.command()
def ask(slug: Annotated[str, typer.Argument(help="The merchant.")], question: str) -> None:
    """Ask a merchant's knowledge a question; shows sources, confidence and evidence."""
    from app.commands.ask import ask_merchant  # noqa: PLC0415

    raise typer.Exit(ask_merchant(console, slug, question))


@cli.command()
def understand(
    text: str,
    merchant: Annotated[str, typer.Option(help="The merchant that it is said to.")],
    now: Annotated[str | None, typer.Option(help="Local time of the message, ISO; else the present.")] = None,
    awaiting: Annotated[str | None, typer.Option(help="What was asked for last: offer, slot, name …")] = None,
) -> None:
    """Show what a message is taken to mean: intents, details and the evidence for them."""
    from app.commands.understand import understand_message  # noqa: PLC0415

    raise typer.Exit(understand_message(console, merchant, text, now=now, awaiting=awaiting))


@doctor.callback()
def doctor_of_everything(context: typer.Context) -> None:
    """Check this installation and say in plain words what to do about each finding."""
    if context.invoked_subcommand is None:
        from app.commands.doctor import examine  # noqa: PLC0415

        raise typer.Exit(examine(console))


@doctor.command("calendar")
def doctor_of_calendars(
    language: Annotated[str, typer.Option(help="es, pt or en.")] = "en",
) -> None:
    """Ask Google about every merchant's calendar."""
    from app.commands.doctor_calendar import examine_calendars  # noqa: PLC0415

    raise typer.Exit(examine_calendars(console, language))


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


@merchant.command("members")
def members(
    slug: str,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False)],
    yes: Annotated[bool, typer.Option("--yes", help="Make it the list; without, it is only shown.")] = False,
) -> None:
    """Show a members' list (CSV or Excel), row by row what is wrong, and make it the merchant's."""
    from app.commands.members import import_members  # noqa: PLC0415

    raise typer.Exit(import_members(console, slug, file, yes=yes))


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


@evaluate.command("dialogues")
def dialogues(
    folder: Folder,
    out: Annotated[Path | None, typer.Option(help="Write one result a line here.")] = None,
    only: Annotated[str, typer.Option(help="Play only scripts whose id holds this.")] = "",
) -> None:
    """Play every script of a folder through the webhook, both sandboxes and all three rooms."""
    from app.evaluation.dialogues import evaluate_dialogues  # noqa: PLC0415

    raise typer.Exit(evaluate_dialogues(console, folder, out, only=only))


@evaluate.command("intents")
def intents(
    folder: Folder,
    out: Annotated[Path | None, typer.Option(help="Write one prediction a line here.")] = None,
    show: Annotated[int, typer.Option(help="How many misreadings to print.")] = 0,
) -> None:
    """Understand every labelled message of a folder and print the scorer's tables."""
    from app.commands.understand import understander  # noqa: PLC0415
    from app.evaluation.intents import evaluate_intents  # noqa: PLC0415

    evaluate_intents(console, folder, understander(), out, show=show)
