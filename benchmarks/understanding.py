"""What it costs to understand a message, encode and all, beside the encode alone.

    python -m benchmarks.understanding [--messages 400] [--threads 2] [--processor]

Our labelled messages, each once (what is remembered of a message cannot speed it up), each to the shop that it was
written to, with the shop's hours, services and people. The encode alone is the same text given to the same encoder
right before or, every other time, right after. One process, nothing else asking. With `--processor` the time is that
of the processor, in one thread, so that what else a busy machine does is not counted. The last rows are the longest texts
that WhatsApp lets through: dates stacked as nobody means them, and prose.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.console import Console
from rich.table import Table

from assistant.understanding.reader import Understander
from assistant.wording import tidy
from knowledge.embedding.encoder import Encoder, TextKind, TokenVectors
from knowledge.embedding.loading import load_encoder
from training.intents.data import Example, examples, shop

LONGEST = 4_096
WARM_UP = 60
TARGETS = {"median": 25, "p99": 80, "longest": 100}
Clock = Callable[[], float]
STACKS = {
    "stacked dates": "lunes 3 de mayo a las 5 ",
    "stacked alternatives": "el martes o el jueves a las 3 o a las 4 y media, no, mejor ",
    "prose": "hola buenas, quería preguntarles si el fin de semana me atienden a mi hermana y a mi mamá, somos tres. ",
    "one word": "jajaja",
}


@dataclass
class TimedEncoder:
    """The encoder, and the milliseconds of its calls since `took` was set to nothing."""

    inner: Encoder
    clock: Clock
    took: float = 0.0

    def timed(self, work: Callable[[], object]) -> float:
        begin = self.clock()
        work()
        return 1_000 * (self.clock() - begin)

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> Sequence[TokenVectors]:
        found: list[TokenVectors] = []
        self.took += self.timed(lambda: found.extend(self.inner.encode_tokens(texts, kind)))
        return found


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one message: the encode by itself, understanding it, and the encode inside that."""

    alone: float
    whole: float
    inside: float

    @property
    def rest(self) -> float:
        return self.whole - self.inside


def cost(example: Example, reader: Understander, encoder: TimedEncoder, *, alone_first: bool) -> Cost:
    def encode() -> float:
        return encoder.timed(lambda: encoder.inner.encode_tokens([tidy(example.text)], "query"))

    alone = encode() if alone_first else 0.0
    encoder.took = 0.0
    whole = encoder.timed(lambda: reader.understand(example.message, shop(example.shop)))
    inside = encoder.took
    return Cost(alone if alone_first else encode(), whole, inside)


def measured(asked: Sequence[Example], reader: Understander, encoder: TimedEncoder) -> list[Cost]:
    found = [cost(one, reader, encoder, alone_first=place % 2 == 0) for place, one in enumerate(asked)]
    return found[WARM_UP:]


def spread(messages: int) -> list[Example]:
    """So many messages of all shops, languages and intents, the same at every run."""
    found = [one for one in examples() if tidy(one.text)]
    return random.Random(3).sample(found, min(len(found), messages + WARM_UP))  # noqa: S311 - no secret


def longest(reader: Understander, like: Example, encoder: TimedEncoder) -> list[tuple[str, float]]:
    """The slowest of three readings of each; the text differs a little, so that none is remembered."""
    return [
        (name, max(slowness(reader, like, encoder, f"{number} {stack * LONGEST}") for number in (7, 8, 9)))
        for name, stack in STACKS.items()
    ]


def slowness(reader: Understander, like: Example, encoder: TimedEncoder, text: str) -> float:
    message = replace(like, text=text[:LONGEST]).message
    return encoder.timed(lambda: reader.understand(message, shop(like.shop)))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", type=int, default=400)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--processor", action="store_true", help="processor time, in one thread")
    chosen = parser.parse_args()
    threads = 1 if chosen.processor else chosen.threads
    clock = time.thread_time if chosen.processor else time.perf_counter
    encoder = TimedEncoder(load_encoder(threads=threads), clock)
    asked = spread(chosen.messages)
    costs = measured(asked, Understander(encoder), encoder)
    console, kind = Console(width=110), "ms of processor time" if chosen.processor else "ms"
    console.print(table_of(costs, f"{len(costs)} messages, {threads} threads, {kind}"))
    encoded, bare = (longest(reader, asked[0], encoder) for reader in (Understander(encoder), Understander()))
    console.print(table_of_longest(encoded, bare))


def table_of(costs: Sequence[Cost], title: str) -> Table:
    rows = {
        "the encode alone": [one.alone for one in costs],
        "understanding, the encode in it": [one.whole for one in costs],
        "  of that, all but the encode": [one.rest for one in costs],
    }
    bare = statistics.median(rows["the encode alone"])
    goals = f"aims: median {TARGETS['median']}, p99 {TARGETS['p99']} with the encode in it"
    table = Table(title=title, caption=goals)
    for column in ("", "median", "p95", "p99", "most", "median to the encode's"):
        table.add_column(column, justify="right" if column else "left")
    for name, taken in rows.items():
        cuts = statistics.quantiles(taken, n=100, method="inclusive")
        middle = statistics.median(taken)
        figures = (middle, cuts[94], cuts[98], max(taken))
        table.add_row(name, *(f"{figure:.1f}" for figure in figures), f"{middle / bare:.2f}")
    return table


def table_of_longest(whole: Sequence[tuple[str, float]], unencoded: Sequence[tuple[str, float]]) -> Table:
    table = Table(title=f"{LONGEST:,} characters, slowest of three, ms", caption=f"aim: {TARGETS['longest']}")
    for column in ("", "understanding", "by signs alone, no encode"):
        table.add_column(column, justify="right" if column else "left")
    for (name, taken), (_, bare) in zip(whole, unencoded, strict=True):
        table.add_row(name, f"{taken:.0f}", f"{bare:.0f}")
    return table


if __name__ == "__main__":
    main()
