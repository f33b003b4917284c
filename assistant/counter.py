"""The counter: a turn and a merchant's shelf in, an answer out.

Every question of the turn gets the candidates that the merchant's knowledge has for it; the judge says how far
each is to be believed; what is believed is said with its sources, what is not is owned up to.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from assistant import smalltalk
from assistant.asking import Asked, read_turn
from assistant.candidates import Bench
from assistant.composers.composer import Composer
from assistant.composers.quoting import QuotingComposer
from assistant.confidence import Judge, default_judge
from assistant.deciding import Decision, decide, in_scope
from assistant.language import detect
from assistant.replying import Reply
from assistant.scope import Scope, load_scope
from assistant.speech import Voice
from assistant.stock import Stock, StockRoom
from assistant.turns import Answer, Language, QueryEncoder, Shelf, Turn, Vector
from assistant.writing import Writer
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


@dataclass(frozen=True)
class Counter:
    """Answers turns. Keeps nothing of them; safe to share between threads if the encoder is.

    The judge and the scope that come with the package are loaded at the first turn, unless others are given.
    """

    encoder: QueryEncoder
    composer: Composer = field(default_factory=QuotingComposer)
    judge: Judge | None = None
    scope: Scope | None = None
    stocks: StockRoom | None = None

    def answer(self, turn: Turn, shelf: Shelf) -> Answer:
        profile = shelf.knowledge_base.profile
        language = detect(turn.text, turn.language, _languages(profile))
        voice = Voice.of(profile, language)
        reply = Reply(voice, profile.name, turn)
        talk = smalltalk.read(turn.text)
        if talk is not None:
            return reply.smalltalk(talk)
        scene = self._scene(turn, shelf, voice)
        asked = read_turn(turn, scene.now, language)
        writer = Writer(self.composer, scene.stock, voice)
        decisions = self._decisions(asked, scene)
        return reply.of_parts([writer.write(one) for one in decisions if not one.answered_before])

    def _scene(self, turn: Turn, shelf: Shelf, voice: Voice) -> _Scene:
        stock = self._rooms.stock_of(shelf.knowledge_base)
        now = turn.asked_at.astimezone(ZoneInfo(shelf.knowledge_base.profile.timezone))
        return _Scene(shelf, stock, voice, now, Bench(stock, voice, now))

    def _decisions(self, asked: Sequence[Asked], scene: _Scene) -> list[Decision]:
        """One call of the encoder for all questions of the turn."""
        vectors = iter(self.encoder.encode_queries([text for one in asked for text in one.texts]))
        decisions: list[Decision] = []
        for one in asked:
            before = decisions[-1] if decisions else None
            decisions.append(self._decision(one, [next(vectors) for _ in one.texts], scene, before))
        return decisions

    def _decision(
        self, asked: Asked, vectors: Sequence[Vector], scene: _Scene, before: Decision | None
    ) -> Decision:
        pairs = zip(asked.texts, vectors, strict=True)
        searches = [scene.shelf.index.search(text, vector, _SEARCHED) for text, vector in pairs]
        decision = decide(asked, searches, scene.bench, scene.stock, self._judge, before)
        return in_scope(decision, self._scope, vectors[0])

    @cached_property
    def _rooms(self) -> StockRoom:
        return self.stocks or StockRoom()

    @cached_property
    def _judge(self) -> Judge:
        return self.judge or default_judge()

    @cached_property
    def _scope(self) -> Scope:
        return self.scope or load_scope()


def _languages(profile: Profile) -> tuple[Language, ...]:
    return tuple(Language(tag) for tag in profile.languages if tag in tuple(Language))
