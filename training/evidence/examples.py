"""Examples: one question with its best candidates, which of them answer it, and all that the head may look at."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence_question import AskedWords, Sought
from knowledge.embedding.encoder import TextKind
from knowledge.index import Hit, MerchantIndex
from knowledge.passages import Passage, PassageKind
from knowledge.terms import analyzer
from training.evidence.samples import Ask, Merchant
from training.evidence.token_store import TokenStore

Floats = NDArray[np.float32]
CANDIDATES = 6
_REACH = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`target` has 1 for a candidate that answers, 0 for one that does not, -1 where nobody knows."""

    question: str
    passages: tuple[str, ...]
    target: NDArray[np.int8]
    marks: Floats
    scalars: Floats
    kind: str
    group: str
    lang: str
    name: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sight:
    """A question with its candidates, before it is turned into numbers."""

    words: AskedWords
    hits: tuple[Hit, ...]
    sought: tuple[Sought, ...]
    index: MerchantIndex


def ensure(merchants: Iterable[Merchant], store: TokenStore) -> None:
    """Encode what is not encoded yet."""
    known = list(merchants)
    passages = [passage for one in known for passage in one.passages]
    store.ensure((one.text for one in passages if one.kind is PassageKind.TEXT), "document")
    store.ensure((one.text for one in passages if one.kind is PassageKind.PHRASING), "query")
    store.ensure((ask.text for one in known for ask in one.asks), "query")


class Exam:
    """Makes the examples of one merchant."""

    def __init__(self, merchant: Merchant, store: TokenStore, *, training: bool) -> None:
        self._merchant = merchant
        self._store = store
        self._training = training
        self._index = self._indexed(merchant.passages)
        self._firsts: dict[str, str] = {}
        for passage in merchant.passages:
            if passage.kind is PassageKind.TEXT:
                self._firsts.setdefault(passage.citation, passage.text)

    def examples(self, *, removed: bool = True) -> Iterator[Example]:
        """Each question as asked; each answerable one once more with everything that answers it taken away."""
        for ask in self._merchant.asks:
            yield self._example(ask, self._index)
            if removed and ask.answers:
                gone = ask.answers | ask.also
                left = [passage for passage in self._merchant.passages if passage.citation not in gone]
                yield self._example(ask, self._indexed(left), gone)

    def _indexed(self, passages: Sequence[Passage]) -> MerchantIndex:
        kinds: dict[PassageKind, TextKind] = {PassageKind.TEXT: "document", PassageKind.PHRASING: "query"}
        vectors = np.stack([self._store.get(one.text, kinds[one.kind]).pooled for one in passages])
        return MerchantIndex.build(passages, vectors, languages=self._merchant.languages)

    def sight(self, ask: Ask, index: MerchantIndex | None = None) -> "Sight":
        """The question as the head gets to see it."""
        index = index or self._index
        vector = self._store.get(ask.text, "query").pooled
        hits = self._chosen(index.search(ask.text, vector, _REACH), ask)
        words = AskedWords.of(ask.text, analyzer(tuple(self._merchant.languages)), index.idf)
        return Sight(words, tuple(hits), tuple(self._sought(hit) for hit in hits), index)

    def _example(self, ask: Ask, index: MerchantIndex, gone: frozenset[str] = frozenset()) -> Example:
        sight = self.sight(ask, index)
        citations = tuple(hit.passage.citation for hit in sight.hits)
        target = [1 if key in ask.answers else -1 if key in ask.also else 0 for key in citations]
        offsets = self._store.get(ask.text, "query").offsets
        return Example(
            question=ask.text,
            passages=tuple(one.text for one in sight.sought),
            citations=citations,
            target=np.array(target, np.int8),
            marks=np.stack([sight.words.marks(offsets, one.missing) for one in sight.sought]),
            scalars=sight.words.scalars(sight.sought),
            kind="removed" if gone else ask.kind,
            group=self._merchant.group,
            lang=ask.lang,
            name=ask.name,
        )

    def _chosen(self, hits: Sequence[Hit], ask: Ask) -> list[Hit]:
        """The best few; in training, the answer too wherever search put it."""
        best = list(hits[:CANDIDATES])
        if self._training and not any(hit.passage.citation in ask.answers for hit in best):
            best[-1:] = next(([hit] for hit in hits if hit.passage.citation in ask.answers), best[-1:])
        return best

    def _sought(self, hit: Hit) -> Sought:
        first = self._firsts[hit.passage.citation]
        text = (
            first
            if hit.passage.kind is PassageKind.PHRASING or hit.passage.text in first
            else hit.passage.text
        )
        return Sought(
            text=text,
            cosine=hit.dense or 0.0,
            fused=hit.fused,
            coverage=hit.coverage,
            missing=frozenset(hit.missing),
        )
