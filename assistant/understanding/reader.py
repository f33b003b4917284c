"""Reads messages: words in, intents with their details out, and what they rest on."""

from dataclasses import dataclass, field
from functools import cached_property

from assistant.expressions.reading import read as read_times
from assistant.intents import Intent, Unsure
from assistant.intents_codec import make
from assistant.turns import TokenEncoder, Vector
from assistant.understanding.deciding import Verdict, decide
from assistant.understanding.details import details_of, only_for
from assistant.understanding.features import row_of
from assistant.understanding.head import Head, default_head
from assistant.understanding.reading import Read, read_message
from assistant.understanding.shop_words import Shop
from assistant.understanding.times import ReadTimes
from assistant.understanding.values import Message, Slot, Understanding
from assistant.wording import tidy


@dataclass(frozen=True)
class Understander:
    """Keeps nothing of what it reads. Without an encoder it judges by the signs alone."""

    encoder: TokenEncoder | None = None
    head: Head | None = None
    times: ReadTimes = field(default=read_times)

    def understand(self, message: Message, shop: Shop) -> Understanding:
        read = read_message(message, shop, self.times)
        chances = self._head.chances(row_of(read), self._vector(message.text))
        verdict = decide(read, chances)
        slots = details_of(read, verdict.kinds)
        return Understanding(
            intents=_intents(verdict, read),
            language=read.language,
            slots=slots,
            rating=read.rating if "rate" in verdict.kinds else None,
            chances=chances,
            evidence=(*verdict.why, *_details(read)),
            doubtful=any(one.mention.is_doubtful for one in read.times),
        )

    def _vector(self, text: str) -> Vector | None:
        typed = tidy(text)
        if self.encoder is None or not typed:
            return None
        return self.encoder.encode_tokens([typed], "query")[0].pooled

    @cached_property
    def _head(self) -> Head:
        return self.head or default_head()


def _intents(verdict: Verdict, read: Read) -> tuple[Intent, ...]:
    slots = details_of(read, verdict.kinds)
    made = tuple(
        make(kind, text=read.message.text, slots=only_for(kind, slots), rating=read.rating)
        for kind in verdict.kinds
    )
    return made or (Unsure(),)


def _details(read: Read) -> tuple[str, ...]:
    lines = [
        f"{one.slot}: {read.line.said(one.first, one.last)}"
        for one in read.found
        if one.slot is not Slot.WHEN
    ]
    for one in read.times:
        when = one.mention.when
        edges = " – ".join(str(edge) for edge in (when.start, when.end, when.shift) if edge is not None)
        lines.append(f"{one.role} {one.mention.words!r}: {when.grain} {edges}")
    return tuple(lines)
