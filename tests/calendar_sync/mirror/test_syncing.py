from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_sync.bookings.values import Booking, BookingState
from calendar_sync.connections.agendas import agenda_for
from calendar_sync.google.agenda import Busy, Window
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.mirror.changes import OwnerCancelled, OwnerMoved, OwnerPuzzled
from calendar_sync.mirror.models import SyncRow
from calendar_sync.mirror.reading import Synced
from calendar_sync.mirror.syncing import sync
from calendar_sync.requests import ChooseCalendars
from tests.calendar_sync.connections.offices import Desk, request_id
from tests.calendar_sync.google.little_google import Calendar, Fault, error
from tests.calendar_sync.mirror.shops import HOUR, MAIN, Shop

LIST = f"GET /calendar/v3/calendars/{MAIN}/events"


@pytest.fixture
def shop(desk: Desk) -> Shop:
    return Shop(desk)


def run(shop: Shop) -> Synced:
    outcome = sync(shop.mirror, shop.desk.merchant)
    assert isinstance(outcome, Synced)
    return outcome


def row(shop: Shop) -> SyncRow:
    (found,) = shop.desk.rows(SyncRow)
    assert isinstance(found, SyncRow)
    return found


def test_our_own_bookings_bring_no_news(shop: Shop) -> None:
    shop.book()
    assert run(shop) == Synced()
    shop.book(hours=30)
    assert run(shop) == Synced()
    assert shop.told == []


def test_a_move_of_the_owners_comes_home_once(shop: Shop) -> None:
    booking = shop.book()
    run(shop)
    moved = shop.owner_moves(booking, HOUR)
    assert run(shop).changes == 1
    assert run(shop) == Synced()
    (told,) = shop.told
    assert isinstance(told, OwnerMoved)
    assert told.window == moved
    assert shop.find(booking).slot.window == moved


def test_a_deletion_of_the_owners_comes_home_once(shop: Shop) -> None:
    booking = shop.book()
    run(shop)
    shop.owner_deletes(booking)
    run(shop)
    run(shop)
    assert [type(change) for change in shop.told] == [OwnerCancelled]
    assert shop.find(booking).state is BookingState.CANCELLED


def test_a_change_before_the_first_sync_is_not_lost(shop: Shop) -> None:
    moved, deleted = shop.book(), shop.book(hours=30)
    shop.owner_moves(moved, HOUR)
    shop.owner_deletes(deleted)
    assert run(shop).changes == 2


def test_an_event_made_a_whole_day_is_asked_about(shop: Shop) -> None:
    booking = shop.book()
    run(shop)
    shop.owner_changes(booking, start={"date": "2026-11-24"}, end={"date": "2026-11-25"})
    run(shop)
    assert [type(change) for change in shop.told] == [OwnerPuzzled]


def test_the_second_sync_reads_only_what_changed(shop: Shop) -> None:
    shop.book()
    run(shop)
    shop.book(hours=30)
    shop.desk.google.asked.clear()
    run(shop)
    assert shop.desk.google.asked == [LIST]
    assert shop.desk.google.read_from == ["", "1"]


def test_the_sync_token_is_saved_only_after_the_last_page(shop: Shop) -> None:
    shop.desk.google.page_size = 1
    first, second = shop.book(), shop.book(hours=30)
    run(shop)
    before = row(shop).sync_token
    shop.owner_moves(first, HOUR)
    shop.owner_moves(second, HOUR)
    second_page = error(503, "backendError")
    second_page.skip = 1
    shop.desk.google.fail(LIST, second_page)
    outcome = sync(shop.mirror, shop.desk.merchant)
    assert isinstance(outcome, Failed)
    assert outcome.trouble is Trouble.BACKEND
    assert shop.desk.google.asked[-2:] == [LIST, LIST]
    assert row(shop).sync_token == before
    assert run(shop).changes == 2


def test_a_token_that_is_too_old_leads_to_a_full_reading(shop: Shop) -> None:
    moved, deleted, kept = shop.book(), shop.book(hours=30), shop.book(hours=40)
    run(shop)
    shop.owner_moves(moved, HOUR)
    # Deleted so long ago that no listing names it any more.
    del shop.desk.google.calendars[MAIN].events[deleted.event_id]
    shop.desk.google.lowest_token = 10_000
    assert run(shop).changes == 2
    assert {type(change) for change in shop.told} == {OwnerMoved, OwnerCancelled}
    assert shop.find(kept).state is BookingState.BOOKED


def test_a_failure_while_applying_loses_nothing(shop: Shop) -> None:
    booking = shop.book()
    run(shop)
    shop.owner_deletes(booking)

    def breaks(*_: object) -> None:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        sync(replace(shop.mirror, apply=breaks), shop.desk.merchant)
    run(shop)
    assert [type(change) for change in shop.told] == [OwnerCancelled]


def test_a_booking_that_changed_while_google_was_read_is_judged_by_a_newer_reading(shop: Shop) -> None:
    """The listing shows the old time; meanwhile the customer's own move was finished."""
    booking = shop.book()
    run(shop)
    shop.owner_changes(booking, summary="touched")
    later = replace(booking.slot, start=booking.slot.start + HOUR, end=booking.slot.end + HOUR)
    moved = replace(booking, slot=later, version=booking.version + 1)
    answer = shop.desk.google._list

    def meanwhile(*given: object) -> object:
        listed = answer(*given)  # type: ignore[arg-type]
        shop.save(moved)
        shop.owner_moves(booking, HOUR)
        shop.desk.google._list = answer  # type: ignore[method-assign]
        return listed

    shop.desk.google._list = meanwhile  # type: ignore[method-assign,assignment]
    assert run(shop) == Synced(again=True)
    assert run(shop) == Synced()
    assert shop.told == []
    assert shop.find(booking).slot == later


def test_a_deletion_during_a_move_is_kept_until_the_move_is_over(shop: Shop) -> None:
    booking = shop.book()
    run(shop)
    moving = replace(
        booking,
        state=BookingState.MOVING,
        next=replace(booking.slot, start=booking.slot.start + HOUR, end=booking.slot.end + HOUR),
        version=2,
    )
    shop.save(moving)
    shop.owner_deletes(booking)
    assert run(shop) == Synced(again=True)
    shop.save(replace(moving, state=BookingState.BOOKED, next=None, version=3))
    assert run(shop) == Synced(changes=1)
    assert [type(change) for change in shop.told] == [OwnerCancelled]


def test_an_event_whose_booking_is_over_is_removed(shop: Shop) -> None:
    """A write that was taken for failed came through after all."""
    booking = shop.book(state=BookingState.RELEASED)
    run(shop)
    assert shop.desk.google.calendars[MAIN].events[booking.event_id]["status"] == "cancelled"
    assert shop.told == []


def test_an_event_that_is_nobodys_is_never_touched(shop: Shop) -> None:
    google = shop.desk.google
    sides = {side: {"dateTime": "2026-11-24T15:00:00+00:00"} for side in ("start", "end")}
    google.store(google.calendars[MAIN], {"id": "dentist", "summary": "Dentist", **sides})
    run(shop)
    assert google.calendars[MAIN].events["dentist"]["status"] == "confirmed"
    assert not [call for call in google.asked if call.startswith("DELETE")]


def test_events_stay_on_the_calendar_that_was_written_to_before(shop: Shop) -> None:
    booking = shop.book()
    shop.desk.google.calendars["second@group.test"] = Calendar("second@group.test")
    shop.desk.link()
    choice = ChooseCalendars(
        id=request_id(),
        merchant=shop.desk.merchant,
        blocking=(MAIN, "second@group.test"),
        writing="second@group.test",
        actor="owner",
    )
    shop.desk.ask(choice)
    newer = shop.book(hours=30)
    assert run(shop) == Synced()
    window = Window(shop.desk.clock.now(), shop.desk.clock.now() + timedelta(days=3))
    assert agenda_for(shop.desk.office, shop.desk.merchant).busy(window) == Busy()
    shop.owner_moves(booking, HOUR)
    shop.owner_changes(newer, calendar="second@group.test", status="cancelled")
    assert run(shop).changes == 2


def test_without_an_answer_nothing_changes(shop: Shop) -> None:
    booking = shop.book()
    shop.desk.google.fail(LIST, Fault("", raises=TimeoutError()), times=9)
    outcome = sync(shop.mirror, shop.desk.merchant)
    assert isinstance(outcome, Failed)
    assert shop.find(booking).state is BookingState.BOOKED


def test_an_answer_that_is_no_list_saves_no_token(shop: Shop) -> None:
    shop.desk.google.fail(LIST, Fault("", 200, {"nextSyncToken": "1"}))
    assert isinstance(sync(shop.mirror, shop.desk.merchant), Failed)
    assert shop.desk.rows(SyncRow) == []


def test_who_is_not_linked_has_nothing_to_mirror(shop: Shop) -> None:
    from uuid import uuid4

    from kernel.ids import MerchantId

    assert sync(shop.mirror, MerchantId(uuid4())) == Synced()


def test_titles_are_neither_asked_for_nor_kept(shop: Shop) -> None:
    from calendar_sync.google.calls import _CHANGES, _TIMES_ONLY

    assert not {"summary", "description", "location", "email"} & set(
        f"{_CHANGES},{_TIMES_ONLY}".replace("(", ",").replace(")", ",").replace("/", ",").split(",")
    )


def test_missed_changes_are_counted_for_the_doctor(shop: Shop) -> None:
    booking: Booking = shop.book()
    run(shop)
    shop.owner_moves(booking, HOUR)
    run(shop)
    assert row(shop).missed == 1
