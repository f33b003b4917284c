"""`mostrador serve`: the database, the migrations, and the three rooms."""

from rich.console import Console

from app.commands.install import initialise
from app.serve import House, rooms
from kernel.logs import configure_logs


def serve_house(console: Console) -> None:
    """Prepare what is missing, then keep the rooms running until interrupted."""
    configure_logs("serve")
    installation = initialise(console)
    house = House(rooms(installation))
    house.open()
    console.print("[green]✓[/green] edge, mind and diary are running; Ctrl-C stops them")
    house.keep()
