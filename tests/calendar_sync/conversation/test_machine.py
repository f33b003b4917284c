"""What is remembered from one message to the next: reminders, what was cancelled, and what is forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from calendar_sync.bookings.values import Booking
from calendar_sync.codec import from_json, to_json
from calendar_sync.conversation import notices
from calendar_sync.conversation.machine import FORGET_AFTER, lost, reminded
from calendar_sync.conversation.values import State, Topic
from calendar_sync.outcomes import Awaiting, OutcomeKind
from tests.calendar_sync.conversation.counter import Counter
from tests.calendar_sync.conversation.playing import shown, start
from tests.calendar_sync.conversation.wishes import (
    COMING,
    DECLINE,
    NO,
    YES,
    Script,
    at,
    book,
    cancel,
    mine,
    moment,
    move,
    on,
)

TWO = ("cut nora 11-24 10:00", "dye nora 12-01 15:00")


@pytest.fixture
def counter() -> Counter:
    """A customer with two bookings, reminded of the second."""
    counter = start(Script("reminded", (), has=TWO))
    booking = second(counter)
    counter.replies.append(notices.reminder(booking, counter.shop))
    counter.state = reminded(counter.state, booking, counter.now)
    return counter


def second(counter: Counter) -> Booking:
    return max(counter.bookings.values(), key=lambda one: one.slot.start)


@pytest.mark.parametrize("said", [YES, COMING])
def test_yes_to_a_reminder_confirms_the_booking_that_it_was_about(counter: Counter, said: object) -> None:
    reply = counter.hear(said)  # type: ignore[arg-type]
    assert reply.kind is OutcomeKind.CONFIRMED
    assert "Tinte completo" in reply.message.body


def test_a_plain_no_go_cancels_that_booking(counter: Counter) -> None:
    reply = counter.hear(cancel())
    assert reply.kind is OutcomeKind.CANCELLED
    assert "Tinte completo" in reply.message.body


def test_no_asks_whether_to_move_or_to_cancel(counter: Counter) -> None:
    reply = counter.hear(DECLINE)
    assert (reply.kind, reply.awaiting) == (OutcomeKind.ASKED, Awaiting.REMINDER)
    assert [one.title for one in reply.message.buttons] == ["Cambiarla", "Cancelarla"]
    assert counter.tap("Cancelarla").kind is OutcomeKind.CANCELLED


def test_a_move_said_to_a_reminder_moves_that_booking(counter: Counter) -> None:
    reply = counter.hear(move(when=on("12-02")))
    assert reply.kind is OutcomeKind.OFFERED
    assert "Tinte completo" in reply.message.body
    assert "3:00 p. m." in reply.message.body


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Sí, confirmo", OutcomeKind.CONFIRMED),
        ("Cambiarla", OutcomeKind.OFFERED),
        ("Cancelarla", OutcomeKind.CANCELLED),
    ],
)
def test_the_reminders_buttons_work_hours_later(counter: Counter, title: str, kind: OutcomeKind) -> None:
    counter.now += FORGET_AFTER + timedelta(hours=2)
    reply = counter.tap(title)
    assert reply.kind is kind
    assert "Tinte completo" in reply.message.body


def test_words_to_a_reminder_work_hours_later(counter: Counter) -> None:
    counter.now += FORGET_AFTER + timedelta(hours=2)
    assert "Tinte completo" in counter.hear(YES).message.body


def test_a_reminders_button_after_the_booking_is_gone(counter: Counter) -> None:
    counter.bookings.pop(second(counter).id)
    reply = counter.tap("Sí, confirmo")
    assert reply.kind is OutcomeKind.BLOCKED
    assert "ya no está vigente" in reply.message.body


def test_a_reminder_does_not_take_the_word_out_of_a_dialogue() -> None:
    counter = start(Script("busy", (), has=TWO))
    counter.hear(book(service="=cut", when=at("11-26 16:00")))
    counter.state = reminded(counter.state, second(counter), counter.now)
    assert counter.hear(YES).kind is OutcomeKind.BOOKED


def test_other_questions_are_heard_after_a_reminder(counter: Counter) -> None:
    assert counter.hear(mine()).kind is OutcomeKind.LIST_BOOKINGS
    assert counter.hear(book(service="=cut", when=at("11-26 16:00"))).kind is OutcomeKind.HELD


def test_after_the_owner_cancelled_another_day_is_about_that_booking() -> None:
    counter = start(Script("lost", (), has=TWO[1:]))
    booking = second(counter)
    counter.bookings.clear()
    counter.state = lost(counter.state, booking, counter.now)
    reply = counter.hear(move(when=at("12-02 15:00")))
    assert reply.kind is OutcomeKind.HELD
    assert "Tinte completo" in reply.message.body
    assert counter.hear(YES).kind is OutcomeKind.BOOKED


def test_a_dialogue_is_forgotten_and_its_hold_given_back() -> None:
    counter = start(Script("slept", ()))
    counter.hear(book(service="=cut", when=at("11-26 16:00")))
    assert counter.state.hold is not None
    counter.now += FORGET_AFTER + timedelta(minutes=1)
    counter.hear(NO)
    assert counter.state.hold is None
    assert len(counter.released) == 1


def test_a_state_of_this_build_is_read_again_with_all_that_it_holds() -> None:
    counter = start(Script("kept", (), has=TWO))
    counter.hear(book(service=("=cut", "=dye"), when=at("11-26 16:00")))
    state = replace(counter.state, topic=Topic.CONFIRM)
    assert state.todo
    assert state.hold is not None
    assert from_json(State, to_json(State, state)) == state


def test_a_membership_must_last_until_the_time_that_is_booked() -> None:
    counter = start(Script("member", ()))
    counter.member_until = moment("11-30 00:00")
    assert counter.hear(book(service="=massage", when=at("11-26 16:00"))).kind is OutcomeKind.HELD
    assert counter.hear(book(when=at("12-03 16:00"))).kind is OutcomeKind.NOT_MEMBER
    assert not counter.holds


@pytest.mark.parametrize("language", ["es", "pt", "en"])
def test_what_the_owner_did_is_told_in_the_bookings_language(language: str) -> None:
    counter = start(Script("told", (), has=TWO[1:]))
    booking = replace(second(counter), language=language)
    moved = notices.owner_moved(booking, counter.shop)
    gone = notices.owner_cancelled(booking, counter.shop)
    assert (moved.kind, gone.kind) == (OutcomeKind.OWNER_MOVED, OutcomeKind.OWNER_CANCELLED)
    for reply in (moved, gone):
        assert "Bogot" in shown(reply.message)
        assert reply.booking is not None
        assert "{" not in reply.message.body
    service, when = notices.template_values(booking, counter.shop)
    assert service == "Tinte completo"
    assert "Bogot" in when
    assert "\n" not in when
    assert len(set(notices.payloads(booking))) == 3
