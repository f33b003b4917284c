from decimal import Decimal

import pytest

from knowledge.documents.catalogue import Catalogue, catalogue_from_table
from knowledge.documents.outcome import Refused
from knowledge.entries import Item
from tests.knowledge.documents import papers


def read(data: bytes, name: str = "precios.xlsx") -> Catalogue:
    outcome = catalogue_from_table(data, name=name)
    assert isinstance(outcome, Catalogue), outcome
    return outcome


ROWS = [
    ["Barbería Luna"],
    [],
    ["Servicio", "Precio (MXN)", "Duración", "Detalle", "Color"],
    ["CORTES"],
    ["Corte clásico", "$220", "40 min", "con lavado", "rojo"],
    ["Fade", 260.0, "1:00", None, None],
    [None, 100],
    ["Roto", -5],
    ["Mal", "abc"],
    ["A medida", "a convenir"],
]


def test_good_rows_become_items_and_broken_ones_are_named_by_sheet_and_row() -> None:
    catalogue = read(papers.workbook({"Precios": ROWS}))
    assert [(item.key, item.price) for item in catalogue.items] == [
        ("corte-clasico", Decimal(220)),
        ("fade", Decimal(260)),
        ("a-medida", None),
    ]
    assert [(problem.where, problem.reason, problem.value) for problem in catalogue.problems] == [
        ("Precios!7.name", "missing", ""),
        ("Precios!8.price", "negative_price", "-5"),
        ("Precios!9.price", "bad_price", "abc"),
    ]


def test_columns_without_a_meaning_are_kept_with_their_heading() -> None:
    first, *_, last = read(papers.workbook({"Precios": ROWS})).items
    assert first == Item(
        key=first.key, name="Corte clásico", description="con lavado", price=Decimal(220), duration_minutes=40,
        extra=(("Color", "rojo"), ("", "CORTES")),
    )  # fmt: skip
    assert last.extra == (("Precio (MXN)", "a convenir"), ("", "CORTES"))


@pytest.mark.parametrize(
    "head",
    ["nombre;precio;duración", "name;price;duration", "Produto;Preço (R$);Duração", "Serviço;Valor;Tempo"],
)
def test_headings_are_understood_in_three_languages(head: str) -> None:
    (item,) = read(f"{head}\nCorte;45,50;30\n".encode("cp1252"), "p.csv").items
    assert (item.name, item.price, item.duration_minutes) == ("Corte", Decimal("45.50"), 30)


def test_a_row_is_named_by_its_line_in_a_csv() -> None:
    catalogue = read(b"id,nombre,precio\na,Corte,10\na,Barba,20\n", "p.csv")
    assert [(problem.where, problem.reason) for problem in catalogue.problems] == [("3", "duplicate_key")]


def test_the_same_name_twice_gets_two_keys_and_never_one_that_is_taken() -> None:
    data = b"nombre,precio\nCorte,10\nCorte,20\n"
    assert [item.key for item in read(data, "p.csv").items] == ["corte", "corte-2"]
    outcome = catalogue_from_table(data, name="p.csv", taken=["corte"])
    assert isinstance(outcome, Catalogue)
    assert [item.key for item in outcome.items] == ["corte-2", "corte-3"]


def test_a_sheet_without_headings_is_told_when_another_has_them() -> None:
    catalogue = read(papers.workbook({"Precios": [["nombre", "precio"], ["Corte", 10]], "Notas": [["hola"]]}))
    assert len(catalogue.items) == 1
    assert [(problem.where, problem.reason) for problem in catalogue.problems] == [("Notas", "no_header")]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"hola que tal\nadios", "p.csv", "no_header"),
        (b"nombre,precio\n", "p.csv", "no_rows"),
        (papers.word_document(), "p.docx", "not_a_table"),
        (b"", "p.csv", "empty"),
        (b"x", "p.xlsx", "not_a_xlsx"),
    ],
)
def test_what_is_no_price_list_is_refused(data: bytes, name: str, reason: str) -> None:
    assert catalogue_from_table(data, name=name) == Refused(reason=reason)
