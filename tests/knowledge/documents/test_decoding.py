import pytest

from knowledge.documents.decoding import decode

TEXT = "Corazón, ñandú, ¿qué? Ação «já»"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252", "cp850", "mac_roman"]
)
def test_text_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_text_without_a_mark_in_two_bytes_a_letter_is_read() -> None:
    assert decode("Hola, ¿qué tal?".encode("utf-16-le")) == "Hola, ¿qué tal?"


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\0\0", bytes(range(1, 32)) * 10, b"\xff\xfe\xff"])
def test_bytes_that_are_no_text_are_none(data: bytes) -> None:
    assert decode(data) is None
