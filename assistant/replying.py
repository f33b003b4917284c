"""The reply as the customer reads it: the parts put together, what is not known owned up to."""

from collections.abc import Iterable, Sequence

from assistant import smalltalk
from assistant.smalltalk import SmallTalk, SmallTalkKind
from assistant.speech import Voice
from assistant.turns import Answer, AnswerKind, Part, Source, Turn
from assistant.writing import Written


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

    def of_parts(self, written: Sequence[Written]) -> Answer:
        parts = tuple(one.part for one in written)
        known = [part for part in parts if part.kind is AnswerKind.ANSWERED]
        declined = [part for part in parts if part.kind is AnswerKind.DECLINED]
        if not known:
            return self._declined(parts, declined[0]) if declined else self._unknown(parts)
        unknown = [one.part for one in written if one.part.kind is AnswerKind.UNKNOWN and one.explicit]
        lines = list(dict.fromkeys(part.answer for part in (*known, *declined)))
        lines += [self._voice.say("reply", "unknown_part", question=_quoted(part)) for part in unknown]
        return Answer(
            text="\n".join(lines),
            language=self._voice.language,
            kind=AnswerKind.PARTLY if unknown or declined else AnswerKind.ANSWERED,
            abstained=False,
            sources=_distinct(source for part in known for source in part.sources),
            confidence=min(part.confidence for part in known),
            parts=parts,
            gaps=tuple(part.question for part in unknown),
        )

    def _declined(self, parts: tuple[Part, ...], first: Part) -> Answer:
        return Answer(
            text=first.answer,
            language=self._voice.language,
            kind=AnswerKind.DECLINED,
            abstained=True,
            confidence=first.confidence,
            parts=parts,
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


def _quoted(part: Part) -> str:
    return part.question.strip(" ?¿!¡.,")


def _distinct(sources: Iterable[Source]) -> tuple[Source, ...]:
    return tuple(dict.fromkeys(sources))
