from dataclasses import replace

import pytest
from hypothesis import given, settings

from knowledge.entries import EntryKey, Faq, KnowledgeBase
from knowledge.passages import Passage, PassageKind, cut, cut_all, staff_names
from tests.knowledge.shops import HOURS, PARKING, POLICY, PROFILE, ROSCON, SHOP, STAFF, TORTA, ZONE
from tests.knowledge.strategies import WITHOUT_SHRINKING, merchants


def texts_of(passages: tuple[Passage, ...], kind: PassageKind = PassageKind.TEXT) -> list[str]:
    return [passage.text for passage in passages if passage.kind is kind]


def test_a_catalogue_row_is_put_into_words_with_every_figure() -> None:
    (text,) = texts_of(cut(ROSCON, PROFILE, staff_names(SHOP.entries)))
    assert text == (
        "Roscón de arequipe. Relleno y con azúcar. Precio: desde $18.500. Precio válido hasta el domingo, 31 de enero"
        " de 2027. Duración: 1 hora y 30 minutos (90 minutos). Disponibilidad: por encargo. Se ofrece: viernes, sábado."
        " Lo atiende: Marta Ríos. Alérgenos: gluten, leche."
    )


def test_a_row_is_also_asked_for_by_its_name_and_the_merchant_s_phrasings() -> None:
    assert texts_of(cut(ROSCON, PROFILE), PassageKind.PHRASING) == ["Roscón de arequipe", "el roscón grande"]


def test_prices_of_several_sizes_stand_together() -> None:
    assert texts_of(cut(TORTA, PROFILE)) == [
        "Torta de tres leches. Precios: porción $9.000; libra $42.000,50. porción."
    ]


def test_a_faq_is_a_question_the_question_with_its_answer_and_the_answer() -> None:
    passages = cut(PARKING, PROFILE)
    assert texts_of(passages, PassageKind.PHRASING) == [PARKING.question]
    assert texts_of(passages) == [f"{PARKING.question} {PARKING.answer}", PARKING.answer]


def test_the_timetable_is_one_passage_and_every_special_day_another() -> None:
    passages = cut(HOURS, PROFILE)
    text, special = texts_of(passages)
    assert "martes de 07:00 a 12:30 y de 15:00 a 02:00" in text
    assert "lunes cerrado" in text
    assert special == "jueves, 24 de diciembre de 2026 (Nochebuena): de 07:00 a 12:30."
    assert [passage.citation for passage in passages[:2]] == ["hours", "special:2026-12-24"]
    assert {passage.citation for passage in passages[2:]} == {"hours"}


def test_facts_that_every_shop_has_come_with_the_questions_that_every_shop_is_asked() -> None:
    for entry in SHOP.entries[:5]:
        assert texts_of(cut(entry, PROFILE), PassageKind.PHRASING), entry.key


def test_words_are_in_the_merchant_s_first_language() -> None:
    passages = cut(HOURS, replace(PROFILE, languages=("pt",), locale="pt-BR"))
    assert "terça-feira das 07:00 às 12:30" in passages[0].text


def test_a_record_says_its_columns_as_people_read_them() -> None:
    (text,) = texts_of(cut(ZONE, PROFILE))
    assert text == "zona de domicilios Chapinero. precio: $5.000. minutos: 40. días: lunes, sábado."


def test_the_staff_is_one_passage_and_every_member_another() -> None:
    assert texts_of(cut(STAFF, PROFILE))[1] == "Marta Ríos, pastelera. Atiende: lunes, martes, viernes."


def test_a_paragraph_is_cited_by_its_place_and_stands_under_its_heading() -> None:
    (passage,) = cut(POLICY, PROFILE)
    assert passage.citation == "d1#2"
    assert passage.text == "Encargos. Los encargos se piden con dos días de anticipación."
    assert passage.heading == "Encargos"


def test_a_paragraph_that_heads_nothing_is_searched_itself() -> None:
    lone = replace(POLICY, paragraphs=POLICY.paragraphs[:1])
    assert texts_of(cut(lone, PROFILE)) == ["Encargos"]


def test_a_phrasing_is_not_said_twice() -> None:
    faq = replace(PARKING, phrasings=(PARKING.question, "parqueo"))
    assert texts_of(cut(faq, PROFILE), PassageKind.PHRASING) == [PARKING.question, "parqueo"]


def test_the_same_words_as_a_question_and_as_a_text_have_different_vectors() -> None:
    one = Passage(entry=EntryKey("a"), citation="a", kind=PassageKind.TEXT, text="hola")
    assert one.text_hash != replace(one, kind=PassageKind.PHRASING).text_hash
    assert one.text_hash == replace(one, entry=EntryKey("b"), heading="x").text_hash


@pytest.mark.parametrize("words", [30, 300])
def test_a_long_answer_is_cut_and_every_piece_keeps_its_question(words: int) -> None:
    faq = Faq(key=EntryKey("f"), question="¿Cómo es?", answer="Así es esto siempre. " * (words // 4))
    passages = [text for text in texts_of(cut(faq, PROFILE)) if text.startswith("¿Cómo es?")]
    assert (len(passages) > 1) == (words > 80)


@settings(max_examples=40, deadline=None, phases=WITHOUT_SHRINKING)
@given(merchants())
def test_everything_a_merchant_wrote_is_in_some_passage(base: KnowledgeBase) -> None:
    passages = cut_all(base)
    for entry in base.entries:
        said = {word for passage in passages if passage.entry == entry.key for word in words_of(passage.text)}
        for text in written(entry):
            assert words_of(text) <= said, (entry, text)


def written(entry: object) -> list[str]:
    """The texts that an entry holds under names that are not shown in another form."""
    names = ("name", "description", "unit", "availability", "question", "answer", "text", "email")
    found = [getattr(entry, name) for name in names if hasattr(entry, name)]
    found += [paragraph.text for paragraph in getattr(entry, "paragraphs", ())]
    return [*found, *getattr(entry, "phrasings", ())]


def words_of(text: str) -> set[str]:
    return {word.rstrip(".;") for word in text.split()}
