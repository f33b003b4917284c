from datetime import date, time

import pytest

from knowledge.documents.outcome import Limits
from knowledge.documents.tables import (
    Sheet,
    delimiter_of,
    read_csv,
    read_workbook,
    rows_in_words,
    sheets_as_text,
)
from tests.knowledge.documents import papers


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    lines = [
        delimiter.join(row)
        for row in (["nombre", "precio", "nota"], ["Corte", "45.000", "a"], ["Barba", "20.000", ""])
    ]
    assert delimiter_of(lines) == delimiter


def test_commas_inside_quotes_do_not_deceive() -> None:
    (sheet,) = read_csv('nombre;precio\n"Corte; largo, fino";"45,50"\n', Limits())
    assert sheet.rows[1] == ("Corte; largo, fino", "45,50")


def test_cells_are_read_as_they_are_seen() -> None:
    data = papers.workbook({"Hoja": [["a", 30.0, 2.5, True, date(2026, 11, 2), time(7, 30), None]]})
    (sheet,) = read_workbook(data, Limits())
    assert sheet.rows == (("a", "30", "2.5", "true", "2026-11-02", "07:30"),)


def test_rows_are_said_under_the_headings_of_their_table() -> None:
    rows = [["Barbería Luna"], [], ["Servicio", "Precio"], ["Corte", "$220"], ["Barba", ""]]
    assert rows_in_words(rows) == ["Barbería Luna", "Servicio: Corte; Precio: $220", "Servicio: Barba"]


def test_a_heading_over_an_empty_column_is_not_lost() -> None:
    assert rows_in_words([["Servicio", "Promoción"], ["Corte", ""]]) == ["Promoción", "Servicio: Corte"]


def test_a_table_without_headings_is_said_cell_by_cell() -> None:
    assert rows_in_words([["Corte", "220"], ["Barba", "160"]]) == ["Corte, 220", "Barba, 160"]


def test_sheets_head_their_rows_when_there_are_several() -> None:
    one, other = Sheet(name="A", rows=(("x",),)), Sheet(name="B", rows=(("y",),))
    assert [piece.heading for piece in sheets_as_text((one, other)).pieces] == ["A", "B"]
    assert [piece.heading for piece in sheets_as_text((one,)).pieces] == [""]
