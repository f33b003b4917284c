from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.taps import Verb, about
from calendar_sync.outcomes import Awaiting, Outcome, OutcomeKind
from calendar_sync.reminders.planning import lead_times, reminder_jobs
from calendar_sync.reminders.sending import remind
from calendar_sync.requests import Book, Cancel, Details, Move
from calendar_sync.shop.store import deliver
from tests.calendar_sync.desk.counters import Counter, at, book, hours, local
from tests.calendar_sync.shops import CLINIC

DAY = 1440


@pytest.fixture
def booking(counter: Counter) -> Booking:
    outcome = counter.ask(book("11-26 10:00"))
    for _ in range(3):
        if outcome.kind is OutcomeKind.BOOKED:
            break
        outcome = counter.ask(Book())
    counter.clock.set(local("11-25 10:00"))
    return counter.bookings()[0]


def sent(counter: Counter, booking: Booking, minutes: int = DAY) -> bool:
    return remind(counter.desk, counter.merchant, booking.id, minutes, booking.slot.start)


def test_a_reminder_names_the_booking_and_has_three_answers(counter: Counter, booking: Booking) -> None:
    assert sent(counter, booking)
    (told,) = counter.news()
    assert isinstance(told, Outcome)
    assert told.kind is OutcomeKind.REMINDER
    assert told.awaiting is Awaiting.REMINDER
    assert "jueves 26" in told.messages[0].body.lower()
    assert len(told.messages[0].buttons) == 3
    assert told.template is not None
    assert told.template.buttons[0] == about(Verb.COMING, booking.id)


def test_a_reminder_is_sent_once_however_often_its_job_runs(counter: Counter, booking: Booking) -> None:
    assert [sent(counter, booking) for _ in range(3)] == [True, False, False]
    assert len(counter.news()) == 1


def test_each_lead_time_has_its_own_reminder(counter: Counter, booking: Booking) -> None:
    assert sent(counter, booking, DAY)
    counter.clock.set(local("11-26 08:00"))
    assert sent(counter, booking, 120)
    assert len(counter.news()) == 2


def test_a_cancelled_booking_is_not_reminded_of(counter: Counter, booking: Booking) -> None:
    counter.clock.set(local("11-24 10:00"))
    counter.ask(Cancel())
    counter.clock.set(local("11-25 10:00"))
    assert not sent(counter, booking)


def test_a_moved_booking_is_reminded_of_at_its_new_time_only(counter: Counter, booking: Booking) -> None:
    outcome = counter.ask(Move(Details(when=(at("11-27 11:00"),))))
    if outcome.kind is not OutcomeKind.RESCHEDULED:
        counter.ask(Book())
    assert not sent(counter, booking)
    (moved,) = counter.bookings()
    counter.clock.set(local("11-26 11:00"))
    assert sent(counter, moved)


def test_a_booking_that_has_begun_is_not_reminded_of(counter: Counter, booking: Booking) -> None:
    counter.clock.set(booking.slot.start)
    assert not sent(counter, booking)


def test_a_reminder_never_comes_early(counter: Counter, booking: Booking) -> None:
    counter.clock.set(local("11-24 10:00"))
    assert not sent(counter, booking)


def test_who_opted_out_is_not_reminded(counter: Counter) -> None:
    one = counter.another()
    request = one.lay(book("11-26 11:00"), reminders_allowed=False)
    one.serve(request.id)
    for _ in range(2):
        if one.bookings():
            break
        again = one.lay(Book(), reminders_allowed=False)
        one.serve(again.id)
    (booking,) = one.bookings()
    one.clock.set(local("11-25 11:00"))
    one.news()
    assert not sent(one, booking)


def test_a_yes_to_a_reminder_confirms(counter: Counter, booking: Booking) -> None:
    sent(counter, booking)
    (told,) = counter.news()
    assert isinstance(told, Outcome)
    outcome = counter.ask(tap=told.messages[0].buttons[0].id)
    assert outcome.kind is OutcomeKind.CONFIRMED
    assert counter.bookings()[0].confirmed_at is not None


def test_jobs_are_planned_for_every_lead_time_that_lies_ahead(booking: Booking, counter: Counter) -> None:
    shop = replace(CLINIC, reminders=(DAY, 120, 7 * DAY))
    now = booking.slot.start - timedelta(days=2)
    jobs = reminder_jobs(counter.merchant, shop, booking, now)
    assert [job.args["minutes"] for job in jobs] == [DAY, 120]
    assert [job.at for job in jobs] == [booking.slot.start - hours(24), booking.slot.start - hours(2)]


def test_a_services_own_lead_times_win_over_the_merchants(booking: Booking) -> None:
    services = tuple(replace(one, reminders=(60, 60, 30)) for one in CLINIC.services)
    assert lead_times(replace(CLINIC, services=services), booking) == (60, 30)


def test_booking_defers_the_reminders_with_it(
    counter: Counter, booking: Booking, administrator_url: str
) -> None:
    import psycopg

    with psycopg.connect(administrator_url) as connection:
        query = "select args->>'booking', scheduled_at from jobs.procrastinate_jobs where task_name = %s"
        rows = connection.execute(query, ["calendar_sync:remind"]).fetchall()
    assert rows == [(str(booking.id), booking.slot.start - hours(24))]


def test_a_shop_that_is_gone_reminds_nobody(counter: Counter, booking: Booking) -> None:
    with counter.edge.transaction(counter.merchant) as session:
        deliver(session, counter.merchant, replace(CLINIC, services=(), version=2), counter.clock.now())
    assert sent(counter, booking)
