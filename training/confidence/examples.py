"""Labelled examples for the judge: every candidate of every question, and whether the shop's rules call it right."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from app.evaluation.scoring import Prediction, Question, Verdict, judge
from assistant.asking import Asked, read_turn
from assistant.candidates import Bench, Candidate
from assistant.language import detect
from assistant.speech import Voice
from assistant.stock import make_stock
from assistant.told import EvidenceScores
from assistant.turns import Language
from assistant.weighing import weigh
from training.confidence.shops import Shop
from training.confidence.vectors import KeptVectors

SINGLE = frozenset({"answerable", "unanswerable", "out_of_scope"})


@dataclass(frozen=True, slots=True)
class Example:
    """One question of a shop with its candidates, their features and which of them are right."""

    shop: str
    question: Question
    citations: tuple[str, ...]
    texts: tuple[str, ...]
    rows: NDArray[np.float32]
    right: NDArray[np.bool_]


def examples(shop: Shop, vectors: KeptVectors, head: EvidenceScores | None) -> Iterator[Example]:
    """The questions that ask one thing. What is split into several pieces counts piece by piece."""
    base = shop.shelf.knowledge_base
    stock = make_stock(base)
    encode_all(shop, vectors)
    vectors.pooled(list(stock.first_texts.values()), "document")
    for question, asked, language in _asked(shop):
        turn = shop.turn(question)
        bench = Bench(stock, Voice.of(base.profile, language), turn.asked_at)
        encoded = vectors.encode_tokens(asked.texts, "query")
        candidates, rows = weigh(asked, encoded, shop.shelf, bench, stock, head)
        yield Example(
            shop.name,
            question,
            tuple(one.card.citation for one in candidates),
            tuple(one.finding.text for one in candidates),
            rows,
            np.array([_right(question, one) for one in candidates], bool),
        )


def encode_all(shop: Shop, vectors: KeptVectors) -> None:
    """All that will be asked in one batch: the store writes a file for every call."""
    vectors.pooled(
        [text for _, asked, _ in _asked(shop, frozenset({*SINGLE, "multi"})) for text in asked.texts], "query"
    )


def _asked(shop: Shop, kinds: frozenset[str] = SINGLE) -> Iterator[tuple[Question, Asked, Language]]:
    """The single questions of a shop as the counter reads them."""
    tags = tuple(Language(tag) for tag in shop.shelf.knowledge_base.profile.languages)
    for question in shop.questions:
        if question.kind in kinds:
            turn = shop.turn(question)
            language = detect(question.text, None, tags)
            for asked in read_turn(turn, turn.asked_at, language):
                yield question, asked, language


def _right(question: Question, candidate: Candidate) -> bool:
    if question.kind != "answerable":
        return False
    prediction = Prediction(id=question.id, text=candidate.finding.text, abstained=False)
    return judge(replace(question, kind="answerable"), prediction) is Verdict.CORRECT
