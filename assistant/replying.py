"""The reply as the customer reads it: the parts put together, what is not known owned up to."""

from collections.abc import Iterable, Sequence

from assistant import smalltalk
from assistant.deciding import Decision
from assistant.smalltalk import SmallTalk, SmallTalkKind
from assistant.speech import Voice
from assistant.turns import Answer, AnswerKind, Part, Source, Turn


class Reply:
    """Writes the answer to one turn."""

    def __init__(self, voice: Voice, merchant: str, turn: Turn) -> None:
        self._voice = voice
        self._merchant = merchant
        self._turn = turn

    def smalltalk(self, talk: SmallTalk) -> Answer:
        text = smalltalk.reply(talk, self._turn.text, self._voice.language, self._merchant)
        kind = AnswerKind.HANDOFF if talk.kind is SmallTalkKind.HUMAN else AnswerKind.SMALLTALK
        return Answer(text=text, language=self._voice.language, kind=kind, abstained=False, confidence=1.0)

    def declined(self) -> Answer:
        text = self._voice.say("reply", "declined", merchant=self._merchant)
        return Answer(text=text, language=self._voice.language, kind=AnswerKind.DECLINED, abstained=True)

    def to_questions(self, decisions: Sequence[Decision]) -> Answer:
        decisions = [decision for decision in decisions if not decision.answered_before]
        parts = tuple(_part(decision) for decision in decisions)
        known = [part for part in parts if part.answer]
        if not known:
            return self._unknown(parts)
        unknown = [part for part, decision in zip(parts, decisions, strict=True) if not part.answer and decision.asked.explicit]
        lines = list(dict.fromkeys(part.answer for part in known))
        lines += [self._voice.say("reply", "unknown_part", question=part.question.strip(" ?¿!")) for part in unknown]
        return Answer(
            text="\n".join(lines),
            language=self._voice.language,
            kind=AnswerKind.PARTLY if unknown else AnswerKind.ANSWERED,
            abstained=False,
            sources=_distinct(source for part in known for source in part.sources),
            confidence=min(part.confidence for part in known),
            parts=parts,
            gaps=tuple(part.question for part in unknown),
        )

    def _unknown(self, parts: tuple[Part, ...]) -> Answer:
        return Answer(
            text=self._voice.say("reply", "unknown"),
            language=self._voice.language,
            kind=AnswerKind.UNKNOWN,
            abstained=True,
            confidence=max((part.confidence for part in parts), default=0.0),
            parts=parts,
            gaps=tuple(part.question for part in parts),
        )


def _part(decision: Decision) -> Part:
    question = decision.asked.question.text
    if not decision.chosen:
        return Part(question=question, kind=AnswerKind.UNKNOWN, confidence=decision.confidence, why=decision.why)
    return Part(
        question=question,
        kind=AnswerKind.ANSWERED,
        answer="\n".join(one.finding.text for one in decision.chosen),
        sources=tuple(Source(citation, one.card.title) for one in decision.chosen for citation in one.finding.citations),
        confidence=decision.confidence,
        why=decision.why,
    )


def _distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))
