"""A question as read: its words, what it asks for, which days it speaks of, and what is left as its subject."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from assistant.facts.when import When, read_when
from assistant.kinds import Cue, Kind, read_kinds
from assistant.quantities import Range, measured_places, ranges_in
from assistant.terms import Term, terms_of
from assistant.wording import Word, read_words

_WHICH = frozenset({"que", "cual", "cuales", "qual", "quais", "what", "which", "cuanto", "quanto"})
_WITHOUT = frozenset({"sin", "sem", "without", "no"})
_NEAR = 5
"""Words after a cue among which its object is looked for."""


@dataclass(frozen=True)
class Question:
    """One question of a turn. `carried` are terms that it takes over from the question before it."""

    text: str
    words: tuple[Word, ...]
    cues: tuple[Cue, ...]
    when: When
    language: str
    carried: tuple[Term, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        return tuple(word.text for word in self.words)

    @cached_property
    def kinds(self) -> frozenset[Kind]:
        return frozenset(cue.kind for cue in self.cues)

    @cached_property
    def cue_places(self) -> frozenset[int]:
        return frozenset(place for cue in self.cues for place in cue.places)

    @cached_property
    def subject(self) -> tuple[Term, ...]:
        """What the question is about: its telling words, less those that only say what is asked for."""
        own = terms_of(self.plain, self.language, self.cue_places | self.measured)
        return own + self.carried

    @cached_property
    def telling(self) -> tuple[Term, ...]:
        """All telling words, those of the cues too."""
        return terms_of(self.plain, self.language, self.measured) + self.carried

    @cached_property
    def wanted(self) -> tuple[Term, ...]:
        """The telling words less those that the customer wants to do without."""
        return tuple(term for term in self.telling if term.stem not in self.refused)

    @cached_property
    def measured(self) -> frozenset[int]:
        """Places of amounts with a unit: they are compared as amounts, not as words."""
        return frozenset(measured_places(self.plain))

    @cached_property
    def focus(self) -> tuple[Term, ...]:
        """The thing asked for: the terms right after what shows the kind ("de que *marca*", "venden *arena*")."""
        places = [cue.last for cue in self.cues] + [
            place + 1
            for place, word in enumerate(self.plain)
            if word in _WHICH and place not in self.cue_places
        ]
        chosen: dict[tuple[int, ...], Term] = {}
        for start in places:
            near = [term for term in self.subject if term.places and start <= term.places[0] < start + _NEAR]
            chosen.update({term.places: term for term in near[:2]})
        return tuple(chosen.values()) or self.subject[:2]

    @cached_property
    def refused(self) -> frozenset[str]:
        """Stems that the customer says no to: "sin balcón", "boneless no"."""
        found = set()
        for term in self.subject:
            before = self.plain[term.places[0] - 1] if term.places and term.places[0] else ""
            after = (
                self.plain[term.places[-1] + 1]
                if term.places and term.places[-1] + 1 < len(self.plain)
                else ""
            )
            if before in _WITHOUT or (after == "no" and before not in _WITHOUT):
                found.add(term.stem)
        return frozenset(found)

    @cached_property
    def amounts(self) -> tuple[Range, ...]:
        return ranges_in(" ".join(self.plain))

    @property
    def typed(self) -> str:
        """The question as typed, with what it takes over."""
        carried = " ".join(term.word for term in self.carried)
        return f"{self.text} {carried}".strip()

    @property
    def spelt(self) -> str:
        """The question in full words, with what it takes over: what is searched for."""
        carried = " ".join(term.word for term in self.carried)
        return f"{' '.join(self.plain)} {carried}".strip()


def read_question(text: str, now: datetime, language: str, carried: tuple[Term, ...] = ()) -> Question:
    words = read_words(text, language)
    plain = tuple(word.text for word in words)
    return Question(
        text=text,
        words=words,
        cues=read_kinds(plain),
        when=read_when(plain, now, language),
        language=language,
        carried=carried,
    )
