from dataclasses import replace

from calendar_sync.connections.attempts import PRIMARY
from calendar_sync.connections.choices import by_default, calendars_for, with_new_list, written_to
from calendar_sync.connections.shown import MADE, ChosenCalendar, SeenCalendar

MAIN = SeenCalendar(id="owner@shop.test", name="Main", role="owner", is_primary=True)
TEAM = SeenCalendar(id="team@group.test", name="Team", role="reader")
OURS = SeenCalendar(id="ours@group.test", name="Mostrador", role=MADE)


def chosen(seen: SeenCalendar, **choice: bool) -> ChosenCalendar:
    return replace(ChosenCalendar(seen, blocks=False, writes=False, wrote=False, staff=()), **choice)


def test_the_main_calendar_is_the_first_choice() -> None:
    now = calendars_for(by_default([chosen(TEAM), chosen(MAIN)]))
    assert now
    assert (now.writing, now.blocking) == (MAIN.id, (MAIN.id,))


def test_a_main_calendar_that_is_not_owned_is_not_written_to() -> None:
    assert calendars_for(by_default([chosen(replace(MAIN, role="reader"))])) is None


def test_a_calendar_of_our_own_is_written_to_and_the_main_one_blocks() -> None:
    now = calendars_for(by_default([chosen(PRIMARY), chosen(OURS)]))
    assert now
    assert (now.writing, set(now.blocking)) == (OURS.id, {PRIMARY.id, OURS.id})


def test_a_new_list_keeps_the_choice() -> None:
    before = [chosen(MAIN, blocks=True, writes=True), chosen(TEAM, blocks=True)]
    assert with_new_list(before, [TEAM, MAIN]) == [before[1], before[0]]


def test_a_chosen_calendar_that_is_not_listed_any_more_stays_without_rights() -> None:
    now = with_new_list([chosen(TEAM, blocks=True)], [MAIN])
    assert now == [chosen(MAIN), chosen(replace(TEAM, role="none"), blocks=True)]


def test_a_calendar_that_nobody_chose_goes_with_the_list() -> None:
    assert with_new_list([chosen(TEAM)], [MAIN]) == [chosen(MAIN)]


def test_the_alias_of_the_main_calendar_gets_its_name_once_it_is_known() -> None:
    now = with_new_list([chosen(PRIMARY, blocks=True, writes=True)], [MAIN, TEAM])
    assert now == [chosen(MAIN, blocks=True, writes=True), chosen(TEAM)]


def test_without_a_list_the_earlier_one_is_kept() -> None:
    before = [chosen(MAIN, blocks=True, writes=True), chosen(TEAM, blocks=True)]
    assert with_new_list(before, [PRIMARY]) == before


def test_bookings_can_move_to_another_calendar_and_the_old_one_is_remembered() -> None:
    before = [chosen(MAIN, blocks=True, writes=True), chosen(OURS)]
    now = calendars_for(written_to(before, OURS))
    assert now
    assert (now.writing, set(now.blocking), now.earlier) == (OURS.id, {MAIN.id, OURS.id}, (MAIN.id,))
