import io
from collections.abc import Sequence
from datetime import date
from typing import Any

import openpyxl
import pytest

from calendar_sync.members.days import read_day
from calendar_sync.members.importing import LANGUAGES, Broken, Preview, Refused, describe, read_members

LIST = """Club Los Almendros;;;
Nombre;Celular;Cédula;Vence
Ana Ruiz;300 111 2233;CC 1.020.345.678;31/12/2026
Beto Paz;+57 301 222 3344;;
Sin nada;;;
Mala;12;;
;;1020999888;2026-12-01
Doble;573001112233;;
Vieja;3029998877;;32/13/2026
"""


def preview(data: bytes, region: str = "CO") -> Preview:
    found = read_members(data, region)
    assert isinstance(found, Preview), found
    return found


def workbook(rows: Sequence[Sequence[Any]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_good_rows_are_previewed_and_broken_ones_have_row_and_reason() -> None:
    found = preview(LIST.encode())
    assert [(member.row, member.name, member.phone) for member in found.members] == [
        (3, "Ana Ruiz", "573001112233"),
        (4, "Beto Paz", "573012223344"),
        (7, "", None),
    ]
    assert found.members[0].valid_until == date(2026, 12, 31)
    assert found.broken == (
        Broken(row=5, reason="no_key"),
        Broken(row=6, reason="bad_phone", value="12"),
        Broken(row=8, reason="repeated", value="3"),
        Broken(row=9, reason="bad_valid_until", value="32/13/2026"),
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_a_list_is_read_in_the_encodings_that_spreadsheets_write(encoding: str) -> None:
    assert len(preview(LIST.encode(encoding)).members) == 3


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_a_list_is_read_with_any_delimiter(delimiter: str) -> None:
    assert len(preview(LIST.replace(";", delimiter).encode()).members) == 3


def test_excel_numbers_and_dates_are_read_as_people_see_them() -> None:
    rows: list[list[Any]] = [
        ["Nome", "CPF", "Fone", "Validade"],
        ["Bia", 2345678909, 11982345678, date(2026, 5, 1)],
    ]
    (member,) = preview(workbook(rows), "BR").members
    assert (member.document, member.phone, member.valid_until) == (
        "2345678909",
        "551182345678",
        date(2026, 5, 1),
    )


def test_a_row_number_is_the_one_that_the_merchant_sees_in_a_file_with_long_cells() -> None:
    text = 'name,phone\n"Ana\nRuiz",3001112233\nX,1\n'
    assert preview(text.encode()).broken == (Broken(row=4, reason="bad_phone", value="1"),)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\n\n;;\n", "empty"),
        (b"%PDF-1.7 \x00\x01", "not_a_table"),
        (b"PK\x03\x04 not a workbook", "not_a_table"),
        (b"color,size\nred,1\n", "no_columns"),
        (b"x" * (10 * 1024**2 + 1), "too_large"),
        (b"phone\n" + b"3001112233\n" * 50_001, "too_many_rows"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_a_file_that_is_no_list_is_refused_with_its_reason(data: bytes, reason: str) -> None:
    found = read_members(data, "CO")
    assert isinstance(found, Refused)
    assert found.reason == reason


def test_a_membership_that_ends_before_it_begins_is_told() -> None:
    text = "telefono,desde,hasta\n3001112233,2026-06-01,2026-05-01\n"
    assert preview(text.encode()).broken == (Broken(row=2, reason="backwards"),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_problem_has_its_words_in_every_language(language: str) -> None:
    reasons = [
        "no_key",
        "bad_phone",
        "bad_document",
        "bad_valid_from",
        "bad_valid_until",
        "backwards",
        "repeated",
    ]
    for reason in reasons:
        assert "7" in describe(Broken(row=7, reason=reason, value="x"), language)
    for reason in ["empty", "too_large", "too_many_rows", "not_a_table", "no_columns"]:
        assert describe(Refused(reason, 5), language)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("31/12/2026", date(2026, 12, 31)),
        ("2026-12-31", date(2026, 12, 31)),
        ("2026-12-31 00:00", date(2026, 12, 31)),
        ("1.2.27", date(2027, 2, 1)),
        ("12/31/2026", date(2026, 12, 31)),
        ("29/02/2027", None),
        ("pronto", None),
    ],
)
def test_dates_are_read_with_the_day_first(written: str, day: date | None) -> None:
    assert read_day(written) == day
