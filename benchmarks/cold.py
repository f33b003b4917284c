"""A merchant's first question after the process has not seen the merchant: with sketches stored, and without.

    python -m benchmarks.cold [--entries 100]

The real model of this installation (`mostrador init` first) on an embedded PostgreSQL. The process itself is warm:
it has answered another merchant before.
"""

import argparse
import statistics
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.table import Table

from app.commands.open import installed
from assistant.counter import Counter
from assistant.evidence import evidence_head
from assistant.told import HeadScores
from assistant.turns import Turn
from assistant.understanding.last_texts import LastTexts
from benchmarks.search import PROFILE, database
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.settings import Room
from knowledge.embedding.encoder import TextKind, TokenVectors
from knowledge.embedding.loading import load_encoder
from knowledge.entries import Entry, EntryKey, Faq, Item, KnowledgeBase
from knowledge.interchange import load_merchant
from knowledge.library import Library, Shelf, embed_missing, empty_shelf
from knowledge.store import import_knowledge

ROUNDS = 9
SHOPS = Path("training/shops")


class Counted(LastTexts):
    """Counts the passages that it is given."""

    passages = 0

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        self.passages += len(texts) if kind == "document" else 0
        return super().encode_tokens(texts, kind)


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds, and passages encoded for the first question."""

    shelf: float
    processor: float
    """Of making the shelf, in this process: what it takes when nothing else runs, but for the server's part."""
    first: float
    second: float
    passages: int


def measure(mind: Database, merchant: MerchantId, encoder: Counted, *, sketched: bool) -> Taken:
    """One cold start, with an empty library and a head that has seen nothing."""
    head = evidence_head()
    library = Library([encoder], sketcher=head if sketched else None)
    counter = Counter(encoder, head=HeadScores(head, encoder))
    counter.answer(_turn("¿a qué hora abren?"), _other(encoder))
    encoder.passages = 0
    started, processor = time.perf_counter(), time.process_time()
    with mind.transaction(merchant) as session:
        shelf = library.shelf(session, merchant)
    assert shelf is not None
    assert shelf.index.missing_vectors == 0
    ready, processor = time.perf_counter(), time.process_time() - processor
    questions = [one.question for one in shelf.knowledge_base.entries if isinstance(one, Faq)]
    counter.answer(_turn(questions[0]), shelf)
    first, passages = time.perf_counter(), encoder.passages
    counter.answer(_turn(questions[0]), shelf)
    second = time.perf_counter()
    return Taken(
        shelf=1000 * (ready - started),
        processor=1000 * processor,
        first=1000 * (first - ready),
        second=1000 * (second - first),
        passages=passages,
    )


def _turn(text: str) -> Turn:
    return Turn(text=text, asked_at=SystemClock().now())


def _other(encoder: Counted) -> Shelf:
    """A merchant of nothing, so that what is loaded once for a process is."""
    return replace(empty_shelf(), encoder=encoder)


def shop(size: int) -> KnowledgeBase:
    """Rows and FAQs of the training shops, each question once."""
    return KnowledgeBase(profile=PROFILE, entries=tuple(islice(_entries(), size)))


def _entries() -> Iterator[Entry]:
    seen: set[str] = set()
    for folder in sorted(SHOPS.iterdir()):
        base = load_merchant(folder / "merchant.yaml").knowledge_base if folder.is_dir() else None
        for entry in base.entries if base else ():
            name = entry.question if isinstance(entry, Faq) else entry.name if isinstance(entry, Item) else ""
            if isinstance(entry, Faq | Item) and name not in seen:
                seen.add(name)
                staffless = replace(entry, staff=()) if isinstance(entry, Item) else entry
                yield replace(staffless, key=EntryKey(f"e{len(seen)}"))


def stocked(rooms: dict[Room, Database], base: KnowledgeBase, encoder: Counted) -> MerchantId:
    """A merchant with vectors and sketches of everything."""
    merchant = MerchantId(uuid4())
    with rooms[Room.EDGE].transaction(merchant) as session:
        import_knowledge(session, SystemClock(), merchant, base, actor="bench")
    started = time.perf_counter()
    with rooms[Room.MIND].transaction(merchant) as session:
        embed_missing(session, merchant, encoder, sketcher=evidence_head())
    print(f"vectors and sketches made and stored in {time.perf_counter() - started:.1f} s")
    return merchant


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--entries", type=int, default=100)
    entries = parser.parse_args().entries
    encoder = Counted(load_encoder(installed().model_folder, 0))
    table = Table(title=f"A cold merchant of {entries} entries, median (best) of {ROUNDS} in milliseconds")
    for heading in (
        "",
        "shelf from PostgreSQL",
        "of it processor",
        "first question",
        "passages encoded",
        "the same again",
    ):
        table.add_column(heading, justify="right")
    with database() as rooms:
        merchant = stocked(rooms, shop(entries), encoder)
        for name, sketched in (("prepared on demand", False), ("sketches stored", True)):
            taken = [measure(rooms[Room.MIND], merchant, encoder, sketched=sketched) for _ in range(ROUNDS)]
            table.add_row(name, *_columns(taken))
    Console(width=130).print(table)


def _columns(taken: Sequence[Taken]) -> list[str]:
    def of(values: Sequence[float]) -> str:
        return f"{statistics.median(values):.0f} ({min(values):.0f})"

    return [
        of([one.shelf for one in taken]),
        of([one.processor for one in taken]),
        of([one.first for one in taken]),
        str(taken[0].passages),
        of([one.second for one in taken]),
    ]


if __name__ == "__main__":
    main()
