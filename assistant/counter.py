"""The counter: a turn and a merchant's shelf in, an answer out.

Every question of the turn gets the candidates that the merchant's knowledge has for it; the judge says how far
each is to be believed; what is believed is said with its sources, what is not is owned up to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant import smalltalk
from assistant.asking import Asked, read_turn
from assistant.candidates import Bench
from assistant.confidence import Judge, default_judge
from assistant.deciding import Decision, decide
from assistant.language import detect
from assistant.replying import Reply
from assistant.speech import Voice
from assistant.stock import Stock, StockRoom
from assistant.turns import Answer, Language, QueryEncoder, Shelf, Turn, Vector
from knowledge.entries import Profile

_SEARCHED = 20


@dataclass(frozen=True, slots=True)
class _Scene:
    """What stays the same for all questions of a turn."""

    shelf: Shelf
    stock: Stock
    voice: Voice
    now: datetime
    bench: Bench


class Counter:
    """Answers turns. Keeps nothing of them; safe to share between threads if the encoder is."""

    def __init__(self, encoder: QueryEncoder, judge: Judge | None = None, stocks: StockRoom | None = None) -> None:
        self._encoder = encoder
        self._judge = judge
        self._stocks = stocks or StockRoom()

    def answer(self, turn: Turn, shelf: Shelf) -> Answer:
        profile = shelf.knowledge_base.profile
        language = detect(turn.text, turn.language, _languages(profile))
        reply = Reply(Voice.of(profile, language), profile.name, turn)
        talk = smalltalk.read(turn.text)
        if talk is not None:
            return reply.smalltalk(talk)
        scene = self._scene(turn, shelf, language)
        asked = read_turn(turn, scene.stock, scene.now, language)
        return reply.to_questions(self._decisions(asked, scene))

    def _scene(self, turn: Turn, shelf: Shelf, language: Language) -> _Scene:
        stock = self._stocks.stock_of(shelf.knowledge_base)
        voice = Voice.of(shelf.knowledge_base.profile, language)
        now = turn.asked_at.astimezone(ZoneInfo(shelf.knowledge_base.profile.timezone))
        return _Scene(shelf, stock, voice, now, Bench(stock, voice, now))

    def _decisions(self, asked: Sequence[Asked], scene: _Scene) -> list[Decision]:
        texts = [text for one in asked for text in one.texts]
        vectors = iter(self._encoder.encode_queries(texts))
        decisions: list[Decision] = []
        for one in asked:
            before = decisions[-1] if decisions else None
            decisions.append(self._decision(one, [next(vectors) for _ in one.texts], scene, before))
        return decisions

    def _decision(self, asked: Asked, vectors: Sequence[Vector], scene: _Scene, before: Decision | None) -> Decision:
        searches = [
            scene.shelf.index.search(text, vector, _SEARCHED) for text, vector in zip(asked.texts, vectors, strict=True)
        ]
        return decide(asked, searches, scene.bench, scene.stock, self._judge or default_judge(), before)


def _languages(profile: Profile) -> tuple[Language, ...]:
    return tuple(Language(tag) for tag in profile.languages if tag in tuple(Language))
