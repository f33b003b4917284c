"""Whatever is written: an answer, within bounds of time and calendar, and never an exception."""

import time
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.expressions.dates import HORIZON
from assistant.expressions.reading import read, warm_up
from assistant.expressions.table_files import LANGUAGES
from assistant.expressions.tokens import LONGEST_TEXT, MOST_TOKENS, tokens
from assistant.expressions.values import Grain, Mention, When
from assistant.expressions.vocabulary import vocabulary
from tests.assistant.expressions.scenes import BAR, BARBER, DENTIST, GYM, UNKNOWN, mentions

ALLOWED_S = 0.1
HANGING = {
    # Duckling does not come back from these.
    "stacked dates": "lunes 3 de mayo a las 5 " * 171,
    "five stacked dates": "lunes 3 de mayo a las 5 " * 5,
    "a NUL byte": "mañana\x00a las 5",
    "only NUL bytes": "\x00" * LONGEST_TEXT,
}
NASTY = {
    **HANGING,
    "forty stacked dates": "lunes 3 de mayo a las 5 " * 40,
    "numbers": "1 " * 2048,
    "numbers or numbers": "3 o " * 1024,
    "ranges": "de 5 a 6 " * 455,
    "spans": "del 1 al " * 455,
    "colons": "5:" * 2048,
    "slashes": "12/" * 1365,
    "at signs": "@" * LONGEST_TEXT,
    "half addresses": "a@" * 2048,
    "one long word": "a" * LONGEST_TEXT,
    "a day without end": "mañana" * 682,
    "articles": "el " * 1365,
    "exclusions": "menos el lunes " * 273,
    "weekdays": "lunes o " * 512,
    "corrections": "no mejor el martes " * 215,
    "moves": "cambiar del lunes al martes " * 146,
    "prices": "1.000" * 819,
    "unfinished spans": "entre las 3 y " * 292,
    "commas": ", " * 2048,
    "phones": "+5 " * 1365,
    "combining marks": "ñ\u0301" * 2048,
}
WORDS = [
    word for language in LANGUAGES for key in list(vocabulary(language).phrases)[::23] for word in key
] + ["3", "15", "5:30", "27/11", "16h30", "5pm", ",", ".", "?", "2026", "99", "0", "24"]

FIRST, LAST = (datetime.fromisoformat(day) for day in ("2001-01-01", "2099-12-31"))
a_moment = st.datetimes(min_value=FIRST, max_value=LAST, timezones=st.just(UTC))
a_shop = st.sampled_from([DENTIST, BARBER, BAR, GYM, UNKNOWN])
a_language = st.sampled_from([*LANGUAGES, None])
phrased = st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join)


def ends(when: When) -> list[date]:
    return [
        at.date() if isinstance(at, datetime) else at for at in (when.start, when.end, *when.exclude) if at
    ]


def is_sound(mention: Mention, text: str, now: datetime) -> bool:
    for when in (mention.when, *mention.alternatives):
        moments = [at for at in (when.start, when.end) if isinstance(at, datetime)]
        assert all(at.tzinfo is not None and at.utcoffset() is not None for at in moments)
        assert all(abs(day - now.date()).days <= HORIZON.days + 1 for day in ends(when))
        if when.start and when.end:
            assert type(when.start) is type(when.end)
            assert when.start <= when.end
        assert has_the_ends_of_its_grain(when)
    return text[slice(*mention.span)] == mention.words


def has_the_ends_of_its_grain(when: When) -> bool:
    if when.shift is not None:
        return when.start is None and when.end is None
    both = when.start is not None and when.end is not None
    wanted = {
        Grain.MINUTE: isinstance(when.start, datetime) and when.end is None,
        Grain.APPROX: isinstance(when.start, datetime) and when.end is None,
        Grain.PART: both and isinstance(when.start, datetime),
        Grain.RANGE: both and isinstance(when.start, datetime),
        Grain.AFTER: when.start is not None and when.end is None,
        Grain.BEFORE: when.start is None and when.end is not None,
        Grain.DAY: when.start is not None and when.end is None,
        Grain.DAYS: both,
        Grain.WEEK: both,
        Grain.MONTH: both,
        Grain.ANY: when.start is None and when.end is None,
    }
    return wanted[when.grain]


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.text(max_size=300), now=a_moment, clock=a_shop, language=a_language)
def test_any_text_gives_an_answer(text, now, clock, language):
    assert all(is_sound(one, text, now) for one in read(text, now, clock, language))


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=phrased, now=a_moment, clock=a_shop, language=a_language)
def test_any_heap_of_words_for_times_gives_an_answer(text, now, clock, language):
    assert all(is_sound(one, text, now) for one in read(text, now, clock, language))


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_takes_longer_than_a_tenth_of_a_second(name, language):
    warm_up()
    text = NASTY[name][:LONGEST_TEXT]
    # The best of three: on a machine that does much else at once a single run is no measure.
    assert min(_took(text, language) for _ in range(3)) < ALLOWED_S


def test_time_grows_with_the_length_and_no_faster():
    warm_up()
    texts = ["lunes 3 de mayo a las 5 " * times for times in (10, 40)]
    short, long = (min(_took(text) for _ in range(5)) for text in texts)
    assert long < 4 * short * 2


def _took(text: str, language: str = "es") -> float:
    began = time.process_time()
    mentions(text, language=language)
    return time.process_time() - began


def test_what_lies_beyond_the_longest_message_is_not_read():
    assert len(tokens("a " * 10_000)) == MOST_TOKENS
    assert mentions("x" * LONGEST_TEXT + " mañana") == ()


def test_a_year_far_away_is_no_reading():
    assert mentions("el 3 de mayo de 2090") == ()
    assert mentions("en 300 semanas") == ()
