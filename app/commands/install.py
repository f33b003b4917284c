"""`mostrador init` and `mostrador migrate`."""

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

from app.installation import Installation, create_secrets, migrate_installation, prepare_database
from kernel.settings import HomeSettings
from knowledge.embedding.model_folder import unpack


def initialise(console: Console) -> Installation:
    """Secrets, database and model, each made only where it is missing."""
    installation = Installation(HomeSettings())
    fresh = create_secrets(installation)
    console.print(f"[green]✓[/green] secrets {'made' if fresh else 'kept'}")
    migrate_database(console, installation)
    unpack_model(console, installation)
    return installation


def migrate_database(console: Console, installation: Installation | None = None) -> None:
    chosen = installation or Installation(HomeSettings())
    prepare_database(chosen)
    migrate_installation(chosen)
    console.print("[green]✓[/green] database ready")


def unpack_model(console: Console, installation: Installation) -> None:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("model")

        def show(step: str, done: int, total: int) -> None:
            progress.update(task, description=f"model: {step}", completed=done, total=total)

        unpack(installation.model_folder, progress=show)
    console.print("[green]✓[/green] embedding model ready")
