import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.lexical import K1, B, LexicalIndex
from knowledge.terms import Analyzer, analyzer

TEXTS = ["corte de pelo clásico", "corte de barba", "tinte para la barba", "cera mate", "Envíos en PDFs"]


def index_of(texts: list[str], units: list[int] | None = None) -> LexicalIndex:
    return LexicalIndex(texts, np.array(units or range(len(texts)), np.int32), analyzer(("es",)))


class Plain(Analyzer):
    """Words as they are, so that the other implementation counts the same."""

    def __init__(self) -> None:
        super().__init__(("es",))

    def terms(self, text: str) -> list[str]:
        return text.split()

    def telling(self, text: str) -> list[str]:
        return text.split()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.lists(st.sampled_from("abcdefg"), min_size=1, max_size=9), min_size=1, max_size=8),
    st.sets(st.sampled_from("abcdefgz"), min_size=1),
)
def test_the_scores_are_those_of_bm25s(documents: list[list[str]], asked: set[str]) -> None:
    peer = bm25s.BM25(method="lucene", k1=K1, b=B)
    peer.index(documents, show_progress=False)
    known = sorted(asked & {word for document in documents for word in document})
    expected = peer.get_scores(known) if known else np.zeros(len(documents))
    ours = LexicalIndex(
        [" ".join(words) for words in documents], np.arange(len(documents), dtype=np.int32), Plain()
    )
    np.testing.assert_allclose(
        ours.scores(ours.question(" ".join(sorted(asked)))), expected, rtol=1e-4, atol=1e-5
    )


def test_rare_words_count_for_more() -> None:
    index = index_of(TEXTS)
    assert index.idf("cer") > index.idf("cort")
    assert index.idf("nada") > index.idf("cer")


def test_coverage_is_the_share_of_telling_words_that_a_card_holds_in_any_of_its_passages() -> None:
    index = index_of(TEXTS, [0, 1, 1, 2, 3])
    coverage = index.cover(index.question("tinte para barba con corte")).shares
    assert coverage[1] == pytest.approx(1.0)
    assert 0 < coverage[0] < 1
    assert coverage[2] == 0


def test_what_a_card_does_not_hold_is_named() -> None:
    index = index_of(TEXTS)
    question = index.question("corte con piercing")
    cover = index.cover(question)
    assert (cover.missing(0), cover.missing(3)) == (("piercing",), ("cort", "piercing"))


@pytest.mark.parametrize("typed", ["tintes", "timte", "PDF", "varba", "clasicco"])
def test_a_word_with_a_slip_is_taken_for_the_one_that_was_meant(typed: str) -> None:
    index = index_of(["corte clásico de barba", "tintes", "PDFs"])
    if typed == "timte":  # too short to be forgiven a letter: "cena" is not "cera"
        assert not index.scores(index.question(typed)).any()
    else:
        assert index.scores(index.question(typed)).any(), typed


def test_an_empty_index_answers_with_nothing() -> None:
    index = index_of([])
    assert len(index.scores(index.question("hola"))) == 0


def test_a_question_without_words_covers_nothing() -> None:
    index = index_of(TEXTS)
    assert not index.cover(index.question("😀")).shares.any()
