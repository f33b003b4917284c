"""Special days that a customer calls by the merchant's own name for them: "el domingo del super bowl"."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.facts.when import When
from assistant.tables import word_set
from assistant.terms import is_empty
from assistant.wording import plain_words
from knowledge.entries import SpecialDay


def with_occasion(when: When, words: Sequence[str], special: Iterable[SpecialDay], today: date) -> When:
    """The days of the question, or those of the coming special day that its words name."""
    if when.days or when.weekdays:
        return when
    coming = sorted((day for day in special if day.day >= today), key=lambda day: day.day)
    named = next((day for day in coming if _is_named(day, set(words))), None)
    return replace(when, days=(named.day,)) if named is not None else when


def _is_named(special: SpecialDay, words: set[str]) -> bool:
    """At least half of what the note says of the day, and more than one word of it unless it says only one."""
    telling = {
        word
        for word in plain_words(special.note)
        if len(word) > 2 and not is_empty(word) and word not in word_set("dates", "notes")
    }
    said = telling & words
    return bool(said) and 2 * len(said) >= len(telling)
