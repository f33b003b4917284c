"""Whether a model's words may be sent in place of the draft. Every doubt is an objection: the draft is always there.

The checks are cheap and strict. They cannot prove that a text means the same; they catch what does harm: an invented
or lost figure, a lost "no" or "only", a new promise, another day, another language, an echo of the instruction.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from assistant.composers import signs
from assistant.composers.prompt import INSTRUCTION
from assistant.figures import FigureKind, unsupported
from assistant.mentions.reading import mentions
from assistant.turns import Language

LONGEST = 1024
_MARKUP = re.compile(
    r"</?[a-zA-Z!]|```|`|\]\(|\*\*|^\s{0,3}#{1,6}\s|^\s*\|.*\||^\s*[-=]{3,}\s*$|[{}]", re.MULTILINE
)
_CONTACTS = (FigureKind.PHONE, FigureKind.EMAIL, FigureKind.LINK)
_JOINER = "\u200d"
_ECHO = 6
"""Words in a row that are taken for an echo."""
_FEWEST_KEPT = 0.3
_MOST_NEW = 0.5
_NEW_ALLOWED = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A model's words, the draft they are to stand for, and the cited titles and texts."""

    text: str
    draft: str
    sources: tuple[str, ...]
    language: Language

    @property
    def draft_language(self) -> Language:
        return signs.likely_language(self.draft, self.language)

    @property
    def known(self) -> tuple[str, ...]:
        return (self.draft, *self.sources)


Check = Callable[[Candidate], str | None]


def objection(candidate: Candidate) -> str | None:
    """The first reason not to send these words, or None."""
    if candidate.text == candidate.draft:
        return None
    return next((reason for check in _CHECKS if (reason := check(candidate))), None)


def _form(candidate: Candidate) -> str | None:
    if not candidate.text:
        return "empty"
    if len(candidate.text) > LONGEST:
        return "too long"
    if any(_is_unwelcome(character) for character in candidate.text):
        return "control characters"
    markup = _MARKUP.search(candidate.text)
    return "markup" if markup and markup[0] not in candidate.draft else None


def _is_unwelcome(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" and character not in {"\n", _JOINER}


def _speaks_of_itself(candidate: Candidate) -> str | None:
    said = signs.leaks(candidate.text) - signs.leaks("\n".join(candidate.known))
    return "speaks of its instructions" if said or _echoes(candidate) else None


def _echoes(candidate: Candidate) -> bool:
    return bool(_runs(candidate.text) & (_runs(INSTRUCTION) - _runs("\n".join(candidate.known))))


def _runs(text: str) -> frozenset[tuple[str, ...]]:
    said = signs.words(text)
    return frozenset(said[at : at + _ECHO] for at in range(len(said) - _ECHO + 1))


def _in_language(candidate: Candidate) -> str | None:
    votes = signs.language_votes(candidate.text)
    return "other language" if votes[candidate.language] < max(votes.values()) else None


def _figures(candidate: Candidate) -> str | None:
    invented = unsupported(candidate.text, candidate.known, locale=candidate.language.value)
    if not invented:
        return None
    first = next((figure for figure in invented if figure.kind in _CONTACTS), invented[0])
    return f"{'contact' if first.kind in _CONTACTS else 'figure'} without a source: {first.value}"


def _keeps_figures(candidate: Candidate) -> str | None:
    lost = unsupported(candidate.draft, [candidate.text], locale=candidate.draft_language.value)
    if lost:
        return f"lost figure: {lost[0].value}"
    return None if _in_order(candidate) else "figures in another order"


def _in_order(candidate: Candidate) -> bool:
    """Two prices that change places are two wrong prices."""
    said = [mention.figure for mention in mentions(candidate.text, candidate.language.value)]
    given = [mention.figure for mention in mentions(candidate.draft, candidate.draft_language.value)]
    both = set(said) & set(given)
    shared = [figure for figure in dict.fromkeys(said) if figure in both]
    return shared == [figure for figure in dict.fromkeys(given) if figure in both]


def _denials(candidate: Candidate) -> str | None:
    said = signs.denials(candidate.text, candidate.language)
    given = signs.denials(candidate.draft, candidate.draft_language)
    same = said == given and signs.withouts(candidate.text) == signs.withouts(candidate.draft)
    denies = signs.denies_at_all(candidate.text, candidate.language)
    same = same and denies == signs.denies_at_all(candidate.draft, candidate.draft_language)
    opposite = {signs.opener(candidate.text), signs.opener(candidate.draft)} == {"yes", "no"}
    return None if same and not opposite else "denial lost or added"


def _limits(candidate: Candidate) -> str | None:
    lost = signs.groups("qualifiers", candidate.draft) - signs.groups("qualifiers", candidate.text)
    return f"lost limit: {min(lost)}" if lost else None


def _promises(candidate: Candidate) -> str | None:
    new = signs.groups("promises", candidate.text) - signs.groups("promises", "\n".join(candidate.known))
    return f"new promise: {min(new)}" if new else None


def _days(candidate: Candidate) -> str | None:
    said = signs.days(candidate.text, candidate.language)
    given = signs.days(candidate.draft, candidate.draft_language)
    cited = (signs.days(source, language) for source in candidate.sources for language in Language)
    if said - given.union(*cited):
        return "day without a source"
    return "lost day" if given - said else None


def _stays_close(candidate: Candidate) -> str | None:
    """Words of the same language must be mostly those of the draft; a translation cannot be held to that."""
    if candidate.draft_language is not candidate.language:
        return None
    said, given = signs.stems(candidate.text), signs.stems(candidate.draft)
    new = said - signs.stems("\n".join(candidate.known))
    strays = len(new) > max(_NEW_ALLOWED, _MOST_NEW * len(said))
    return "strays from the draft" if strays or len(said & given) < _FEWEST_KEPT * len(given) else None


_CHECKS: tuple[Check, ...] = (
    _form,
    _speaks_of_itself,
    _figures,
    _keeps_figures,
    _in_language,
    _denials,
    _limits,
    _promises,
    _days,
    _stays_close,
)
