from datetime import datetime

from assistant.quoting import quote_paragraph
from assistant.reading import read_question
from assistant.stock import make_stock
from knowledge.entries import Document, EntryKey, Paragraph
from tests.assistant.shelves import merchant

NOW = datetime(2026, 10, 14, 9)  # noqa: DTZ001 - local time


def quoted(text, asked):
    document = Document(key=EntryKey("d"), title="Hoja", paragraphs=(Paragraph(anchor="#1", text=text),))
    stock = make_stock(merchant(document))
    return quote_paragraph(document.paragraphs[0], read_question(asked, NOW, "es"), stock)


def test_a_short_paragraph_is_quoted_whole():
    text = "El cono. Debe usarse día y noche durante 10 días."
    assert quoted(text, "cuantos dias lleva el cono") == text


def test_of_a_price_list_only_the_line_asked_for_is_quoted():
    text = "Tarifas: hasta 1 kg $79; hasta 3 kg $98; hasta 5 kg $126."
    assert quoted(text, "cuanto cuesta un paquete de 2 kilos") == "Tarifas: hasta 3 kg $98."


def test_what_is_said_of_another_plan_is_left_out():
    text = (
        "Con el paquete Básico se atiende de 9:00 a 19:00. Con el paquete Premium se atiende de 6:00 a 22:00."
    )
    assert quoted(text, "horario del paquete premium") == "Con el paquete Premium se atiende de 6:00 a 22:00."


def test_of_a_long_paragraph_the_part_that_answers_is_quoted():
    filler = " ".join(
        f"La regla número {number} es larga y no viene al caso de nadie." for number in range(12)
    )
    found = quoted(f"{filler} Los retenedores se lavan con agua fría.", "con que lavo los retenedores")
    assert "agua fría" in found
    assert len(found) < 600
