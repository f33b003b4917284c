"""A turn heard as a whole: what is wanted, and the answer to what of it asks something of the merchant's knowledge.

Wishes about bookings are not answered here: they leave as intents, and the words in which they were put are kept from the
counter, which would look for an answer to them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from assistant.asking import read_turn
from assistant.expressions.hours import shop_clock
from assistant.intents import (
    Availability,
    Book,
    Cancel,
    Complaint,
    DeleteData,
    ExportData,
    Human,
    Intent,
    MyBookings,
    OptInYes,
    OptOut,
    Question,
    Rate,
    ReminderConfirm,
    Reschedule,
    Unsure,
)
from assistant.intents_codec import kind_of
from assistant.room import Answering
from assistant.turns import Answer, AnswerKind, Language, Shelf, Turn
from assistant.understanding.reader import Understander
from assistant.understanding.shop_words import Shop, words_from
from assistant.understanding.values import Awaiting, Message, Understanding
from knowledge.entries import KnowledgeBase

_BOOKING = (Book, Availability, Reschedule, Cancel, MyBookings, ReminderConfirm)
_ELSEWHERE = (*_BOOKING, Human, Complaint, Rate, OptInYes, OptOut, DeleteData, ExportData)
"""What is not answered from the merchant's knowledge."""
_SURELY_OUTSIDE = 0.8
_SURELY_WISHED = 0.9
"""A wish as sure as this is heard, whatever the words look like."""
_KNOWN = frozenset({AnswerKind.ANSWERED, AnswerKind.PARTLY, AnswerKind.HANDOFF})


@dataclass(frozen=True, slots=True)
class Heard:
    """What leaves the mind about a turn."""

    answer: Answer
    intents: tuple[Intent, ...] = ()


@dataclass(frozen=True)
class Consultant:
    """Understands a turn, and has the counter answer what of it is a question."""

    counter: Answering
    understander: Understander | None = None
    """None: every turn is a question."""

    def hear(self, turn: Turn, awaiting: Awaiting | None, shelf: Shelf) -> Heard:
        if self.understander is None:
            return Heard(self.counter.answer(turn, shelf))
        shop = _shop(shelf.knowledge_base)
        message = Message(
            text=turn.text,
            now=turn.asked_at.astimezone(ZoneInfo(shelf.knowledge_base.profile.timezone)),
            awaiting=awaiting,
            language=turn.language,
            earlier=turn.earlier,
        )
        understood = self.understander.understand(message, shop)
        declined = self._declined(turn, message, understood, shelf)
        if declined is not None:
            return Heard(declined)
        intents = _told_apart(understood.intents, turn, message)
        return Heard(self._answer(turn, message, replace(understood, intents=intents), shop, shelf), intents)

    def _declined(
        self, turn: Turn, message: Message, understood: Understanding, shelf: Shelf
    ) -> Answer | None:
        """A refusal, where words that look like a wish out of the blue are surely none of the counter's business.

        "Pásame la receta del domingo" is no booking, nor is asking for another person's appointment.
        """
        wished = [
            understood.chances.get(kind_of(one), 0.0)
            for one in understood.intents
            if isinstance(one, _BOOKING)
        ]
        if message.awaiting is not None or not wished or max(wished) >= _SURELY_WISHED:
            return None
        answer = self.counter.answer(turn, shelf)
        surely = answer.kind is AnswerKind.DECLINED and answer.confidence >= _SURELY_OUTSIDE
        return answer if surely else None

    def _answer(
        self, turn: Turn, message: Message, understood: Understanding, shop: Shop, shelf: Shelf
    ) -> Answer:
        intents = understood.intents
        if not any(isinstance(one, _ELSEWHERE) for one in intents):
            return self._of_questions(turn, message, intents, shelf)
        if not any(isinstance(one, Question) for one in intents):
            return _nothing(understood.language)
        asked = self._without_wishes(turn, message, understood.language, shop)
        return self.counter.answer(asked, shelf) if asked else _nothing(understood.language)

    def _of_questions(self, turn: Turn, message: Message, intents: Sequence[Intent], shelf: Shelf) -> Answer:
        """Where a detail of a booking is awaited, words that say nothing known are left to who waits for it."""
        answer = self.counter.answer(turn, shelf)
        unsure = all(isinstance(one, Unsure) for one in intents)
        if unsure and message.awaiting is not None and answer.kind not in _KNOWN:
            return _nothing(answer.language)
        return answer

    def _without_wishes(self, turn: Turn, message: Message, language: Language, shop: Shop) -> Turn | None:
        """The turn without those of its questions that are wishes; None where nothing is left of it."""
        pieces = [one.question.typed for one in read_turn(turn, message.now, language)]
        if len(pieces) < 2:
            return turn
        kept = [piece for piece in pieces if not self._is_wish(replace(message, text=piece), shop)]
        return replace(turn, text="\n".join(kept)) if kept else None

    def _is_wish(self, message: Message, shop: Shop) -> bool:
        if self.understander is None:
            return False
        intents = self.understander.understand(message, shop).intents
        wishes = any(isinstance(one, _ELSEWHERE) for one in intents)
        return wishes and not any(isinstance(one, Question) for one in intents)


def _told_apart(intents: tuple[Intent, ...], turn: Turn, message: Message) -> tuple[Intent, ...]:
    """One clause that may be a question or a wish is a question, unless the wish names what, who or when."""
    if not any(isinstance(one, Question) for one in intents):
        return intents
    if len(read_turn(turn, message.now, message.language or Language.ES)) > 1:
        return intents
    return tuple(one for one in intents if not (isinstance(one, Availability | Book) and _is_bare(one)))


def _is_bare(wish: Availability | Book) -> bool:
    slots = wish.slots
    return not (slots.service or slots.staff or slots.when)


def _shop(base: KnowledgeBase) -> Shop:
    languages = tuple(Language(tag) for tag in base.profile.languages if tag in tuple(Language))
    return Shop(words=words_from(base), clock=shop_clock(base), languages=languages or (Language.ES,))


def _nothing(language: Language) -> Answer:
    """No words of the mind's own."""
    return Answer(text="", language=language, kind=AnswerKind.PASSED, abstained=False)
