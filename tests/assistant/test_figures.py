import re
from collections.abc import Iterator
from datetime import date
from datetime import time as clock_time
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.figures import Figure, FigureKind, Grounds, figures_in, unsupported
from knowledge.interchange import load_merchant
from knowledge.passages import cut_all

SHOPS = Path(__file__).parents[2] / "training" / "shops"

SAME = [
    ("es-CO", ["45.000", "45,000", "45 mil", "45mil", "45k", "45'000", "cuarenta y cinco mil", "45.000,00"]),
    ("es-CO", ["$ 45.000", "$45.000", "$45,000", "$45 mil", "45.000 pesos", "COP 45.000", "45 mil pesos"]),
    ("es-MX", ["$12.50", "$12,50", "$ 12,5", "12.50 pesos", "MXN 12.50"]),
    ("pt-BR", ["R$ 12,50", "R$12.50", "12,50 reais", "BRL 12,50"]),
    ("pt-BR", ["R$ 25", "vinte e cinco reais", "25 reais"]),
    ("es-PE", ["S/ 9.90", "S/. 9,90", "S/9.9", "9.90 soles"]),
    ("es", ["US$ 9", "USD 9", "9 dólares", "nueve dólares", "U$S 9"]),
    ("es", ["1.200.000 pesos", "$1,2 millones", "1.2 millones de pesos"]),
    ("es", ["10 %", "10%", "diez por ciento", "10 por ciento"]),
    ("pt-BR", ["10 %", "dez por cento"]),
    ("en", ["10%", "ten percent", "10 per cent"]),
    ("es-CO", ["14:00", "2 pm", "2:00 p. m.", "2:00 p.m.", "2:00PM", "las 2 de la tarde", "dos de la tarde"]),
    ("es-AR", ["a las 20:30", "8:30 p. m.", "las 8 y media de la noche", "a las 20.30 hs"]),
    ("es", ["12:00 p. m.", "mediodía", "12 del mediodía", "12 pm"]),
    ("es", ["00:00", "medianoche", "12:00 a. m."]),
    ("pt-BR", ["às 0h30", "00:30"]),
    ("es", ["a las 8 y media", "8 y media", "8:30"]),
    ("es", ["a las ocho menos cuarto", "7:45"]),
    ("es", ["a la una", "a la 1", "1:00"]),
    ("en", ["2 pm", "2 in the afternoon", "2:00 p.m.", "14:00"]),
    ("pt-BR", ["14h30", "14H30"]),
    ("pt-BR", ["2 da tarde", "14:00", "duas da tarde"]),
    ("es", ["90 min", "1 hora y 30 minutos", "una hora y media", "hora y media", "1,5 horas", "1 h 30 min"]),
    ("es", ["media hora", "30 minutos", "30min", "treinta minutos"]),
    ("pt-BR", ["uma hora e meia", "90 minutos", "1h30min"]),
    ("en", ["an hour and a half", "90 minutes"]),
    ("en", ["half an hour", "30 minutes"]),
    ("es", ["2 semanas", "dos semanas", "14 días"]),
    ("es", ["25 de diciembre", "25/12", "diciembre 25", "25 dic"]),
    ("es", ["25 de diciembre de 2026", "25/12/2026", "2026-12-25", "25-12-26"]),
    ("es", ["1º de enero", "primero de enero", "1 de enero", "01/01"]),
    ("en", ["December 25th", "25th of December", "12/25"]),
    ("es", ["+52 33 5550 0128", "+52 (33) 5550-0128", "523355500128"]),
    (
        "es",
        [
            "https://www.horno.example/menu",
            "horno.example/menu",
            "http://horno.example/menu/",
            "HORNO.example/menu.",
        ],
    ),
    ("es", ["hola@horno.example", "Hola@Horno.example."]),
    ("es", ["355 ml", "355ml", "355 mililitros"]),
    ("es", ["６ km", "6 kilómetros", "6km", "seis km"]),
    ("es", ["veintidós", "22"]),
    ("es", ["treinta y una personas", "31 personas"]),
    ("en", ["twenty-five people", "25 people"]),
    ("pt-BR", ["cento e vinte pessoas", "120 pessoas"]),
]


@pytest.mark.parametrize(("locale", "spellings"), SAME, ids=lambda value: str(value)[:40])
def test_spellings_of_one_figure_have_one_normal_form(locale: str, spellings: list[str]) -> None:
    forms = {spelling: figures_in(spelling, locale) for spelling in spellings}
    assert len(set(forms.values())) == 1, forms
    assert len(forms[spellings[0]]) == 1, forms


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Calle 10 # 43-25", {"number": {"10", "43", "25"}}),
        ("2x1 los miércoles", {"code": {"2x1"}}),
        ("aceite 20W50", {"code": {"20w50"}}),
        ("de 40 a 55 minutos", {"duration": {"40min", "55min"}}),
        ("del 10 al 20 %", {"percent": {"10", "20"}}),
        ("entre 10 y 20 dólares", {"money": {"usd 10", "usd 20"}}),
        ("de 5:00 a 11:00 p. m.", {"clock": {"17:00", "23:00"}}),
        ("de 9:00 a 5:00 p. m.", {"clock": {"09:00", "17:00"}}),
        ("de 9 a 12:30 p. m.", {"clock": {"09:00", "12:30"}}),
        ("de 9.30 a 18 hs", {"hours": {"570", "1080"}}),
        ("del 20 al 25 de diciembre", {"date": {"12-20", "12-25"}}),
        ("el sábado 13", {"date": {"-13"}}),
        ("síguenos en @hornotapatio", {"link": {"@hornotapatio"}}),
        ("abierto 24/7", {"number": {"24", "7"}}),
        ("un café con una medialuna, mil gracias", {}),
        ("Once you arrive, ask for one", {}),
        ("", {}),
    ],
)
def test_a_text_states_these_figures_and_no_others(text: str, kinds: dict[str, set[str]]) -> None:
    locale = "en" if text.startswith("Once") else "es"
    expected = {Figure(FigureKind(kind), value) for kind, values in kinds.items() for value in values}
    assert figures_in(text, locale) == expected


SOURCE = (
    "Corte de pelo: $45.000. Dura 30 minutos. Abrimos de 9:00 a 18:00, sábados de 8 a 13 hs. Calle 10 # 43-25. "
    "WhatsApp +57 300 555 0101, correo citas@salon.example, web https://salon.example/precios. 10 % pagando en "
    "efectivo, hasta 4 personas, el 25 de diciembre de 2026 cerramos a las 2:00 p. m."
)


@pytest.mark.parametrize(
    "lie",
    [
        "$54.000", "$45.500", "$4.500", "cuarenta mil pesos", "US$ 45.000", "$30", "$18", "$4",
        "8:00 p. m.", "9:00 p. m.", "a las 3", "a las 10 de la mañana", "14:30", "19h", "de 9:00 a 19:00",
        "40 minutos", "una hora", "media hora y 10 minutos", "30 días",
        "15 %", "45 %", "cinco personas", "6 personas", "26 de diciembre", "25 de noviembre", "25/11",
        "25 de diciembre de 2027", "sábado 24",
        "+57 300 555 0102", "300 555 0111", "+1 300 555 0101", "0101 555 300",
        "ventas@salon.example", "salon.example/ofertas", "otro.example", "@salon", "bit.ly/x1",
        "Calle 11 # 43-25", "Calle 10 # 43-52", "2x1", "４６ personas", "4\u200b6 personas",
    ],
)  # fmt: skip
def test_an_invented_figure_is_caught(lie: str) -> None:
    assert unsupported(f"Claro, {lie}.", [SOURCE], locale="es-CO")


@pytest.mark.parametrize(
    "truth",
    [
        "$ 45,000", "45 mil pesos", "cuesta 45.000", "media hora", "30 min", "9:00 a. m.", "6:00 p. m.",
        "seis de la tarde", "14:00", "a las 2 de la tarde", "10%", "cuatro personas", "25/12", "sábado 25",
        "diciembre 25 de 2026", "300 555 0101", "+57 (300) 555-0101", "citas@salon.example", "salon.example/precios",
        "Calle 10 No. 43 - 25", "13h", "de 9 a 18:00", "hasta las 13:00",
    ],
)  # fmt: skip
def test_a_cited_figure_passes_in_any_spelling(truth: str) -> None:
    assert unsupported(f"Claro, {truth}.", [SOURCE], locale="es-CO") == ()


def test_a_figure_may_come_from_any_of_the_sources() -> None:
    assert unsupported("Cuesta $20 y dura 15 min.", ["Precio: $20", "Duración: 15 minutos"]) == ()


def test_computed_values_are_passed_beside_the_sources() -> None:
    answer = "Sí, el domingo 18 de octubre abrimos de 9:00 a. m. a 1:30 p. m. (90 min, $45.000, hasta 3)."
    computed = [
        Figure.day(date(2026, 10, 18)),
        Figure.clock(clock_time(9)),
        Figure.clock(clock_time(13, 30)),
        Figure.duration(90),
        Figure.money(Decimal("45000.00")),
        Figure.number(3),
    ]
    assert unsupported(answer, [], computed) == ()
    for left_out in computed:
        assert unsupported(answer, [], [figure for figure in computed if figure != left_out])


def test_what_is_unsupported_comes_in_the_order_of_the_text() -> None:
    found = unsupported("A las 14:00, $50 o el 10 %.", ["nada"])
    assert [figure.kind for figure in found] == [FigureKind.CLOCK, FigureKind.MONEY, FigureKind.PERCENT]


def test_an_answer_in_another_language_rests_on_the_merchants_own() -> None:
    assert (
        unsupported(
            "It takes ten days and costs $20.", ["Tarda diez días y cuesta veinte pesos."], locale="en"
        )
        == ()
    )
    assert unsupported("It takes eleven days.", ["Tarda diez días."], locale="en")


@cache
def corpus() -> tuple[tuple[str, str], ...]:
    """Every passage and every line of a document of the training shops, with the shop's locale."""
    found: dict[tuple[str, str], None] = {}
    for path in sorted(SHOPS.glob("*/merchant.yaml")):
        base = load_merchant(path).knowledge_base
        assert base is not None
        locale = base.profile.locale
        found |= {(locale, passage.text): None for passage in cut_all(base)}
        for document in sorted(path.parent.glob("docs/*.txt")):
            found |= {(locale, line): None for line in document.read_text(encoding="utf-8").splitlines()}
    return tuple(found)


def test_no_entry_quoted_against_itself_raises_a_false_alarm() -> None:
    assert len(corpus()) > 2000
    alarms = [
        (locale, text, found)
        for shop, text in corpus()
        for locale in {shop, "en"}
        if (found := unsupported(text, [text], locale=locale))
    ]
    assert alarms == []


def test_quotes_one_after_another_raise_no_false_alarm() -> None:
    texts = [text for _, text in corpus()]
    for first, second in zip(texts[::7], texts[3::7], strict=False):
        assert unsupported(f"{first}\n{second}", [first, second]) == ()


def one_digit_changed(text: str) -> Iterator[tuple[str, int]]:
    """Copies of a text with one digit changed so that the new run of digits occurs nowhere in it, and where."""
    runs = {int(run) for run in re.findall(r"\d+", text)}
    for found in re.finditer(r"\d", text):
        at = found.start()
        digit = (int(found[0]) + 1 + at % 8) % 10
        changed = f"{text[:at]}{digit}{text[at + 1 :]}"
        run = next(run[0] for run in re.finditer(r"\d+", changed) if run.start() <= at < run.end())
        if int(run) not in runs:
            yield changed, at


SAME_IN_THE_TEXT = {
    "7 días": "una semana",
    "1 horas": "60 minutos",
    "60 minuto": "una hora",
    "1 o más": "un día",
    "12:00": "mediodía",
    "ace 2": "dos días",
}
"""Changes that by chance state what the text says elsewhere in other words."""


def test_every_changed_digit_of_a_quote_is_caught() -> None:
    tried, missed = 0, []
    for locale, text in corpus():
        grounds = Grounds.of([text])
        for changed, at in one_digit_changed(text):
            tried += 1
            if all(grounds.hold(figure) for figure in figures_in(changed, locale)):
                window = changed[max(0, at - 4) : at + 9]
                if not any(said in window and meant in text for said, meant in SAME_IN_THE_TEXT.items()):
                    missed.append((window, text))
    assert tried > 5000
    assert missed == []


ALPHABET = "0123456789.,:/-+()@#$%’ \n\u00a0½º４٤áhmpxyk" + "sS/R$"
WORDS = [
    "de",
    "a",
    "las",
    "y",
    "mil",
    "h",
    "p. m.",
    "%",
    "$",
    "min",
    "enero",
    "media",
    "cien",
    "por",
    "ciento",
    "7",
    "12",
    "2026",
]


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    st.one_of(
        st.text(max_size=4096),
        st.text(ALPHABET, max_size=4096),
        st.lists(st.sampled_from(WORDS), max_size=1200).map(" ".join),
    ),
    st.sampled_from(["es-CO", "pt-BR", "en", "", "zz"]),
)
def test_any_text_is_read_and_stands_against_itself(text: str, locale: str) -> None:
    assert unsupported(text, [text], locale=locale) == ()


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1.", "1,", "1:", "1/", "1-", "a.", "a@", "a@a.", "a-", "www.", "+", "(1) ", "1a", "a1", "$", "$1 ", "mil ",
     "treinta y ", "de 1 a ", "1 y media ", "http://", "٤", "ﷺ", "½", "\ud800", "\n1", "12:", "1 a 2 % "],
)  # fmt: skip
@pytest.mark.timeout(30)
def test_no_text_makes_the_reader_hang(piece: str) -> None:
    """Twice the longest message; what would be exponential never returns. How long it takes is for benchmarks."""
    assert isinstance(figures_in((piece * 8_192)[:8_192], "es"), frozenset)
