"""The unpacked model is held to the wheel's own engine."""

from typing import Any

import numpy as np
import pytest

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.onnx_encoder import _runs

SENTENCES = [
    "¿Cuánto cuesta la limpieza dental y cuánto dura?",
    "hola q hora cierran hoy",
    "Los domingos abrimos de 9:00 a 13:30, excepto festivos.",
    "Qual é o endereço da loja e até que horas vocês atendem?",
    "O corte de cabelo infantil custa R$ 35,00 e leva trinta minutos.",
    "não posso ir amanhã, dá pra remarcar?",
    "What time do you open on Saturdays?",
    "Cancellations are free of charge up to 24 hours before the appointment.",
    "I'd like to speak to a person, please",
    "👍",
]


@pytest.mark.parametrize("text", SENTENCES)
def test_vectors_are_those_of_the_wheels_engine(built_in: Encoder, engine: Any, text: str) -> None:
    assert float(built_in.encode_queries([text])[0] @ engine.query(text)) > 0.999
    assert float(built_in.encode_documents([text])[0] @ engine.passage(text)) > 0.999


def test_as_many_texts_as_one_likes_keep_their_order(built_in: Encoder, engine: Any) -> None:
    texts = [f"{sentence} {number}" for number in range(7) for sentence in SENTENCES]
    found = built_in.encode_documents(texts)
    assert (np.einsum("ij,ij->i", found, engine.passage(texts)) > 0.999).all()


def test_queries_and_documents_are_told_apart(built_in: Encoder) -> None:
    query, document = built_in.encode_queries(["hola"]), built_in.encode_documents(["hola"])
    assert float(query[0] @ document[0]) < 0.99


def test_a_question_is_closest_to_its_answer_in_three_languages(built_in: Encoder) -> None:
    answers = built_in.encode_documents(
        [
            "Abrimos de lunes a viernes de 8 a 18.",
            "La limpieza dental cuesta 80.000 pesos.",
            "Estamos en la calle 10.",
        ]
    )
    questions = built_in.encode_queries(
        ["what are your opening hours?", "quanto custa a limpeza?", "¿dónde quedan?"]
    )
    assert (questions @ answers.T).argmax(axis=1).tolist() == [0, 1, 2]


def test_a_text_is_cut_at_512_tokens(built_in: Encoder) -> None:
    (found,) = built_in.encode_tokens(["hola " * 2_000], "query")
    prefix_and_ends = 5
    assert len(found.tokens) + prefix_and_ends <= 512
    same = built_in.encode_queries(["hola " * 2_000, "hola " * 3_000])
    np.testing.assert_allclose(same[0], same[1], atol=1e-5)


def test_rows_of_similar_length_run_together_and_every_row_runs_once() -> None:
    lengths = np.array([500, 3, 40, 41, 3, 500, 39, 512])
    runs = _runs(lengths)
    assert sorted(np.concatenate(runs).tolist()) == list(range(len(lengths)))
    assert all(len(rows) == 1 or len(rows) * lengths[rows].max() <= 512 for rows in runs)
    assert [len(rows) for rows in runs] == [5, 1, 1, 1]
