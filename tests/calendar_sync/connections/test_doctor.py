from dataclasses import replace
from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest

from calendar_sync.connections.doctor import Facts, Finding, FindingKind, catalogue, examine, wording

NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
WELL = Facts(
    now=NOW,
    linked_at=NOW - timedelta(days=1),
    writing="Citas",
    channel_since=NOW - timedelta(hours=1),
    heard_at=NOW - timedelta(hours=1),
)
WEEK = timedelta(days=7)

FOUND = {
    FindingKind.NOT_SET_UP: {"is_set_up": False},
    FindingKind.CLIENT_REFUSED: {"trouble": "client"},
    FindingKind.API_OFF: {"trouble": "setup"},
    FindingKind.UNREACHABLE: {"trouble": "unreachable"},
    FindingKind.NOT_LINKED: {"is_linked": False},
    FindingKind.REVOKED: {"lost": True, "lost_at": NOW},
    FindingKind.TESTING: {"refresh_ends_at": NOW - timedelta(days=1) + WEEK},
    FindingKind.TIME_LIMITED: {"refresh_ends_at": NOW + timedelta(days=30)},
    FindingKind.MISSING_WRITE: {"missing": ("write",)},
    FindingKind.MISSING_FREE_BUSY: {"missing": ("free_busy",)},
    FindingKind.MISSING_PICK: {"can_pick": False},
    FindingKind.NO_CALENDAR: {"writing": ""},
    FindingKind.UNWRITABLE: {"writable": False},
    FindingKind.UNREADABLE: {"unreadable": ("Sala",)},
    FindingKind.CLOCK: {"skew_seconds": -300},
    FindingKind.PUSH_OFF: {"push": False},
    FindingKind.PUSH_SILENT: {"heard_at": None},
    FindingKind.HEALTHY: {},
}


def kinds(facts: Facts) -> list[FindingKind]:
    return [finding.kind for finding in examine(facts)]


def test_there_is_a_case_for_every_finding() -> None:
    assert FOUND.keys() == set(FindingKind)


@pytest.mark.parametrize("kind", FOUND)
def test_the_doctor_finds(kind: FindingKind) -> None:
    assert kind in kinds(replace(WELL, **FOUND[kind]))


@pytest.mark.parametrize("kind", sorted(set(FOUND) - {FindingKind.HEALTHY}))
def test_nothing_of_this_is_found_where_all_is_well(kind: FindingKind) -> None:
    assert kind not in kinds(WELL)


def test_a_permission_that_died_on_the_seventh_day_points_to_testing_mode() -> None:
    died = replace(WELL, lost=True, linked_at=NOW - WEEK, lost_at=NOW)
    assert kinds(died) == [FindingKind.REVOKED, FindingKind.TESTING]
    assert kinds(replace(died, linked_at=NOW - 3 * WEEK)) == [FindingKind.REVOKED]


def test_what_cannot_be_known_without_an_answer_is_not_claimed() -> None:
    assert kinds(replace(WELL, trouble="unreachable", writable=False)) == [FindingKind.UNREACHABLE]


def test_a_new_channel_has_time_to_be_heard_of() -> None:
    new = replace(WELL, heard_at=None, channel_since=NOW - timedelta(minutes=1))
    assert kinds(new) == [FindingKind.HEALTHY]


def test_changes_that_no_push_told_of_make_the_channel_silent() -> None:
    assert FindingKind.PUSH_SILENT in kinds(replace(WELL, missed=2))


def test_what_does_no_harm_leaves_the_calendar_healthy() -> None:
    assert kinds(replace(WELL, push=False)) == [FindingKind.PUSH_OFF, FindingKind.HEALTHY]


@pytest.mark.parametrize("language", ["es", "pt", "en"])
@pytest.mark.parametrize("kind", FindingKind)
def test_every_finding_has_trouble_and_remedy_in(kind: FindingKind, language: str) -> None:
    facts = next(found.facts for found in examine(replace(WELL, **FOUND[kind])) if found.kind is kind)
    trouble, remedy = wording(Finding(kind, facts), language)
    assert trouble.endswith(".")
    assert remedy.endswith(".")
    assert "{" not in trouble + remedy


def fields(language: str) -> dict[str, set[str]]:
    texts = catalogue(language)["findings"]
    return {
        kind: {name for text in pair.values() for _, name, _, _ in Formatter().parse(text) if name}
        for kind, pair in texts.items()
    }


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_catalogues_say_the_same_things(language: str) -> None:
    assert fields(language) == fields("es")
