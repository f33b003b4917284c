import numpy as np
import pytest

from knowledge.dense import DenseIndex
from knowledge.errors import WrongVectors

NOTHING = np.empty(0, np.int64)


def unit_vectors(count: int, dimensions: int = 16, seed: int = 0) -> np.ndarray:
    vectors = np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_every_passage_gets_its_cosine() -> None:
    vectors = unit_vectors(50)
    np.testing.assert_allclose(
        DenseIndex(vectors).scores(vectors[7], NOTHING), vectors @ vectors[7], rtol=1e-5, atol=1e-6
    )


def test_a_passage_without_a_vector_has_no_cosine() -> None:
    vectors = unit_vectors(5)
    vectors[2] = np.nan
    index = DenseIndex(vectors)
    scores = index.scores(vectors[0], NOTHING)
    assert np.flatnonzero(np.isnan(scores)).tolist() == [2]
    assert index.present.tolist() == [True, True, False, True, True]


def test_no_vectors_at_all_is_no_error() -> None:
    index = DenseIndex(np.full((3, 16), np.nan, np.float32))
    assert np.isnan(index.scores(unit_vectors(1)[0], NOTHING)).all()


def test_above_its_limit_a_graph_finds_the_same_best_ones() -> None:
    vectors = unit_vectors(3000)
    exact, graph = DenseIndex(vectors), DenseIndex(vectors, flat_up_to=100)
    found = 0
    for query in unit_vectors(20, seed=1):
        best = np.argsort(-exact.scores(query, NOTHING))[:10]
        found += len(set(best) & set(np.argsort(-graph.scores(query, NOTHING))[:10]))
    assert found >= 190


def test_the_graph_also_compares_what_it_is_asked_to() -> None:
    vectors = unit_vectors(3000)
    vectors[5] = np.nan
    graph = DenseIndex(vectors, flat_up_to=100)
    query = unit_vectors(1, seed=2)[0]
    far = int(np.nanargmin(vectors @ query))
    assert graph.scores(query, np.array([far]))[far] == pytest.approx(float(vectors[far] @ query), abs=1e-5)
    assert np.isnan(graph.scores(query, NOTHING)[5])


def test_vectors_of_the_wrong_shape_are_refused() -> None:
    with pytest.raises(WrongVectors):
        DenseIndex(np.zeros(3, np.float32))
    with pytest.raises(WrongVectors):
        DenseIndex(unit_vectors(3)).scores(np.zeros(3, np.float32), NOTHING)
