import numpy as np

from assistant.understanding.last_texts import LastTexts
from knowledge.embedding.encoder import TokenVectors
from knowledge.embedding.hash_encoder import HashEncoder


class Counting:
    """An encoder whose vectors say how often it was asked."""

    def __init__(self):
        self.asked = []

    def encode_tokens(self, texts, kind):
        self.asked.append(list(texts))
        empty = np.zeros((0, 2), np.int32)
        return [
            TokenVectors(
                tokens=empty.astype(np.float32), offsets=empty, pooled=np.full(2, len(text), np.float32)
            )
            for text in texts
        ]


def pooled(found):
    return [float(one.pooled[0]) for one in found]


def test_a_text_is_encoded_once():
    inner = Counting()
    encoder = LastTexts(inner)
    assert pooled(encoder.encode_tokens(["hola"], "query")) == pooled(
        encoder.encode_tokens(["hola"], "query")
    )
    assert inner.asked == [["hola"]]


def test_only_what_is_new_is_asked_for_and_the_order_is_kept():
    inner = Counting()
    encoder = LastTexts(inner)
    encoder.encode_tokens(["hola"], "query")
    assert pooled(encoder.encode_tokens(["a", "hola", "abc"], "query")) == [1, 4, 3]
    assert inner.asked == [["hola"], ["a", "abc"]]


def test_a_query_and_a_document_are_two_things():
    inner = Counting()
    encoder = LastTexts(inner)
    encoder.encode_tokens(["hola"], "query")
    encoder.encode_tokens(["hola"], "document")
    assert len(inner.asked) == 2


def test_passages_push_no_question_out():
    inner = Counting()
    encoder = LastTexts(inner, kept=1)
    encoder.encode_tokens(["hola"], "query")
    encoder.encode_tokens(["a", "b"], "document")
    encoder.encode_tokens(["hola"], "query")
    assert inner.asked == [["hola"], ["a", "b"]]


def test_all_else_is_the_encoder_s():
    inner = HashEncoder(8)
    encoder = LastTexts(inner)
    assert (encoder.name, encoder.version, encoder.dimensions) == (inner.name, inner.version, 8)
    assert (encoder.encode_queries(["a b"]) == inner.encode_queries(["a b"])).all()
    assert (encoder.encode_documents(["a b"]) == inner.encode_documents(["a b"])).all()


def test_old_texts_are_forgotten():
    inner = Counting()
    encoder = LastTexts(inner, kept=1)
    for text in ("a", "b", "a"):
        encoder.encode_tokens([text], "query")
    assert inner.asked == [["a"], ["b"], ["a"]]
