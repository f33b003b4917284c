import pytest

from calendar_sync.google.scopes import CHOICES, Ability, Choice, Grant

BASE = "https://www.googleapis.com/auth/"


@pytest.mark.parametrize("choice", CHOICES)
def test_everything_asked_for_is_enough(choice: Choice) -> None:
    assert Grant(frozenset(CHOICES[choice])).missing(choice) == ()


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("ability", [Ability.WRITE, Ability.FREE_BUSY])
def test_each_ability_is_missed_by_itself(choice: Choice, ability: Ability) -> None:
    without = frozenset(scope for scope in CHOICES[choice] if not Grant(frozenset({scope})).can(ability))
    assert Grant(without).missing(choice) == (ability,)


def test_no_wide_scope_is_asked_for() -> None:
    assert not {f"{BASE}calendar", f"{BASE}calendar.events"} & {*CHOICES["a"], *CHOICES["b"]}


def test_a_wider_grant_of_earlier_times_will_do() -> None:
    grant = Grant.of(f"openid {BASE}calendar")
    assert grant.missing("a") == ()
    assert grant.can(Ability.PICK)


def test_busy_times_are_not_read_with_the_right_to_events() -> None:
    """Google refuses freebusy.query to calendar.events and calendar.app.created."""
    assert not Grant.of(f"{BASE}calendar.events {BASE}calendar.app.created").can(Ability.FREE_BUSY)


def test_a_grant_is_written_in_order() -> None:
    assert str(Grant.of("b  a")) == "a b"
