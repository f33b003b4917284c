from dataclasses import replace

from assistant.evidence import evidence_head
from assistant.told import HeadScores
from tests.assistant.shelves import ENCODER, BuiltShelf, merchant

SHELF = BuiltShelf.of(merchant())


class Telling:
    """An encoder that tells what it was asked."""

    def __init__(self):
        self.calls = []

    def encode_tokens(self, texts, kind):
        self.calls.append(list(texts))
        return ENCODER.encode_tokens(texts, kind)


def counted():
    encoder = Telling()
    return HeadScores(evidence_head(), encoder, capacity=2), encoder.calls


def prepared(text):
    return evidence_head().prepare(ENCODER.encode_tokens([text], "document")[0])


def test_a_passage_is_encoded_once():
    scores, calls = counted()
    scores.warm(["uno dos", "tres"], SHELF)
    assert scores.prepared(["tres", "uno dos"], SHELF) == [prepared("tres"), prepared("uno dos")]
    assert calls == [["uno dos", "tres"]]


def test_the_least_recently_used_passage_is_let_go():
    scores, calls = counted()
    for text in ("uno", "dos", "tres", "uno"):
        scores.prepared([text], SHELF)
    assert calls == [["uno"], ["dos"], ["tres"], ["uno"]]


def test_what_the_shelf_has_prepared_is_not_encoded():
    scores, calls = counted()
    shelf = replace(SHELF, sketches={"uno": b"1", "dos": b"2"})
    scores.warm(["uno", "dos"], shelf)
    assert scores.prepared(["dos", "uno"], shelf) == [b"2", b"1"]
    assert calls == []


def test_only_what_the_shelf_has_not_is_encoded_and_the_order_is_kept():
    scores, calls = counted()
    shelf = replace(SHELF, sketches={"uno": b"1"})
    assert scores.prepared(["dos", "uno", "dos"], shelf) == [prepared("dos"), b"1", prepared("dos")]
    assert calls == [["dos"]]


def test_passages_are_encoded_as_the_shelf_was_and_kept_apart_from_those_of_another_encoder():
    scores, calls = counted()
    old = Telling()
    scores.prepared(["uno"], SHELF)
    for _ in range(2):
        scores.prepared(["uno"], replace(SHELF, encoder=old))
    assert (calls, old.calls) == ([["uno"]], [["uno"]])


def test_more_passages_than_are_kept_are_prepared_all_the_same():
    scores, _ = counted()
    assert len(scores.prepared(["uno", "dos", "tres"], SHELF)) == 3
