from types import SimpleNamespace

from assistant.evidence import evidence_head
from assistant.told import HeadScores
from tests.assistant.shelves import ENCODER


def counted():
    calls = []
    encoder = SimpleNamespace(
        encode_tokens=lambda texts, kind: calls.append(list(texts)) or ENCODER.encode_tokens(texts, kind)
    )
    return HeadScores(evidence_head(), encoder, capacity=2), calls


def test_a_passage_is_encoded_once():
    scores, calls = counted()
    scores.warm(["uno dos", "tres"])
    scores.prepared(["tres", "uno dos"])
    assert calls == [["uno dos", "tres"]]


def test_the_least_recently_used_passage_is_let_go():
    scores, calls = counted()
    for text in ("uno", "dos", "tres", "uno"):
        scores.prepared([text])
    assert calls == [["uno"], ["dos"], ["tres"], ["uno"]]
