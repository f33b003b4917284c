import subprocess
import sys

import numpy as np

from knowledge.embedding.hash_encoder import HashEncoder


def likeness(one: str, two: str) -> float:
    first, second = HashEncoder().encode_queries([one, two])
    return float(first @ second)


def test_similar_words_are_close_and_others_are_not() -> None:
    assert likeness("reserva", "reservas") > 0.6
    assert likeness("reserva", "reservas") > likeness("reserva", "precio") + 0.4
    assert abs(likeness("cita", "turno")) < 0.3


def test_accents_and_capitals_make_no_difference() -> None:
    assert likeness("¿CUÁNTO CUESTA?", "cuanto cuesta") > 0.999


def test_queries_and_documents_are_encoded_alike() -> None:
    fake = HashEncoder()
    np.testing.assert_array_equal(fake.encode_queries(["hola"]), fake.encode_documents(["hola"]))


def test_its_tokens_are_the_words() -> None:
    (found,) = HashEncoder().encode_tokens(["¿Qué hora es?"], "query")
    assert ["¿Qué hora es?"[start:end] for start, end in found.offsets] == ["Qué", "hora", "es"]


def test_vectors_are_the_same_in_another_process() -> None:
    code = "from knowledge.embedding.hash_encoder import HashEncoder as H; print(H(8).encode_queries(['hola mesa']).tolist())"
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2")
    ]
    assert runs[0] == runs[1]
    assert runs[0].decode().strip() == str(HashEncoder(8).encode_queries(["hola mesa"]).tolist())


def test_no_word_is_without_a_vector() -> None:
    vectors = HashEncoder(1).encode_queries([f"palabra{number}" for number in range(2_000)])
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
