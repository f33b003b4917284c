"""Dates and times in customers' words: our reader beside Duckling and dateparser, in one run.

    python -m benchmarks.dates [--dev] [--misses LANGUAGE]

On the examples of `training/dates`: those that no rule was written for, and all; with `--dev` only those that were
looked at, and with `--misses` what ours reads wrongly of these.
Columns, in per cent of the messages:

exact      every time of the message with grain, start, end and excluded days, and none besides; also the messages
           that mention no time. Our labels hold our conventions, so this column cannot be fair to the others.
fair       the same for all, but "about four" may be four, noon the moment or the part of the day, the last day before
           a date one off, and a range, a part of a day, a weekend or a month has to overlap by half. The others' output
           is translated first; `date_peers.py` says what is done for them.
plain      fair, on the messages with one time and no exclusion: what any library of dates sets out to read.
start      the day, and the hour where one was meant, of the first time only; on messages that have one.

Times are a message's, in milliseconds of processor time, so that what else the machine does is not counted: for
Duckling within its own process, without the way there and back.
"""

import argparse
import statistics
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from rich.console import Console
from rich.table import Table

from assistant.expressions.reading import read
from assistant.expressions.values import When
from benchmarks.date_peers import PATIENCE_S, Dateparser, Duckling, Timed
from training.dates.examples import LANGUAGES, Example, examples
from training.dates.scoring import exact, fair, has_start, is_plain, old, starts, wished

STACK = "lunes 3 de mayo a las 5 "


class Reader(Protocol):
    gave_up: list[str]

    def read(self, example: Example) -> Timed: ...

    def stop(self) -> None: ...


class Ours:
    gave_up: list[str] = []  # noqa: RUF012 - it always answers

    def read(self, example: Example) -> Timed:
        begin = time.thread_time()
        mentions = read(example.text, example.now, example.clock, example.language)
        return wished(mentions), time.thread_time() - begin

    def stop(self) -> None:
        """Nothing runs."""


@dataclass(frozen=True, slots=True)
class Row:
    example: Example
    found: tuple[When, ...]
    took: float


Readings = dict[tuple[str, str], list[Row]]


def rows(reader: Reader, asked: Sequence[Example]) -> list[Row]:
    reader.read(asked[0])  # what is loaded at the first call is not a message's time
    return [Row(one, *reader.read(one)) for one in asked]


def share(verdicts: Iterable[bool]) -> str:
    found = list(verdicts)
    return f"{100 * sum(found) / len(found):.1f}"


def scores(found: Sequence[Row]) -> list[str]:
    plain = [row for row in found if is_plain(row.example)]
    started = [row for row in found if has_start(row.example)]
    return [
        str(len(found)),
        share(exact(row.example.when, row.found) for row in found),
        share(fair(row.example.when, row.found) for row in found),
        share(fair(row.example.when, row.found) for row in plain),
        share(starts(row.example, row.found) for row in started),
    ]


def times(found: Sequence[Row]) -> list[str]:
    cuts = statistics.quantiles([row.took * 1_000 for row in found], n=100, method="inclusive")
    return [f"{cuts[at]:.1f}" for at in (49, 94, 98)]


def read_by_all(half: str) -> Readings:
    """What every reader makes of every message of one half, by language and reader."""
    readers: dict[str, Reader] = {"ours": Ours(), "Duckling": Duckling(), "dateparser": Dateparser()}
    found = {
        (language, name): rows(reader, examples(language, half))
        for language in LANGUAGES
        for name, reader in readers.items()
    }
    for name, reader in readers.items():
        reader.stop()
        if reader.gave_up:
            print(f"{name} had no answer after {PATIENCE_S} s: {reader.gave_up}")
    return found


def table_of(title: str, found: Readings) -> Table:
    table = Table(title=f"dates in people's words, {title}", caption="%, and ms a message")
    for column in ("", "", "messages", "exact", "fair", "plain", "start", "median", "p95", "p99"):
        table.add_column(column, justify="right" if column else "left")
    for (language, name), readings in found.items():
        table.add_row(language, name, *scores(readings), *times(readings), end_section=name == "dateparser")
    return table


def stacked() -> Table:
    """Messages that anyone can send, and that a reader without a bound does not come back from."""
    one = examples("es", "dev")[0]
    table = Table(title="stacked dates", caption="ms of processor time, the slowest of three; > = given up")
    for column in ("", "ours", "Duckling"):
        table.add_column(column, justify="right" if column else "left")
    for times_over, label in ((5, "120 characters"), (171, "4,096 characters")):
        message = replace(one, text=(STACK * times_over)[:4_096])
        ours, duckling = Ours(), Duckling()
        duckling.read(one)
        slowest = [max(reader.read(message)[1] for _ in range(3)) for reader in (ours, duckling)]
        gave_up = ">" if duckling.gave_up else ""
        table.add_row(label, f"{slowest[0] * 1_000:.1f}", f"{gave_up}{slowest[1] * 1_000:.0f}")
        duckling.stop()
    return table


def old_times(found: Readings) -> str:
    """Only ours tells the time of the booking that is to be moved."""
    ours = [row.example for (_, name), readings in found.items() for row in readings if name == "ours"]
    moved = [one for one in ours if one.from_when]
    right = [exact(one.from_when, old(read(one.text, one.now, one.clock, one.language))) for one in moved]
    return f"old time of a booking to be moved, exact: {share(right)} % of {len(moved)}"


def misses(found: Sequence[Row]) -> None:
    for row in found:
        if not exact(row.example.when, row.found):
            print(f"{row.example.text!r}\n   meant {brief(row.example.when)}\n   read  {brief(row.found)}")


def brief(whens: Sequence[When]) -> str:
    return "; ".join(
        " ".join(
            [
                one.grain,
                *(f"{edge:%a %d %b %H:%M}" for edge in (one.start, one.end) if edge),
                *map(str, one.exclude),
            ]
        )
        for one in whens
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--dev", action="store_true", help="the examples that were looked at")
    parser.add_argument(
        "--misses", choices=LANGUAGES, help="also list what ours reads wrongly in a language (dev)"
    )
    asked = parser.parse_args()
    console, dev = Console(width=110), read_by_all("dev")
    if asked.misses:
        misses(dev[asked.misses, "ours"])
    if asked.dev:
        console.print(table_of("looked at (dev)", dev), old_times(dev))
        return
    held = read_by_all("held")
    console.print(table_of("never looked at (held)", held), old_times(held))
    console.print(table_of("all", {key: dev[key] + held[key] for key in dev}))
    console.print(stacked())


if __name__ == "__main__":
    main()
