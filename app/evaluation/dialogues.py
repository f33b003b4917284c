"""`mostrador evaluate dialogues`: every script of a folder through the signed webhook, both sandboxes and all three rooms."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from pydantic import SecretStr
from rich.console import Console
from rich.markup import escape

from app.commands.open import installed
from app.evaluation.database import PassingDatabase, passing_database
from app.evaluation.playing import Played, play
from app.evaluation.scripts import Script, read_scripts
from app.evaluation.theatre import Theatre, build_theatre, seeds_of
from app.mind import build_mind
from assistant.room import Mind
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.logs import configure_logs
from kernel.sealing import new_keyset
from kernel.settings import MindSettings, Room
from knowledge.interchange import load_merchant
from knowledge.library import embed_missing

PASSED, FAILED = 0, 1
MakeMind = Callable[[MindSettings, Database, SetClock], Mind]


def evaluate_dialogues(console: Console, folder: Path, out: Path | None, *, only: str = "") -> int:
    """Play all scripts, print which expectations failed; the exit code is 1 when any did."""
    configure_logs("evaluation", "ERROR")
    scripts = [one for one in scripts_of(folder) if only in one.id]
    with passing_database(installed()) as passing:
        results = list(perform(passing, folder, scripts, console))
    if out:
        out.write_text("".join(json.dumps(_row(one), ensure_ascii=False) + "\n" for one in results), "utf-8")
    good = sum(not one.failed for one in results)
    console.print(f"[bold]{good} of {len(results)} dialogues pass[/bold]")
    return PASSED if good == len(results) else FAILED


def scripts_of(folder: Path) -> list[Script]:
    """The folder's `dialogues.jsonl`, read with each merchant's own time zone."""
    zones = {}
    for file in folder.glob("*/merchant.yaml"):
        base = load_merchant(file, seeds_of(file.parent)).knowledge_base
        if base is not None:
            zones[file.parent.name] = base.profile.timezone
    return read_scripts(folder / "dialogues.jsonl", zones)


def perform(
    passing: PassingDatabase, folder: Path, scripts: Sequence[Script], console: Console
) -> Iterator[Played]:
    """Play the scripts one after the other, each in a house of its own."""
    with theatre(passing, folder, scripts, real_mind) as stage:
        for script in scripts:
            played = perform_one(stage, script)
            show(console, played)
            yield played


@contextmanager
def theatre(
    passing: PassingDatabase, folder: Path, scripts: Sequence[Script], make_mind: MakeMind
) -> Iterator[Theatre]:
    clock = SetClock(scripts[0].now)
    tray = SecretStr(new_keyset())
    inner = Database(passing.url(Room.MIND))
    mind = make_mind(MindSettings(database_url=inner.url, tray_keyset=tray), inner, clock)
    names = sorted({script.merchant for script in scripts})
    stage = build_theatre(passing, [folder / name for name in names], mind, clock, tray)
    embed(mind, [one.merchant for one in stage.plays.values()])
    yield stage
    inner.close()


def real_mind(settings: MindSettings, database: Database, clock: SetClock) -> Mind:
    return build_mind(settings, installed().home, database, clock)


def embed(mind: Mind, merchants: Sequence[MerchantId]) -> None:
    """What the mind's own job would do after an import."""
    encoder = mind.library.encoder
    if encoder is None:
        return
    for merchant in merchants:
        with mind.database.transaction(merchant) as session:
            embed_missing(session, merchant, encoder, sketcher=mind.library.sketcher)


def perform_one(stage: Theatre, script: Script) -> Played:
    with stage.scene(script) as scene:
        return asyncio.run(play(scene, script))


def show(console: Console, played: Played) -> None:
    mark = "[red]✗[/red]" if played.failed else "[green]✓[/green]"
    console.print(f"{mark} {played.script.id} ({played.script.merchant})")
    if not played.failed:
        return
    for line in played.lines:
        console.print(f"    {line.who:14} {escape(line.text)}", style="dim", soft_wrap=True)
    for one in played.failed:
        console.print(f"    [red]{one.turn}[/red]: {escape(one.what)}", soft_wrap=True)


def _row(played: Played) -> dict[str, object]:
    return {
        "id": played.script.id,
        "passed": not played.failed,
        "failed": [asdict(one) for one in played.failed],
        "lines": [asdict(one) for one in played.lines],
    }
