"""A turn as questions: split, read, and joined to the subjects that they leave unsaid."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from assistant import smalltalk
from assistant.conjoined import halves
from assistant.kinds import Kind
from assistant.reading import Question, read_question
from assistant.splitting import Piece, split
from assistant.terms import Term
from assistant.turns import Language, Origin, Turn
from assistant.wording import tidy

_LONGEST = 1500
"""Characters of a turn that are read; a longer one has long said what it wants."""
_CARRIED = 6
"""Terms that a question takes over from the one before it."""
_ATTRIBUTES = frozenset(
    {
        Kind.PRICE,
        Kind.DURATION,
        Kind.DAYS,
        Kind.WHO,
        Kind.INCLUDE,
        Kind.STOCK,
        Kind.QUANTITY,
        Kind.WHEN,
        Kind.OFFER,
        Kind.HOW,
    }
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question, and its asking clause alone where a story stands around it."""

    question: Question
    clause: Question | None
    explicit: bool = True
    """Whether it is surely a question of its own, so that not knowing the answer must be said."""
    own_subject: bool = True
    """Whether it says itself what it is about."""
    pair: tuple[Question, Question] | None = None
    """Where it names two things: the question for the one and for the other."""
    leaning: Question | None = None
    """The same with the subject of the question before it: tried where it cannot be answered by itself."""

    @property
    def texts(self) -> tuple[str, ...]:
        """What is searched for, as typed (it is found more often than spelt out), the whole first."""
        return (self.question.typed,) if self.clause is None else (self.question.typed, self.clause.typed)

    @property
    def halved(self) -> "tuple[Asked, Asked] | None":
        """The question once for each of the two things that it names."""
        found = (
            None
            if self.pair is None
            else tuple(replace(self, question=one, clause=None, leaning=None, pair=None) for one in self.pair)
        )
        return None if found is None else (found[0], found[1])

    @property
    def leant(self) -> "Asked | None":
        return (
            None if self.leaning is None else replace(self, question=self.leaning, clause=None, leaning=None)
        )


def read_turn(turn: Turn, now: datetime, language: Language) -> tuple[Asked, ...]:
    """The questions of a turn, in order. A turn that asks nothing is one question."""
    text = tidy(turn.text)[:_LONGEST]
    pieces = _asking(split(text, language.value))
    return tuple(_joined(pieces, turn, now, language.value))


def _asking(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without the pieces that only greet or thank."""
    return tuple(piece for piece in pieces if smalltalk.read(piece.text) is None) or tuple(pieces[-1:])


def _joined(pieces: Sequence[Piece], turn: Turn, now: datetime, language: str) -> Iterator[Asked]:
    carried = _from_before(turn, now, language) if len(pieces) == 1 else ()
    for piece in pieces:
        question = read_question(piece.text, now, language)
        bare = not _own_subject(question)
        if bare and carried and question.kinds & _ATTRIBUTES:
            question = read_question(piece.text, now, language, carried)
        clause = None
        if piece.asked != piece.text:
            clause = read_question(piece.asked, now, language)
        leaning = None
        if carried and not question.carried and len(pieces) > 1:
            leaning = read_question(piece.text, now, language, carried[:_CARRIED])
        yield Asked(
            question,
            clause,
            explicit=len(pieces) == 1 or (piece.explicit and not (bare and question.kinds <= _ATTRIBUTES)),
            own_subject=not bare,
            pair=_pair(question, now),
            leaning=leaning,
        )
        carried = tuple(_plain(term) for term in question.subject) or carried


def _pair(question: Question, now: datetime) -> tuple[Question, Question] | None:
    texts = halves(question)
    if texts is None:
        return None
    first, second = (read_question(text, now, question.language, question.carried) for text in texts)
    return first, second


def _from_before(turn: Turn, now: datetime, language: str) -> tuple[Term, ...]:
    """The subject of the customer's last line, for "¿y cuánto dura?"."""
    before = next((line.text for line in reversed(turn.earlier) if line.origin is Origin.CUSTOMER), "")
    return (
        tuple(_plain(term) for term in read_question(before, now, language).subject[:_CARRIED])
        if before
        else ()
    )


def _own_subject(question: Question) -> tuple[Term, ...]:
    return tuple(term for term in question.subject if not set(term.places) <= question.when.used)


def _plain(term: Term) -> Term:
    """The term without its place, which belongs to another text."""
    return Term(term.word, term.stem, term.concepts)
