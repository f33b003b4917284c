import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.entries import EntryKey
from knowledge.errors import WrongVectors
from knowledge.index import Hit, MerchantIndex
from knowledge.passages import Passage, PassageKind, cut_all
from knowledge.vectors import encode_passages
from tests.knowledge.shops import SHOP

ENCODER = HashEncoder(64)


def passage(citation: str, text: str, kind: PassageKind = PassageKind.TEXT) -> Passage:
    return Passage(entry=EntryKey(citation.partition("#")[0]), citation=citation, kind=kind, text=text)


def built(passages: tuple[Passage, ...]) -> MerchantIndex:
    vectors = encode_passages(ENCODER, [(one.kind, one.text) for one in passages])
    return MerchantIndex.build(passages, vectors, languages=("es",))


def asked(index: MerchantIndex, text: str, limit: int = 10) -> tuple[Hit, ...]:
    return index.search(text, ENCODER.encode_queries([text])[0], limit)


CARDS = (
    passage("a", "Corte de pelo clásico. Precio: $220."),
    passage("a", "corte clásico", PassageKind.PHRASING),
    passage("b", "Arreglo de barba. Precio: $160."),
    passage("d#1", "Reglas de la casa."),
    passage("d#2", "Las citas se cancelan con tres horas."),
    passage("d#2", "cancelar mi cita", PassageKind.PHRASING),
)


def test_the_best_card_comes_first_with_the_passage_that_spoke_for_it() -> None:
    first, *_ = asked(built(CARDS), "corte clásico")
    assert (first.passage, first.fused, first.coverage) == (CARDS[1], 1.0, 1.0)
    assert first.missing == ()


def test_a_card_is_found_once_however_many_passages_it_has() -> None:
    citations = [hit.passage.citation for hit in asked(built(CARDS), "cancelar cita")]
    assert sorted(citations) == ["a", "b", "d#1", "d#2"]
    assert citations[0] == "d#2"


def test_a_card_s_score_is_that_of_its_best_passage() -> None:
    together = asked(built(CARDS), "cancelar mi cita")[0]
    assert together.dense == pytest.approx(1.0, abs=1e-5)
    assert together.passage is CARDS[5]


def test_hits_come_best_first_and_no_more_than_asked_for() -> None:
    hits = asked(built(CARDS), "corte de barba", 2)
    assert len(hits) == 2
    assert hits[0].fused >= hits[1].fused


def test_a_passage_without_a_vector_is_found_by_its_words() -> None:
    vectors = encode_passages(ENCODER, [(one.kind, one.text) for one in CARDS])
    vectors[2] = np.nan
    index = MerchantIndex.build(CARDS, vectors, languages=("es",))
    assert index.missing_vectors == 1
    first, *_ = asked(index, "arreglo de barba")
    assert first.passage.citation == "b"
    assert first.dense is None


def test_without_any_vector_words_alone_decide() -> None:
    index = MerchantIndex.build(CARDS, None)
    assert index.search("arreglo de barba", None)[0].passage.citation == "b"
    assert index.search("arreglo de barba", ENCODER.encode_queries(["x"])[0])[0].passage.citation == "b"
    assert built(CARDS).search("arreglo de barba", None)[0].dense is None


def test_what_a_question_asks_for_and_a_card_lacks_is_named() -> None:
    hits = {hit.passage.citation: hit for hit in asked(built(CARDS), "cuánto cuesta el piercing")}
    assert hits["a"].missing == ("piercing",)
    assert hits["d#1"].missing == ("#price", "piercing")


def test_every_passage_of_a_shop_finds_its_own_card() -> None:
    passages = cut_all(SHOP)
    index = built(passages)
    for one in passages:
        assert asked(index, one.text)[0].passage.citation == one.citation, one.text


def test_an_index_of_nothing_finds_nothing() -> None:
    index = MerchantIndex.build((), np.empty((0, 64), np.float32))
    assert asked(index, "hola") == ()


@pytest.mark.parametrize("text", ["", "   ", "😀", "\u202e\u0000", "¿?", "a" * 4096, "que " * 1000])
def test_a_strange_question_is_answered_calmly(text: str) -> None:
    assert len(asked(built(CARDS), text, 3)) == 3


def test_vectors_that_do_not_fit_are_refused() -> None:
    with pytest.raises(WrongVectors):
        MerchantIndex.build(CARDS, np.zeros((2, 64), np.float32))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.text("xyz ", min_size=1, max_size=8)), max_size=8),
    st.text("xyz "),
)
def test_scores_stay_within_their_bounds(cards: list[tuple[str, str]], question: str) -> None:
    index = built(tuple(passage(citation, text) for citation, text in cards))
    hits = asked(index, question)
    assert len(hits) == len({citation for citation, _ in cards})
    for hit in hits:
        assert -1e-6 <= hit.fused <= 1 + 1e-6
        assert 0 <= hit.coverage <= 1 + 1e-6
        assert hit.lexical >= 0
