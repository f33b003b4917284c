from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from assistant import intents
from assistant.errors import IntentUnknownError, TimeHasNoZoneError
from assistant.intents import Grain, Named, Slots, When
from assistant.intents_codec import KINDS, from_json, kind_of, make, to_json

AT = datetime(2026, 11, 24, 16, 0, tzinfo=ZoneInfo("America/Bogota"))
FULL = Slots(
    service=(Named("retiro de puntos", "c34"), Named("limpieza")),
    staff=(Named("la doctora", "s1"),),
    person_name="Ana Ruiz",
    party_size=3,
    ordinal=-1,
    when=(When(grain=Grain.MINUTE, start=AT), When(grain=Grain.ANY, exclude=(date(2026, 11, 25),))),
    from_when=(When(grain=Grain.MINUTE, shift=timedelta(hours=-1)),),
)


@pytest.mark.parametrize("kind", KINDS)
def test_every_intent_comes_back_as_it_went(kind):
    intent = make(kind, text="¿abren?", slots=FULL, rating=4)
    assert from_json(to_json([intent])) == (intent,)
    assert kind_of(intent) == kind


def test_every_intent_of_the_closed_set_has_a_name():
    assert len(KINDS) == len(intents.Intent.__args__)


def test_absent_details_are_left_out():
    assert to_json([intents.Book()]) == [{"kind": "book"}]
    assert to_json([intents.Rate(5)]) == [{"kind": "rate", "slots": {"rating": 5}}]


def test_times_carry_their_offset_and_dates_none():
    (row,) = to_json(
        [intents.Cancel(Slots(when=(When(grain=Grain.DAY, start=date(2026, 11, 24)), FULL.when[0])))]
    )
    assert [one["start"] for one in row["slots"]["when"]] == ["2026-11-24", "2026-11-24T16:00:00-05:00"]


def test_a_time_without_a_zone_is_refused():
    with pytest.raises(TimeHasNoZoneError):
        When(grain=Grain.MINUTE, start=datetime(2026, 11, 24, 16, 0))  # noqa: DTZ001


def test_an_intent_of_another_build_is_an_error_that_names_it():
    with pytest.raises(IntentUnknownError, match="haggle"):
        from_json([{"kind": "haggle"}])
