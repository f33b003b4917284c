from datetime import date, time

import pytest

from assistant.expressions.hours import country_of, shop_clock
from assistant.expressions.shop import Opening, Stretch
from knowledge.entries import EntryKey, Hours, KnowledgeBase, Profile, Record, SpecialDay, TimeRange

PROFILE = Profile(slug="ombu", name="Ombú", timezone="America/Montevideo", locale="es-UY", languages=("es",))
MORNING = TimeRange(time(8), time(12))


def base(*entries, profile=PROFILE):
    return KnowledgeBase(profile=profile, entries=entries)


def test_hours_of_the_week_and_of_special_days():
    hours = Hours(
        weekly=((MORNING,), *((),) * 6), special=(SpecialDay(day=date(2026, 12, 24), ranges=(MORNING,)),)
    )
    clock = shop_clock(base(hours))
    assert clock.zone.key == "America/Montevideo"
    assert clock.weekly[0] == (Opening(time(8), time(12)),)
    assert clock.stretches(date(2026, 12, 24)) == (Stretch(480, 720),)
    assert clock.hours_known


def test_a_base_without_hours_gives_a_clock_that_knows_none():
    assert not shop_clock(base()).hours_known


def test_the_class_timetable_comes_from_the_records():
    row = Record(
        key=EntryKey("k1"),
        section="classes",
        name="Hatha",
        fields=(("sessions", "day: mon, time: 08:00; day: mon, time: 18:30; day: wed, time: 08:00"),),
    )
    clock = shop_clock(base(row))
    assert clock.class_minutes(date(2026, 11, 23)) == (480, 1110)
    assert clock.class_minutes(date(2026, 11, 25)) == (480,)
    assert clock.class_minutes(date(2026, 11, 24)) == ()


@pytest.mark.parametrize(
    ("locale", "zone", "country"),
    [
        ("es-CO", "America/Bogota", "CO"),
        ("es", "America/Mexico_City", "MX"),
        ("es-419", "America/Lima", "PE"),
    ],
)
def test_the_country_is_that_of_the_locale_or_of_the_zone(locale, zone, country):
    profile = Profile(slug="x", name="X", timezone=zone, locale=locale, languages=("es",))
    assert country_of(profile) == country


def test_the_month_comes_first_in_the_united_states():
    profile = Profile(slug="x", name="X", timezone="America/New_York", locale="en-US", languages=("en",))
    assert shop_clock(base(profile=profile)).month_first
    assert not shop_clock(base()).month_first
