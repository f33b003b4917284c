"""`mostrador ask`: one question, its answer, and everything that the answer rests on."""

from rich.console import Console
from rich.markup import escape

from app.commands.open import installed, open_edge_database, open_mind
from app.merchants import registered
from app.mind import build_mind
from assistant.turns import Answer, Turn
from kernel.clock import SystemClock
from knowledge.library import embed_missing, empty_shelf

OK, FAILED = 0, 1


def ask_merchant(console: Console, slug: str, question: str) -> int:
    """Answer as the mind would right now; nothing is filed as a gap. Vectors that are missing are made first."""
    with open_edge_database() as database:
        merchant = registered(database).get(slug)
    if merchant is None:
        console.print(f"[red]✗[/red] there is no merchant {slug!r}: see `mostrador merchant list`")
        return FAILED
    with open_mind() as (settings, database):
        clock = SystemClock()
        mind = build_mind(settings, installed().home, database, clock)
        if mind.library.encoder is not None:
            with database.transaction(merchant) as session:
                embed_missing(session, merchant, mind.library.encoder, sketcher=mind.library.sketcher)
        with database.transaction(merchant) as session:
            shelf = mind.library.shelf(session, merchant) or empty_shelf()
            turn = Turn(text=question, asked_at=clock.now())
            answer = mind.counter.answer(turn, shelf)
    _show(console, answer)
    return OK


def _show(console: Console, answer: Answer) -> None:
    console.print(escape(answer.text), soft_wrap=True, style="bold")
    console.print(f"{answer.kind.value}, {answer.language.value}, confidence {answer.confidence:.2f}")
    for source in answer.sources:
        console.print(f"  [green]●[/green] {escape(source.citation)}  {escape(source.title)}", soft_wrap=True)
    for part in answer.parts:
        console.print(f"  ¿ {escape(part.question)}", style="dim", soft_wrap=True)
        for line in part.why:
            console.print(f"      {escape(line)}", style="dim", soft_wrap=True)
