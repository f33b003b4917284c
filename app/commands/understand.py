"""`mostrador understand`: one message, what it is taken to mean, and what that rests on."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.console import Console
from rich.markup import escape

from app.commands.open import installed, open_edge_database, open_mind
from app.installation import Installation
from app.merchants import registered
from assistant.intents_codec import to_json
from assistant.understanding.reader import Understander
from assistant.understanding.shops import shop_from
from assistant.understanding.values import Message, Understanding, awaited
from kernel.clock import SystemClock
from kernel.settings import HomeSettings, MindSettings, Room, read_settings
from knowledge.embedding.loading import load_encoder
from knowledge.library import Library, empty_shelf

OK, FAILED = 0, 1


def understand_message(
    console: Console, slug: str, text: str, *, now: str | None, awaiting: str | None
) -> int:
    """Read the message as the mind would; nothing is stored, sent or booked."""
    with open_edge_database() as database:
        merchant = registered(database).get(slug)
    if merchant is None:
        console.print(f"[red]✗[/red] there is no merchant {slug!r}: see `mostrador merchant list`")
        return FAILED
    if awaiting is not None and awaited(awaiting) is None:
        console.print(f"[red]✗[/red] nothing is ever awaited that is called {awaiting!r}")
        return FAILED
    # Names and hours need no vectors, so no model is given.
    with open_mind() as (_, database), database.transaction(merchant) as session:
        shelf = Library([]).shelf(session, merchant) or empty_shelf()
    base = shelf.knowledge_base
    at = _at(now, ZoneInfo(base.profile.timezone))
    message = Message(text=text, now=at, awaiting=awaited(awaiting))
    show_understanding(console, understander().understand(message, shop_from(base)), at)
    return OK


def understander() -> Understander:
    """The reader with this installation's model."""
    home = installed().home
    settings = read_settings(MindSettings, Room.MIND, home)
    model = settings.embedding_model or Installation(HomeSettings()).model_folder
    return Understander(load_encoder(model, settings.embedding_threads))


def _at(now: str | None, zone: ZoneInfo) -> datetime:
    """The time of the message: as given (local to the merchant unless it has an offset), or the present."""
    if now is None:
        return SystemClock().now().astimezone(zone)
    given = datetime.fromisoformat(now)
    return given if given.tzinfo else given.replace(tzinfo=zone)


def show_understanding(console: Console, understood: Understanding, at: datetime) -> None:
    for row in to_json(understood.intents):
        slots = {key: value for key, value in row.items() if key != "kind"}
        console.print(
            f"[bold]{row['kind']}[/bold]", escape(json.dumps(slots, ensure_ascii=False)), soft_wrap=True
        )
    console.print(f"{understood.language.value}, at {at:%A %Y-%m-%d %H:%M %Z}")
    if understood.doubtful:
        console.print("a time can be read in two ways: the customer would be asked")
    for line in understood.evidence:
        console.print(f"  {escape(line)}", style="dim", soft_wrap=True)
