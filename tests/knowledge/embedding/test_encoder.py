"""What every encoder does: the built-in model, another model, the fake."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from knowledge.embedding.encoder import Encoder, TextKind, Vectors

TEXTS = [
    "hola",
    "¿Cuánto vale la limpieza dental?",
    "reservas",
    "",
    "qué hora abren, hola hola",
    "la limpieza " * 12,
    "\u200fمرحبا 👩‍💻 ½",
    "?",
]


def test_an_encoder_tells_its_name_version_and_dimensions(encoder: Encoder) -> None:
    assert encoder.name
    assert encoder.version
    assert encoder.encode_queries(["hola"]).shape == (1, encoder.dimensions)


def test_vectors_are_of_length_one_and_32_bits(encoder: Encoder) -> None:
    for vectors in (encoder.encode_queries(TEXTS), encoder.encode_documents(TEXTS)):
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_vectors(encoder: Encoder) -> None:
    assert encoder.encode_queries([]).shape == (0, encoder.dimensions)
    assert encoder.encode_documents([]).shape == (0, encoder.dimensions)
    assert encoder.encode_tokens([], "query") == []


def test_a_text_has_the_same_vector_whatever_its_neighbours(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode_documents([text]) for text in TEXTS])
    np.testing.assert_allclose(encoder.encode_documents(TEXTS), alone, atol=1e-3)
    np.testing.assert_allclose(
        encoder.encode_documents(TEXTS[::-1] * 5)[: len(TEXTS)], alone[::-1], atol=1e-3
    )


def test_the_same_call_gives_the_same_vectors(encoder: Encoder) -> None:
    np.testing.assert_array_equal(encoder.encode_queries(TEXTS), encoder.encode_queries(TEXTS))


def test_the_pooled_vector_beside_the_tokens_is_the_vector_of_the_text(encoder: Encoder) -> None:
    wholes: dict[TextKind, Vectors] = {
        "query": encoder.encode_queries(TEXTS),
        "document": encoder.encode_documents(TEXTS),
    }
    for kind, whole in wholes.items():
        pooled = [found.pooled for found in encoder.encode_tokens(TEXTS, kind)]
        np.testing.assert_allclose(pooled, whole, atol=1e-5)


def test_each_token_has_a_vector_and_its_place_in_the_text(encoder: Encoder) -> None:
    for text, found in zip(TEXTS, encoder.encode_tokens(TEXTS, "document"), strict=True):
        assert found.tokens.dtype == np.float32
        assert found.tokens.shape == (len(found.offsets), encoder.dimensions)
        starts, ends = found.offsets[:, 0], found.offsets[:, 1]
        assert (starts < ends).all()
        assert (starts >= 0).all()
        assert (ends <= len(text)).all()
        assert (np.diff(starts) >= 0).all()


def test_tokens_cover_the_words_of_the_text_and_nothing_of_the_prefix(encoder: Encoder) -> None:
    (found,) = encoder.encode_tokens(["hola reservas"], "query")
    covered = "".join("hola reservas"[start:end] for start, end in found.offsets)
    assert covered.replace(" ", "") == "holareservas"


def test_an_empty_text_has_a_vector_but_no_tokens(encoder: Encoder) -> None:
    (found,) = encoder.encode_tokens([""], "query")
    assert found.tokens.shape == (0, encoder.dimensions)
    assert found.offsets.shape == (0, 2)
    assert np.isfinite(found.pooled).all()


def test_threads_may_share_an_encoder(encoder: Encoder) -> None:
    wanted = encoder.encode_queries(TEXTS)

    def encode(turn: int) -> np.ndarray:
        if turn % 2:
            return encoder.encode_queries(TEXTS)
        return np.stack([found.pooled for found in encoder.encode_tokens(TEXTS, "query")])

    with ThreadPoolExecutor(4) as threads:
        for found in threads.map(encode, range(24)):
            np.testing.assert_allclose(found, wanted, atol=1e-5)


@pytest.mark.parametrize("length", [4_096, 100_000])
def test_a_text_that_is_too_long_is_cut_not_refused(encoder: Encoder, length: int) -> None:
    long = ("limpieza dental " * length)[:length]
    assert np.isfinite(encoder.encode_documents([long])).all()
    (found,) = encoder.encode_tokens([long], "document")
    assert len(found.tokens) == len(found.offsets) > 0
