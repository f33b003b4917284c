from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from assistant.closeness import MADE_AT_ONCE, with_closeness
from assistant.counter import Counter
from assistant.evidence import evidence_head
from assistant.features import FEATURES
from assistant.stock import make_stock
from assistant.told import HeadScores
from assistant.turns import AnswerKind, Turn
from knowledge.index import MerchantIndex
from knowledge.passages import cut_all
from tests.assistant.shelves import ENCODER, BuiltShelf, merchant
from tests.assistant.test_counter import Unbounded
from tests.assistant.test_told import Telling

NOW = datetime(2026, 10, 14, 15, 0, tzinfo=ZoneInfo("America/Bogota"))
BASE = merchant()
STOCK = make_stock(BASE)
FULL = BuiltShelf.of(BASE)


class ClosenessJudge:
    """Believes only what search found close."""

    threshold = 0.3

    def confidences(self, rows):
        return rows[:, FEATURES.index("dense")]


def bare_shelf(embedded=0):
    """As just after an import: the first passages have their vectors, the others none."""
    passages = cut_all(BASE)
    vectors = ENCODER.encode_documents([one.text for one in passages])
    vectors[embedded:] = np.nan
    return replace(FULL, index=MerchantIndex.build(passages, vectors, languages=("es",)))


def asked(text, shelf):
    vectors = ENCODER.encode_tokens([text], "query")[0]
    return vectors, shelf.index.search(text, vectors.pooled, 60)


def head():
    encoder = Telling()
    return HeadScores(evidence_head(), encoder), encoder.calls


def test_a_shelf_with_vectors_has_nothing_made():
    scores, calls = head()
    question, hits = asked("corte de uñas", FULL)
    assert with_closeness(hits, question, STOCK, FULL, scores) == list(hits)
    assert calls == []


def test_the_first_few_get_their_closeness_and_no_more_are_encoded():
    scores, calls = head()
    shelf = bare_shelf()
    question, hits = asked("corte de uñas", shelf)
    found = with_closeness(hits, question, STOCK, shelf, scores)
    assert [one.passage for one in found] == [one.passage for one in hits]
    assert [one.dense is not None for one in found] == [place < MADE_AT_ONCE for place in range(len(hits))]
    assert [len(call) for call in calls] == [MADE_AT_ONCE]


def test_closeness_is_what_the_stored_vector_would_give():
    scores, _ = head()
    shelf = bare_shelf()
    question, hits = asked("corte de uñas", shelf)
    best = with_closeness(hits, question, STOCK, shelf, scores)[0]
    vector = ENCODER.encode_documents([STOCK.first_texts[best.passage.citation]])[0]
    assert best.dense == pytest.approx(float(vector @ question.pooled), abs=1e-5)


def test_what_was_encoded_for_closeness_is_prepared_for_the_head():
    scores, calls = head()
    shelf = bare_shelf()
    scores.closeness(["uno"], ENCODER.encode_tokens(["dos"], "query")[0], shelf)
    scores.prepared(["uno"], shelf)
    assert calls == [["uno"]]


def test_a_passage_that_is_sketched_is_only_far_and_not_encoded():
    scores, calls = head()
    shelf = replace(bare_shelf(), sketches=dict.fromkeys(STOCK.first_texts.values(), b""))
    question, hits = asked("corte de uñas", shelf)
    assert with_closeness(hits, question, STOCK, shelf, scores) == list(hits)
    assert calls == []


def test_where_some_have_vectors_only_the_others_are_encoded():
    scores, calls = head()
    shelf = bare_shelf(embedded=5)
    question, hits = asked("corte de uñas", shelf)
    bare = [one for one in hits[:MADE_AT_ONCE] if one.dense is None]
    found = with_closeness(hits, question, STOCK, shelf, scores)
    assert all(one.dense is not None for one in found[:MADE_AT_ONCE])
    assert 0 < len(bare) == len(calls[0]) < MADE_AT_ONCE


def test_a_price_is_answered_before_its_vector_is_made():
    shelf = bare_shelf()
    scores, _ = head()
    counter = Counter(ENCODER, judge=ClosenessJudge(), scope=Unbounded(), head=scores)
    answer = counter.answer(Turn(text="cuanto vale el corte de uñas?", asked_at=NOW), shelf)
    assert answer.kind is AnswerKind.ANSWERED
    assert "$15.000" in answer.text
