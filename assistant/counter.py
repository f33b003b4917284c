"""The counter: a turn and a merchant's shelf in, an answer out.

Every question of the turn gets the candidates that the merchant's knowledge has for it; the judge says how far
each is to be believed; what is believed is said with its sources, what is not is owned up to.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from assistant import smalltalk
from assistant.asking import Asked, read_turn
from assistant.candidates import Bench
from assistant.composers.composer import Composer
from assistant.composers.quoting import QuotingComposer
from assistant.confidence import Judge, default_judge
from assistant.deciding import Decision, beside_declined, both, decide, in_scope, speaks_of, speaks_of_both
from assistant.evidence import evidence_head
from assistant.language import detect
from assistant.replying import Reply
from assistant.scope import Scope, load_scope
from assistant.speech import Voice
from assistant.stock import Stock, StockRoom
from assistant.told import EvidenceScores, HeadScores
from assistant.turns import Answer, Language, Shelf, TokenEncoder, Turn
from assistant.weighing import weigh
from assistant.writing import Writer
from knowledge.embedding.encoder import TokenVectors
from knowledge.entries import Profile


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
    Questions are encoded as the shelf was; with `encoder` where the shelf has none.
    """

    encoder: TokenEncoder
    composer: Composer = field(default_factory=QuotingComposer)
    judge: Judge | None = None
    scope: Scope | None = None
    head: EvidenceScores | None = None
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
        decisions = beside_declined(self._decisions(asked, scene))
        return reply.of_parts([writer.write(one) for one in decisions if not one.answered_before])

    def warm(self, shelf: Shelf) -> None:
        """Do ahead of the first question what is done once for a version.

        Where the shelf brings no sketches that is seconds for a hundred entries.
        """
        stock = self._rooms.stock_of(shelf.knowledge_base)
        self._head.warm(tuple(stock.first_texts.values()), shelf)

    def _scene(self, turn: Turn, shelf: Shelf, voice: Voice) -> _Scene:
        stock = self._rooms.stock_of(shelf.knowledge_base)
        now = turn.asked_at.astimezone(ZoneInfo(shelf.knowledge_base.profile.timezone))
        return _Scene(shelf, stock, voice, now, Bench(stock, voice, now))

    def _decisions(self, asked: Sequence[Asked], scene: _Scene) -> list[Decision]:
        """One call of the encoder for all questions of the turn."""
        encoded = _Encoded.of(scene.shelf.encoder or self.encoder, asked)
        decisions: list[Decision] = []
        for one in asked:
            before = decisions[-1] if decisions else None
            own = self._decision(one, encoded.of_texts(one.texts), scene, before)
            other = self._halved(one, own, encoded, scene) or self._leant(one, own, encoded, scene)
            decisions.append(other or own)
        return decisions

    def _leant(self, asked: Asked, own: Decision, encoded: "_Encoded", scene: _Scene) -> Decision | None:
        """What the question comes to with the subject of the one before it, where it came to nothing by itself."""
        leant = asked.leant
        if leant is None or own.chosen or own.answered_before or own.declined is not None:
            return None
        decision = self._decision(leant, encoded.of_texts(leant.texts), scene, None)
        told = decision.chosen and speaks_of(decision.chosen[0], asked.question, scene.stock)
        return replace(decision, asked=asked) if told else None

    def _halved(self, asked: Asked, own: Decision, encoded: "_Encoded", scene: _Scene) -> Decision | None:
        """Both answers to a question that names two things, where no one card speaks of both."""
        pair = asked.halved
        if (
            pair is None
            or own.answered_before
            or len(own.chosen) > 1
            or speaks_of_both(own, pair, scene.stock)
        ):
            return None
        first, second = (self._decision(half, encoded.of_texts(half.texts), scene, None) for half in pair)
        return both(asked, first, second)

    def _decision(
        self, asked: Asked, encoded: Sequence[TokenVectors], scene: _Scene, before: Decision | None
    ) -> Decision:
        weighed = weigh(asked, encoded, scene.shelf, scene.bench, scene.stock, self._head)
        decision = decide(asked, weighed, scene.bench, scene.stock, self._judge, before)
        return in_scope(decision, self._scope, encoded[0].pooled)

    @cached_property
    def _rooms(self) -> StockRoom:
        return self.stocks or StockRoom()

    @cached_property
    def _judge(self) -> Judge:
        return self.judge or default_judge()

    @cached_property
    def _head(self) -> EvidenceScores:
        return self.head or HeadScores(evidence_head(), self.encoder)

    @cached_property
    def _scope(self) -> Scope:
        return self.scope or load_scope()


@dataclass(frozen=True, slots=True)
class _Encoded:
    """Every text of a turn with its vectors."""

    vectors: Mapping[str, TokenVectors]

    @classmethod
    def of(cls, encoder: TokenEncoder, asked: Sequence[Asked]) -> "_Encoded":
        others = [other for one in asked for other in (one.leant, *(one.halved or ()))]
        texts = [text for one in (*asked, *others) if one is not None for text in one.texts]
        unique = list(dict.fromkeys(texts))
        return cls(dict(zip(unique, encoder.encode_tokens(unique, "query"), strict=True)))

    def of_texts(self, texts: Sequence[str]) -> list[TokenVectors]:
        return [self.vectors[text] for text in texts]


def _languages(profile: Profile) -> tuple[Language, ...]:
    return tuple(Language(tag) for tag in profile.languages if tag in tuple(Language))
