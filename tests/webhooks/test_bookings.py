from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from app.edge_jobs import tell_edge
from assistant.intents_codec import KINDS
from calendar_sync.ids import OutcomeId
from calendar_sync.requests import Book, FreeTimes, ListBookings
from kernel.ids import MerchantId
from tests.webhooks import payloads
from tests.webhooks.houses import House
from webhooks.gate import Origin
from webhooks.phrases import phrase
from webhooks.routing import CONTROLS, PERSON, WISHES, outcome_job, wanted_of
from webhooks.transcript import read

ANSWERED_BY_THE_MIND = {"question", "greeting", "thanks", "goodbye", "unsure"}
OFFER = {
    "kind": "offered",
    "messages": [{"body": "Tengo estas horas:", "buttons": [{"id": "d|1|pick|0", "title": "jue 10:00"}]}],
    "awaiting": "offer",
}


def book(*_given: Any, **slots: Any) -> list[dict[str, Any]]:
    return [{"kind": "book", "slots": slots}]


@pytest.fixture
def booking(house: House) -> House:
    """Whatever is said is a wish to book, and the mind has nothing to say about it."""
    house.mind.intents = book
    house.mind.reply = lambda _text: ""
    house.diary.answer = lambda _request: OFFER
    return house


def talk(house: House, *lines: str) -> None:
    for line in lines:
        house.say(line)
        house.work()


def one(house: House, query: str) -> Any:
    ((found,),) = house.ask(query)
    return found


def test_every_intent_of_the_mind_has_its_place() -> None:
    assert set(WISHES) | set(CONTROLS) | PERSON | {"rate"} | ANSWERED_BY_THE_MIND == set(KINDS)


def test_the_diarys_job_is_the_one_that_the_edge_works_on() -> None:
    merchant, outcome = MerchantId(uuid4()), OutcomeId(uuid4())
    assert tell_edge(merchant, outcome) == outcome_job(merchant, outcome)


def test_a_wish_goes_to_the_diary_with_what_was_said_and_nothing_else() -> None:
    slots = {"service": [{"said": "corte", "id": "b1"}], "party_size": 2, "rating": 5, "secret": "x"}
    wanted = wanted_of([{"kind": "book", "slots": slots}, {"kind": "my_bookings"}], None)
    assert wanted.wishes == (
        {"kind": "book", "details": {"service": [{"said": "corte", "id": "b1"}], "party_size": 2}},
        {"kind": "list_bookings", "details": {}},
    )


def test_what_the_diary_answers_reaches_the_customer_with_its_choices(booking: House) -> None:
    talk(booking, "quiero una cita")
    (sent,) = booking.meta.accepted
    assert sent["interactive"]["body"]["text"] == "Tengo estas horas:"
    (button,) = sent["interactive"]["action"]["buttons"]
    assert button["reply"] == {"id": "booking:d|1|pick|0", "title": "jue 10:00"}
    (request,) = booking.diary.requests
    assert request.wishes == (Book(),)
    assert request.customer.phone == f"+{payloads.WA_ID}"
    assert one(booking, "select outcome from webhooks.outbox") == "offered"


def test_a_question_and_a_wish_get_one_message_with_both_parts(booking: House) -> None:
    booking.mind.reply = lambda _text: "El corte vale $220."
    talk(booking, "cuanto vale el corte y apartame el jueves")
    (sent,) = booking.meta.accepted
    assert sent["interactive"]["body"]["text"] == "El corte vale $220.\n\nTengo estas horas:"


def test_the_diarys_part_is_a_line_of_its_own_that_the_mind_never_sees(booking: House) -> None:
    booking.mind.reply = lambda _text: "El corte vale $220."
    talk(booking, "cuanto vale el corte y apartame el jueves", "y la barba?")
    conversation = one(booking, "select id from webhooks.conversation")
    with booking.edge.database.transaction(booking.merchant) as session:
        lines = [(line.origin, line.text) for line in read(session, booking.edge, conversation)]
    assert (Origin.CALENDAR, "Tengo estas horas:\n▫ jue 10:00") in lines
    assert booking.mind.turns[-1].context == (
        ("customer", "cuanto vale el corte y apartame el jueves"),
        ("answer", "El corte vale $220."),
    )


def test_an_answer_too_long_to_join_goes_before_the_choices(booking: House) -> None:
    booking.mind.reply = lambda _text: "Una frase larga. " * 80
    talk(booking, "todo sobre el corte, y una cita")
    first, second = booking.meta.accepted
    assert first["text"]["body"].startswith("Una frase larga.")
    assert second["interactive"]["body"]["text"] == "Tengo estas horas:"


def test_the_mind_is_told_only_what_kind_of_thing_is_awaited(booking: House) -> None:
    talk(booking, "quiero una cita", "la primera")
    assert [turn.awaiting for turn in booking.mind.turns] == [None, "offer"]


def test_a_tap_goes_to_the_diary_unread(booking: House) -> None:
    talk(booking, "quiero una cita")
    booking.tap("booking:d|1|pick|0", "jue 10:00")
    booking.work()
    assert [request.tap for request in booking.diary.requests] == [None, "d|1|pick|0"]
    assert len(booking.mind.turns) == 1


def test_the_title_of_a_tapped_choice_never_reaches_the_mind(booking: House) -> None:
    booking.tap("booking:d|1|pick|0", "jue 10:00 CANARIO")
    booking.work()
    talk(booking, "gracias")
    assert "CANARIO" not in str(booking.mind.turns)


def test_a_diarys_button_is_no_control_whatever_it_says(booking: House) -> None:
    booking.tap("booking:d|1|no", "Salir")
    booking.work()
    assert [request.tap for request in booking.diary.requests] == ["d|1|no"]
    assert booking.ask("select * from webhooks.person_request") == []


def test_words_and_a_tap_in_one_burst_make_two_turns_and_both_are_answered(booking: House) -> None:
    booking.say("quiero una cita")
    booking.tap("booking:d|1|pick|0", "jue 10:00")
    booking.say("a nombre de Ana")
    booking.work()
    assert [request.tap for request in booking.diary.requests] == [None, "d|1|pick|0", None]
    assert len(booking.meta.accepted) == 3


def test_what_comes_in_while_the_diary_books_waits_for_it(booking: House) -> None:
    booking.diary.asleep = True
    talk(booking, "quiero una cita")
    booking.say("hola?")
    booking.work(until=timedelta(0))
    assert len(booking.mind.turns) == 1


def test_a_diary_that_never_answers_costs_an_apology_and_the_answer_still_goes_out(booking: House) -> None:
    booking.diary.asleep = True
    booking.mind.reply = lambda _text: "El corte vale $220."
    talk(booking, "cuanto vale, y una cita")
    booking.sleep(timedelta(minutes=3))
    booking.say("hola?")
    booking.work(until=timedelta(0))
    assert booking.meta.texts == [f"El corte vale $220.\n\n{phrase('apology', 'es')}"]


def test_an_outcome_that_comes_after_the_turn_was_given_up_is_still_told(booking: House) -> None:
    booking.diary.asleep = True
    talk(booking, "quiero una cita")
    booking.sleep(timedelta(minutes=3))
    booking.mind.intents, booking.mind.reply = lambda _text: [], "re: {}".format
    talk(booking, "hola?")
    booking.diary.asleep = False
    ((request,),) = booking.ask("select id from calendar.request")
    booking.diary.answer = lambda _request: {"kind": "booked", "messages": [{"body": "Listo."}]}
    booking.diary.serve(booking.merchant, request)
    booking.work()
    assert booking.meta.texts == [phrase("apology", "es"), "re: hola?", "Listo."]


def test_news_outside_the_window_go_as_a_template(booking: House) -> None:
    talk(booking, "quiero una cita")
    conversation = one(booking, "select id from webhooks.conversation")
    booking.sleep(timedelta(hours=25))
    template = {"name": "reminder", "language": "es", "values": ["mañana"], "buttons": ["d|-|coming|x"]}
    booking.diary.bring(
        booking.merchant,
        conversation,
        kind="reminder",
        messages=[{"body": "Te esperamos mañana."}],
        template=template,
        awaiting="reminder",
    )
    booking.work()
    sent = booking.meta.accepted[-1]
    assert sent["template"]["name"] == "reminder"
    assert sent["template"]["components"][1]["parameters"][0]["payload"] == "booking:d|-|coming|x"
    assert one(booking, "select awaiting from webhooks.conversation") == "reminder"


def test_news_that_ask_for_nothing_leave_what_is_awaited(booking: House) -> None:
    talk(booking, "quiero una cita")
    conversation = one(booking, "select id from webhooks.conversation")
    booking.diary.bring(booking.merchant, conversation, kind="owner_moved", messages=[{"body": "Se movió."}])
    booking.work()
    assert booking.meta.texts_or_bodies()[-1] == "Se movió."
    assert one(booking, "select awaiting from webhooks.conversation") == "offer"


def test_what_was_booked_is_told_even_if_a_person_took_over_meanwhile(booking: House) -> None:
    booking.diary.asleep = True
    talk(booking, "quiero una cita")
    booking.ask(
        "update webhooks.conversation set fence = fence + 1, lease_until = now() + interval '9 years' returning id"
    )
    booking.diary.asleep = False
    ((request,),) = booking.ask("select id from calendar.request")
    booking.diary.answer = lambda _request: {"kind": "booked", "messages": [{"body": "Listo."}]}
    booking.diary.serve(booking.merchant, request)
    booking.work()
    assert booking.meta.texts == ["Listo."]


def test_a_handoff_of_the_diary_is_told_to_the_merchant(booking: House) -> None:
    booking.diary.answer = lambda _request: {"kind": "handoff", "messages": [{"body": "Ya avisé."}]}
    talk(booking, "somos veinte")
    assert one(booking, "select person_wanted_at is not null from webhooks.conversation")


def test_where_nobody_books_a_person_is_told_of_the_wish(booking: House) -> None:
    booking.with_edge(diary=None)
    talk(booking, "quiero una cita")
    assert booking.meta.texts == [phrase("person", "es")]
    assert one(booking, "select person_wanted_at is not null from webhooks.conversation")


@pytest.mark.parametrize("intent", ["opt_out", "delete_data", "export_data", "opt_in_yes"])
def test_a_right_in_words_of_ones_own_is_used_like_the_fixed_ones(house: House, intent: str) -> None:
    house.mind.intents = lambda _text: [{"kind": intent}]
    house.mind.reply = lambda _text: ""
    talk(house, "por favor ya no me escriban tanto")
    kind = CONTROLS[intent]
    assert house.meta.texts == [phrase(kind.value, "es")]
    assert one(house, "select kind from webhooks.person_request") == kind.value


def test_a_complaint_gets_a_person_and_a_kind_word(house: House) -> None:
    house.mind.intents = lambda _text: [{"kind": "complaint"}]
    house.mind.reply = lambda _text: ""
    talk(house, "me dejaron mal el corte")
    assert house.meta.texts == [phrase("complaint", "es")]
    assert one(house, "select person_wanted_at is not null from webhooks.conversation")


def test_a_score_is_kept_and_thanked_for(house: House) -> None:
    house.mind.intents = lambda _text: [{"kind": "rate", "slots": {"rating": 4}}]
    house.mind.reply = lambda _text: ""
    talk(house, "un 4")
    assert house.meta.texts == [phrase("rated", "es")]
    assert one(house, "select score from webhooks.rating") == 4


def test_a_number_that_was_asked_for_goes_to_the_diary_when_it_is_shared(booking: House) -> None:
    booking.diary.answer = lambda _request: {
        "kind": "asked",
        "messages": [{"body": "¿Me compartes tu número?", "ask_contact": True}],
        "awaiting": "phone",
    }
    talk(booking, "quiero mi clase")
    assert booking.meta.accepted[0]["interactive"]["type"] == "contact_request"
    card = {
        "name": {"formatted_name": "Ana"},
        "phones": [{"phone": "+573009998877", "wa_id": "573009998877"}],
        "origin": "contact_request",
    }
    booking.hear(payloads.messages_body(payloads.message("wamid.CARD", type="contacts", contacts=[card])))
    booking.work()
    assert len(booking.diary.requests) == 2
    assert booking.diary.requests[-1].wishes == ()
    assert booking.diary.requests[-1].tap is None


def test_availability_and_a_list_are_the_diarys_too(booking: House) -> None:
    booking.mind.intents = lambda _text: [{"kind": "availability"}, {"kind": "my_bookings"}]
    talk(booking, "que tengo, y hay cupo?")
    assert booking.diary.requests[0].wishes == (FreeTimes(), ListBookings())


def test_a_report_for_the_merchant_is_kept_for_the_console(house: House) -> None:
    house.diary.report(house.merchant, "linked", {"account": "a@example.com"})
    house.work()
    assert house.ask("select kind, facts from webhooks.report") == [("linked", {"account": "a@example.com"})]


@pytest.mark.parametrize("step", range(1, 23))
def test_a_kill_at_any_step_of_a_booking_turn_costs_no_message_and_doubles_none(
    booking: House, step: int
) -> None:
    booking.plug.at = booking.plug.steps + step
    booking.say("quiero una cita")
    booking.work(until=timedelta(0))
    if booking.plug.steps < booking.plug.at:
        pytest.skip("the turn has fewer steps")
    if booking.meta.accepted:
        booking.hear(booking.meta.statuses("sent"))
    booking.work()
    booking.sleep(timedelta(minutes=2))
    booking.work()
    bodies = booking.meta.texts_or_bodies()
    assert bodies.count("Tengo estas horas:") == 1
    assert len(booking.diary.requests) == 1
