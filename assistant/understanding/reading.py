"""A message as read: its words, the details that it names, and the signs of each clause."""

from dataclasses import dataclass
from functools import cached_property

from assistant import smalltalk
from assistant.language import detect
from assistant.turns import Language
from assistant.understanding.counts import chosen, find_counts, stars
from assistant.understanding.lines import Found, Line, line_of, masked
from assistant.understanding.names import find_introduced, find_name
from assistant.understanding.people import find_people
from assistant.understanding.purposes import find_purpose
from assistant.understanding.services import catalogue_of, find_services
from assistant.understanding.shop_words import Shop
from assistant.understanding.signs import signs_of
from assistant.understanding.table_files import words_of
from assistant.understanding.times import ReadTimes, Timed, find_times
from assistant.understanding.values import Awaiting, Message, Slot
from assistant.wording import tidy

_SPELT = frozenset({"bye"})
_FEW = 3
"""Words of a message that is too short to show its language."""


@dataclass(frozen=True)
class Read:
    """Everything that is read of a message before anything is decided."""

    message: Message
    line: Line
    language: Language
    times: tuple[Timed, ...]
    found: tuple[Found, ...]
    """All mentions in the order of the text, times included."""

    @cached_property
    def clauses(self) -> tuple[tuple[str, ...], ...]:
        return masked(self.line, self.found)

    @cached_property
    def clause_signs(self) -> tuple[frozenset[str], ...]:
        """A goodbye is also looked for in the words as they are: "hasta el lunes" is no time."""
        seen = signs_of(self.clauses, self.language.value)
        plain = [self.line.plain[clause.start : clause.stop] for clause in self.line.clauses]
        spelt = signs_of(plain, self.language.value)
        return tuple(one | (other & _SPELT) for one, other in zip(seen, spelt, strict=True))

    @cached_property
    def signs(self) -> frozenset[str]:
        """Those of all clauses."""
        return frozenset().union(*self.clause_signs)

    @cached_property
    def talk(self) -> smalltalk.SmallTalk | None:
        return smalltalk.read(self.message.text)

    @cached_property
    def rating(self) -> int | None:
        """The score given, in figures or in stars."""
        given = [one.value for one in self.found if one.slot is Slot.RATING]
        if given and isinstance(given[0], int):
            return given[0]
        return stars(self.message.text) or None

    def of(self, slot: Slot) -> tuple[Found, ...]:
        return tuple(one for one in self.found if one.slot is slot)


def read_message(message: Message, shop: Shop, read_times: ReadTimes) -> Read:
    """Read a message against a shop's names and hours."""
    spoken = _spoken(message, shop)
    few = len(message.text.split()) <= _FEW
    language = spoken if spoken and few else detect(message.text, spoken, shop.languages)
    line = line_of(tidy(message.text), language.value)
    times = find_times(line, message.now, shop.clock, message.awaiting, read_times)
    times = tuple(one for one in times if not _is_name_or_choice(one, line, shop, message.awaiting))
    named = _named(line, shop, message.awaiting, times)
    taken = _places(named)
    kept = tuple(one for one in times if taken.isdisjoint(one.found.span))
    found = sorted((*named, *(one.found for one in kept)), key=lambda one: one.first)
    return Read(message, line, language, kept, tuple(found))


def _is_name_or_choice(timed: Timed, line: Line, shop: Shop, awaiting: Awaiting | None) -> bool:
    """What looks like a time but is a service's own word ("luzes"), or a choice among a few words ("el 1")."""
    if len(timed.found.span) > 1:
        return (
            awaiting is Awaiting.OFFER and len(line.plain) <= _FEW and chosen(line, timed.found) is not None
        )
    word = line.plain[timed.found.first]
    if word in catalogue_of(shop.words).by_word and word not in words_of("weekday_words"):
        return True
    return awaiting is Awaiting.OFFER and len(line.plain) <= _FEW and chosen(line, timed.found) is not None


def _spoken(message: Message, shop: Shop) -> Language | None:
    """The language of the conversation: in the middle of a booking it is the shop's, if nothing else is known."""
    return message.language or (shop.languages[0] if message.awaiting is not None else None)


def _named(line: Line, shop: Shop, awaiting: Awaiting | None, times: tuple[Timed, ...]) -> tuple[Found, ...]:
    """Names, people, services and numbers, the surest first; none looks at what an earlier one has taken."""
    timed = _places(tuple(one.found for one in times))
    found = find_introduced(line, timed)
    if awaiting is not Awaiting.NAME:
        found += find_people(line, shop.words, awaiting, timed | _places(found))
    services = _services(line, shop, timed | _places(found), timed)
    if not any(one.slot is Slot.NAME for one in found):
        found += find_name(line, awaiting, timed | _places(found) | _places(services))
    found += services
    found += find_counts(line, awaiting, timed | _places(found))
    purpose = () if services else find_purpose(line, timed | _places(found))
    return (*found, *purpose)


def _services(line: Line, shop: Shop, taken: frozenset[int], timed: frozenset[int]) -> tuple[Found, ...]:
    """As "Menú del día" is a service although a day is in it: a long span wins over the time inside it."""
    whole = find_services(line, shop.words, taken - timed)
    if any(len(one.span) > 2 and set(one.span) & timed for one in whole):
        return whole
    return find_services(line, shop.words, taken)


def _places(found: tuple[Found, ...]) -> frozenset[int]:
    return frozenset(place for one in found for place in one.span)
