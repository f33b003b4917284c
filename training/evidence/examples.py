"""Examples: one question with its best candidates, which of them answer it, and all that the head may look at."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.evidence_signs import QuestionWords, search_scalars
from assistant.evidence_words import ShelfWords
from training.evidence.samples import Ask, Merchant
from training.evidence.search import Shelf
from training.evidence.token_store import TokenStore

Floats = NDArray[np.float32]
CANDIDATES = 8


@dataclass(frozen=True, slots=True)
class Example:
    """`target` has 1 for a candidate that answers, 0 for one that does not, -1 where nobody knows."""

    question: str
    cards: tuple[str, ...]
    target: NDArray[np.int8]
    marks: Floats
    scalars: Floats
    kind: str
    group: str
    lang: str
    name: str
    found: bool = True


def examples(merchant: Merchant, store: TokenStore, *, training: bool, removed: bool = True) -> Iterator[Example]:
    """Each question as asked; each answerable one once more with every card that answers it taken away."""
    shelf = Shelf(merchant, store)
    for ask in merchant.asks:
        yield _example(merchant, shelf, ask, store, frozenset(), training=training)
        if removed and ask.answers:
            yield _example(merchant, shelf, ask, store, ask.answers | ask.also, training=training)


def ensure(merchants: Iterable[Merchant], store: TokenStore) -> None:
    store.ensure((card.text for one in merchants for card in one.cards), "document")
    store.ensure((ask.text for one in merchants for ask in one.asks), "query")


def _example(
    merchant: Merchant, shelf: Shelf, ask: Ask, store: TokenStore, without: frozenset[str], *, training: bool
) -> Example:
    question = store.get(ask.text, "query")
    found = shelf.search(ask.text, question.pooled, without)
    right = ask.answers - without
    order = list(found.order[:CANDIDATES])
    golds = [at for at, row in enumerate(found.order) if shelf.cards[row].key in right]
    in_reach = bool(golds) and golds[0] < CANDIDATES
    places = list(range(len(order)))
    if training and golds and not in_reach:
        places[-1] = golds[0]
    rows = found.order[places]
    cards = [shelf.cards[row] for row in rows]
    words = [shelf.words[row] for row in rows]
    kept = _words_without(shelf, without)
    asked = QuestionWords.of(ask.text, kept)
    scalars = [asked.scalars(card.text, held) for card, held in zip(cards, words, strict=True)]
    marks = np.stack([asked.marks(question.offsets, held) for held in words])
    searched = search_scalars(found.cosines[places].tolist(), found.fused[places].tolist())
    target = [1 if one.key in right else -1 if one.key in ask.also else 0 for one in cards]
    kind = "removed" if without else ask.kind
    return Example(
        ask.text, tuple(card.text for card in cards), np.array(target, np.int8), marks,
        np.concatenate([searched, np.array(scalars, np.float32)], axis=1), kind, merchant.group, ask.lang, ask.name, in_reach,
    )  # fmt: skip


def _words_without(shelf: Shelf, without: frozenset[str]) -> ShelfWords:
    if not without:
        return shelf.shelf_words
    return ShelfWords.of(held for card, held in zip(shelf.cards, shelf.words, strict=True) if card.key not in without)
