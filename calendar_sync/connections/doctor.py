"""What is wrong with a connection, as values: pure, from facts that were gathered. Each finding has its remedy in texts.

Loads no Google library: the console shows findings that the diary has stored.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_WEEK = timedelta(days=7)
_ABOUT = timedelta(hours=12)
_SKEW = 60
_QUIET = timedelta(minutes=10)


class FindingKind(StrEnum):
    NOT_SET_UP = "not_set_up"
    CLIENT_REFUSED = "client_refused"
    API_OFF = "api_off"
    NOT_LINKED = "not_linked"
    REVOKED = "revoked"
    TESTING = "testing"
    TIME_LIMITED = "time_limited"
    MISSING_WRITE = "missing_write"
    MISSING_FREE_BUSY = "missing_free_busy"
    MISSING_PICK = "missing_pick"
    NO_CALENDAR = "no_calendar"
    UNWRITABLE = "unwritable"
    UNREADABLE = "unreadable"
    CLOCK = "clock"
    PUSH_OFF = "push_off"
    PUSH_SILENT = "push_silent"
    UNREACHABLE = "unreachable"
    HEALTHY = "healthy"


HARMLESS = frozenset({FindingKind.HEALTHY, FindingKind.MISSING_PICK, FindingKind.PUSH_OFF})
"""Findings with which bookings work all the same."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong (or that nothing is), and what its sentence names."""

    kind: FindingKind
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_trouble(self) -> bool:
        return self.kind not in HARMLESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known of a connection and what Google said just now."""

    now: datetime
    is_set_up: bool = True
    is_linked: bool = True
    lost: bool = False
    trouble: str = ""
    """What stood in the way of asking Google: setup, client, unreachable."""
    linked_at: datetime | None = None
    lost_at: datetime | None = None
    refresh_ends_at: datetime | None = None
    missing: tuple[str, ...] = ()
    """Abilities that bookings need and were not granted."""
    can_pick: bool = True
    writing: str = ""
    """Name of the calendar that bookings are written to; empty = none was chosen."""
    writable: bool = True
    unreadable: tuple[str, ...] = ()
    """Names of calendars that block and cannot be read."""
    skew_seconds: int = 0
    push: bool = True
    channel_since: datetime | None = None
    """When the channel in use was made; None = there is none."""
    heard_at: datetime | None = None
    missed: int = 0


def examine(facts: Facts) -> tuple[Finding, ...]:
    """Everything that is wrong, the worst first; one finding of health where nothing is."""
    for rule in _STOPPING:
        found = tuple(rule(facts))
        if found:
            return found
    found = tuple(finding for rule in _OTHERS for finding in rule(facts))
    return found if any(each.is_trouble for each in found) else (*found, Finding(FindingKind.HEALTHY))


Rule = Callable[[Facts], Iterator[Finding]]


def _not_set_up(facts: Facts) -> Iterator[Finding]:
    if not facts.is_set_up:
        yield Finding(FindingKind.NOT_SET_UP)


def _not_linked(facts: Facts) -> Iterator[Finding]:
    if not facts.is_linked:
        yield Finding(FindingKind.NOT_LINKED)


def _revoked(facts: Facts) -> Iterator[Finding]:
    if not facts.lost:
        return
    yield Finding(FindingKind.REVOKED)
    if facts.linked_at and facts.lost_at and abs(facts.lost_at - facts.linked_at - _WEEK) < _ABOUT:
        yield Finding(FindingKind.TESTING)


def _in_the_way(facts: Facts) -> Iterator[Finding]:
    kinds = {
        "setup": FindingKind.API_OFF,
        "client": FindingKind.CLIENT_REFUSED,
        "unreachable": FindingKind.UNREACHABLE,
    }
    if facts.trouble in kinds:
        yield Finding(kinds[facts.trouble])


def _ends(facts: Facts) -> Iterator[Finding]:
    """A permission that ends by itself: after seven days it is a project in Testing, else the owner's own limit."""
    if facts.refresh_ends_at is None or facts.linked_at is None:
        return
    is_testing = abs(facts.refresh_ends_at - facts.linked_at - _WEEK) < _ABOUT
    kind = FindingKind.TESTING if is_testing else FindingKind.TIME_LIMITED
    yield Finding(kind, {"ends": facts.refresh_ends_at.date().isoformat()})


def _missing(facts: Facts) -> Iterator[Finding]:
    kinds = {"write": FindingKind.MISSING_WRITE, "free_busy": FindingKind.MISSING_FREE_BUSY}
    yield from (Finding(kinds[ability]) for ability in facts.missing if ability in kinds)
    if not facts.can_pick:
        yield Finding(FindingKind.MISSING_PICK)


def _calendars(facts: Facts) -> Iterator[Finding]:
    if not facts.writing:
        yield Finding(FindingKind.NO_CALENDAR)
    elif not facts.writable:
        yield Finding(FindingKind.UNWRITABLE, {"calendar": facts.writing})
    yield from (Finding(FindingKind.UNREADABLE, {"calendar": name}) for name in facts.unreadable)


def _clock(facts: Facts) -> Iterator[Finding]:
    if abs(facts.skew_seconds) > _SKEW:
        yield Finding(FindingKind.CLOCK, {"seconds": str(abs(facts.skew_seconds))})


def _pushes(facts: Facts) -> Iterator[Finding]:
    if not facts.push:
        yield Finding(FindingKind.PUSH_OFF)
        return
    waited = facts.channel_since is not None and facts.now - facts.channel_since > _QUIET
    if facts.missed or (waited and facts.heard_at is None):
        yield Finding(FindingKind.PUSH_SILENT)


_STOPPING: tuple[Rule, ...] = (_not_set_up, _not_linked, _revoked, _in_the_way)
"""Where one of these finds something, the others can know nothing."""
_OTHERS: tuple[Rule, ...] = (_ends, _missing, _calendars, _clock, _pushes)


def wording(finding: Finding, language: str) -> tuple[str, str]:
    """What is wrong and what to do about it, in the merchant's language."""
    texts = catalogue(language)["findings"][finding.kind.value]
    return texts["trouble"].format(**finding.facts), texts["remedy"].format(**finding.facts)


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The package's texts in one language; Spanish for one that it does not speak."""
    folder = files(__package__) / "texts"
    file = folder / f"{language}.yaml"
    read: Mapping[str, Any] = yaml.safe_load(
        (file if file.is_file() else folder / "es.yaml").read_text("utf-8")
    )
    return read
