"""When a customer's lines make a turn: a pure decision over what has come in so far.

Replies are billed one by one, so short lines that come in a burst are answered together. How long to wait
follows the customer: longer after a mere greeting, an open sentence or a slow cadence, shorter after a full
sentence, and never beyond the cap. With zero settings a turn is made at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from webhooks.words import Words, plain, words

FINISHED = 0.75
"""Share of the quiet that a line with a full stop waits."""
QUESTION = 0.6
UNFINISHED = 2.0
CADENCE = 1.25
"""How much longer than their own longest pause a customer is waited for."""
_OPEN_MARKS = (",", ":", ";", "...", "…", "-")


@dataclass(frozen=True, slots=True)
class BurstSettings:
    quiet: timedelta = timedelta(seconds=1.2)
    cap: timedelta = timedelta(seconds=6)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A line as it came in: when, and its words where it had any. A tap on a button is complete as it is."""

    at: datetime
    text: str = ""
    tapped: bool = False


def due_at(arrivals: Sequence[Arrival], settings: BurstSettings) -> datetime:
    """The moment from which these lines (in order of arrival, at least one) may be taken as one turn."""
    first, last = arrivals[0], arrivals[-1]
    if last.tapped:
        return last.at
    quiet = max(settings.quiet * _patience(last.text), _cadence(arrivals, settings))
    return min(last.at + quiet, first.at + settings.cap)


def _patience(text: str) -> float:
    said, table = plain(text), words()
    if not said or _is_open(text, said, table):
        return UNFINISHED
    mark = text.rstrip()[-1:]
    if mark == "?":
        return QUESTION
    return FINISHED if mark in {".", "!"} else 1.0


def _is_open(text: str, said: str, table: Words) -> bool:
    """Whether more is likely to follow: a greeting alone, or a sentence that hangs in the air."""
    if said in table.openers or text.rstrip().endswith(_OPEN_MARKS):
        return True
    return "?" not in text and said.rsplit(maxsplit=1)[-1] in table.unfinished


def _cadence(arrivals: Sequence[Arrival], settings: BurstSettings) -> timedelta:
    pauses = [later.at - earlier.at for earlier, later in pairwise(arrivals)]
    longest = max(pauses, default=timedelta())
    return min(longest * CADENCE, settings.quiet * UNFINISHED)
