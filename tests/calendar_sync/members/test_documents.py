import pytest

from calendar_sync.members.documents import document_key

SAME = [
    [
        "1.020.345.678",
        "1020345678",
        "CC 1020345678",
        "C.C. 1.020.345.678",
        "1020345678.0",
        "cédula: 1020345678",
    ],
    ["12.345.678-k", "12345678K", "RUT 12.345.678-K"],
    ["023.456.789-09", "2345678909", "CPF 023.456.789-09"],
    ["GOMA850312HDFRRL09", "goma850312hdfrrl09", "CURP GOMA850312HDFRRL09"],
]


@pytest.mark.parametrize("spellings", SAME, ids=[one[0] for one in SAME])
def test_all_spellings_of_a_document_have_one_key(spellings: list[str]) -> None:
    keys = {spelling: document_key(spelling) for spelling in spellings}
    assert len(set(keys.values())) == 1, keys
    assert None not in keys.values()


@pytest.mark.parametrize("written", ["", "12", "sin documento", "CC", "000000", "1" * 30])
def test_what_is_no_document_has_no_key(written: str) -> None:
    assert document_key(written) is None
