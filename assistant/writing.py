"""A decision put into words: composed, checked figure by figure against what it cites, or owned up to."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant import scope
from assistant.cards import Card
from assistant.composers.composer import Cited, Composer
from assistant.deciding import Decision
from assistant.figures import unsupported
from assistant.scope import ScopeKind
from assistant.speech import Voice
from assistant.stock import Stock
from assistant.turns import AnswerKind, Part, Source


@dataclass(frozen=True, slots=True)
class Written:
    """A part of the reply, and whether not knowing it must be said."""

    part: Part
    explicit: bool


class Writer:
    """Writes the parts of one turn. No figure leaves it that no cited entry holds."""

    def __init__(self, composer: Composer, stock: Stock, voice: Voice) -> None:
        self._composer = composer
        self._stock = stock
        self._voice = voice

    def write(self, decision: Decision) -> Written:
        if decision.declined is not None:
            return Written(self._declined(decision), explicit=True)
        if not decision.chosen:
            return Written(_unknown(decision), decision.asked.explicit)
        return Written(self._answered(decision), decision.asked.explicit)

    def _answered(self, decision: Decision) -> Part:
        draft = "\n".join(one.finding.text for one in decision.chosen)
        cited = self._cited(decision)
        grounds = [one.text for one in cited] + [said for one in decision.chosen for said in one.finding.said]
        loose = self._unsupported(draft, grounds)
        if loose:
            return _unknown(decision, (f"figures without a source: {', '.join(loose)}",))
        composed = self._composer.compose(decision.asked.question.text, self._voice.language, draft, cited)
        kept = composed.text == draft or not self._unsupported(composed.text, grounds)
        text = composed.text if kept else draft
        return Part(
            question=decision.asked.question.text,
            kind=AnswerKind.ANSWERED,
            answer=text,
            sources=tuple(Source(one.citation, one.title) for one in cited),
            confidence=decision.confidence,
            why=(
                *decision.why,
                *((f"own words: {composed.fell_back_because}",) if composed.fell_back_because else ()),
            ),
        )

    def _unsupported(self, text: str, grounds: Sequence[str]) -> tuple[str, ...]:
        found = unsupported(text, grounds, locale=self._voice.language.value)
        return tuple(str(figure.value) for figure in found)

    def _cited(self, decision: Decision) -> tuple[Cited, ...]:
        pairs = ((citation, one.card) for one in decision.chosen for citation in one.finding.citations)
        return tuple(
            Cited(
                citation=citation,
                title=self._card(citation, card).title,
                text=self._card(citation, card).text,
            )
            for citation, card in dict(pairs).items()
        )

    def _card(self, citation: str, card: Card) -> Card:
        """The card of a citation; a special day is cited by its own key and stands on the hours card."""
        key = "hours" if citation.startswith("special:") else citation
        return self._stock.by_citation.get(key, card)

    def _declined(self, decision: Decision) -> Part:
        question = decision.asked.question.text
        name = self._stock.base.profile.name
        text = scope.decline(decision.declined or ScopeKind.WORLD, question, self._voice.language, name)
        return Part(
            question=question,
            kind=AnswerKind.DECLINED,
            answer=text,
            confidence=decision.confidence,
            why=decision.why,
        )


def _unknown(decision: Decision, why: tuple[str, ...] = ()) -> Part:
    return Part(
        question=decision.asked.question.text,
        kind=AnswerKind.UNKNOWN,
        confidence=decision.confidence,
        why=(*decision.why, *why),
    )
