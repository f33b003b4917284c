"""What is sealed into a tray comes out the same, and what does not fit is refused without being repeated."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID, uuid4

import pytest

from calendar_sync import outcomes, requests
from calendar_sync.codec import from_json, from_plain, read_json, to_json, to_plain
from calendar_sync.errors import BodyUnreadable, TimeHasNoZone
from calendar_sync.ids import (
    BookingId,
    ConversationId,
    OutcomeId,
    RequestId,
    ServiceId,
    StaffId,
    booking_id,
    event_id,
    outcome_id,
)
from calendar_sync.requests import AnyRequest, Details, Grain, Named, When
from kernel.ids import CustomerId, MerchantId

BOGOTA = timezone(timedelta(hours=-5))
NOW = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
MERCHANT = MerchantId(uuid4())


def new_request() -> RequestId:
    return RequestId(uuid4())


DETAILS = Details(
    service=(Named("limpieza", "c03"), Named("otra cosa")),
    staff=(Named("Liliana"),),
    person_name="Ana",
    party_size=2,
    ordinal=-1,
    when=(
        When(grain=Grain.MINUTE, start=datetime(2026, 11, 24, 0, 0, tzinfo=BOGOTA)),
        When(grain=Grain.DAY, start=date(2026, 11, 25), exclude=(date(2026, 11, 26),)),
        When(grain=Grain.MINUTE, shift_minutes=60),
    ),
    from_when=(When(grain=Grain.WEEK, start=date(2026, 11, 23), end=date(2026, 11, 29)),),
)
TURN = requests.Request(
    id=new_request(),
    merchant=MERCHANT,
    conversation_id=ConversationId(uuid4()),
    customer=requests.Customer(id=CustomerId(uuid4()), phone="+573005550100", name="Ana"),
    asked_at=NOW,
    language="es",
    wishes=(
        requests.Book(DETAILS),
        requests.FreeTimes(),
        requests.Move(DETAILS),
        requests.Cancel(),
        requests.ListBookings(),
        requests.ConfirmReminder(),
        requests.Decline(),
    ),
    tap="slot|3",
    reminders_allowed=False,
)
EVERY_REQUEST: list[AnyRequest] = [
    TURN,
    requests.LinkStart(id=new_request(), merchant=MERCHANT, redirect_uri="https://x.example/", actor="ana"),
    requests.LinkCode(id=new_request(), merchant=MERCHANT, state="s", code="c"),
    requests.LinkDenied(id=new_request(), merchant=MERCHANT, state="s", error="access_denied"),
    requests.ChooseCalendars(
        id=new_request(),
        merchant=MERCHANT,
        blocking=("a", "b"),
        writing="a",
        of_staff=((StaffId("s1"), "b"),),
        actor="ana",
    ),
    requests.Push(
        id=new_request(),
        merchant=MERCHANT,
        channel_id="c",
        resource_id="r",
        token="t",
        state="exists",
        number=2,
    ),
    requests.Unlink(id=new_request(), merchant=MERCHANT, keep_bookings=True, actor="ana"),
    requests.OwnerBook(id=new_request(), merchant=MERCHANT, service=ServiceId("c03"), start=NOW, actor="ana"),
    requests.OwnerMove(
        id=new_request(), merchant=MERCHANT, booking=BookingId(uuid4()), start=NOW, actor="ana"
    ),
    requests.OwnerCancel(id=new_request(), merchant=MERCHANT, booking=BookingId(uuid4()), actor="ana"),
    requests.OwnerNoShow(id=new_request(), merchant=MERCHANT, booking=BookingId(uuid4()), actor="ana"),
    requests.Forget(id=new_request(), merchant=MERCHANT, customer_id=CustomerId(uuid4())),
]


@pytest.mark.parametrize("request_", EVERY_REQUEST, ids=lambda one: one.kind)
def test_every_request_comes_back_the_same(request_: AnyRequest) -> None:
    assert read_json(AnyRequest, to_json(AnyRequest, request_)) == request_


def test_the_list_of_requests_above_is_complete() -> None:
    from typing import get_args

    union = get_args(AnyRequest)[0]
    assert {type(one) for one in EVERY_REQUEST} == set(get_args(union))


def test_a_midnight_stays_a_moment_and_a_day_stays_a_day() -> None:
    back = read_json(AnyRequest, to_json(AnyRequest, TURN))
    assert isinstance(back, requests.Request)
    assert isinstance(back.wishes[0], requests.Book)
    first, second, _ = back.wishes[0].details.when
    assert type(first.start) is datetime
    assert type(second.start) is date


def test_details_are_read_from_the_shape_in_which_intents_carry_their_slots() -> None:
    slots = {
        "service": [{"said": "limpieza", "id": "c03"}],
        "when": [{"grain": "minute", "start": "2026-11-24T16:00:00-05:00", "shift_minutes": 60}],
        "from_when": [{"grain": "day", "start": "2026-11-23", "exclude": ["2026-11-24"]}],
    }
    details = from_plain(Details, slots)
    assert details.service == (Named("limpieza", "c03"),)
    assert details.when[0].start == datetime(2026, 11, 24, 16, 0, tzinfo=BOGOTA)
    assert details.from_when[0].exclude == (date(2026, 11, 24),)
    assert from_plain(Details, to_plain(Details, details)) == details


OUTCOME = outcomes.Outcome(
    id=OutcomeId(uuid4()),
    merchant=MERCHANT,
    kind=outcomes.OutcomeKind.OFFERED,
    conversation_id=ConversationId(uuid4()),
    request_id=new_request(),
    messages=(
        outcomes.Message(body="¿Cuál?", rows=(outcomes.Row("r1", "10:00", "con Ana"),), list_title="Ver"),
        outcomes.Message(body="¿Sí?", buttons=(outcomes.Button("y", "Sí"),)),
    ),
    awaiting=outcomes.Awaiting.OFFER,
    booking=outcomes.BookingFacts(
        id=BookingId(uuid4()), service=ServiceId("c03"), start=NOW, end=NOW, zone="America/Bogota"
    ),
    template=outcomes.TemplateCall(name="reminder", language="es", values=("Ana",), buttons=("yes",)),
)
REPORT = outcomes.Report(
    id=OutcomeId(uuid4()), merchant=MERCHANT, kind=outcomes.ReportKind.LINKED, facts={"account": "a@b.c"}
)


@pytest.mark.parametrize("outcome", [OUTCOME, REPORT], ids=["customer", "merchant"])
def test_every_outcome_comes_back_the_same(outcome: outcomes.Outcome | outcomes.Report) -> None:
    assert read_json(outcomes.AnyOutcome, to_json(outcomes.AnyOutcome, outcome)) == outcome


def test_what_does_not_fit_is_refused_and_never_shown() -> None:
    body = json.dumps({"kind": "turn", "id": "SECRET-WORD"}).encode()
    with pytest.raises(BodyUnreadable) as caught:
        read_json(AnyRequest, body)
    shown = f"{caught.value!r} {caught.value.__cause__!r}"
    assert "SECRET-WORD" not in shown
    with pytest.raises(BodyUnreadable):
        from_json(Details, b'{"party_size": "SECRET"}')


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(TimeHasNoZone):
        When(grain=Grain.MINUTE, start=datetime(2026, 11, 24, 16, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    "made",
    [
        lambda: outcomes.Button("b", "x" * 21),
        lambda: outcomes.Row("r", "x" * 25),
        lambda: outcomes.Row("r", "x", "y" * 73),
        lambda: outcomes.Message(body="b", list_title="x" * 21),
        lambda: outcomes.Message(body="b", buttons=(outcomes.Button("b", "x"),) * 4),
        lambda: outcomes.Message(body="b", rows=(outcomes.Row("r", "x"),) * 11, list_title="x"),
        lambda: outcomes.Message(body="b", rows=(outcomes.Row("r", "x"),)),
    ],
)
def test_a_message_that_whatsapp_would_refuse_is_not_made(made: object) -> None:
    with pytest.raises(ValueError, match=r"character|choices|title"):
        made()  # type: ignore[operator]


def test_ids_are_derived_so_that_a_second_run_makes_the_same() -> None:
    request = RequestId(UUID(int=7))
    assert booking_id(request) == booking_id(request) != booking_id(request, 1)
    assert outcome_id(request) == outcome_id(request) != booking_id(request)
    event = event_id(booking_id(request))
    assert set(event) <= set("0123456789abcdefghijklmnopqrstuv")
    assert len(event) == 32
