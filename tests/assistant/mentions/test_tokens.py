import pytest

from assistant.mentions.tokens import Shape, date_value, normal, tokens


@pytest.mark.parametrize(
    ("text", "shapes"),
    [
        ("14h30", "NUMBER WORD NUMBER"),
        ("355ml", "NUMBER WORD"),
        ("2x1", "CODE"),
        ("b1", "CODE"),
        ("usd45", "WORD NUMBER"),
        ("R$45", "CURRENCY NUMBER"),
        ("S/. 45", "CURRENCY NUMBER"),
        ("14:30", "CLOCK"),
        ("99:99", "NUMBER MARK NUMBER"),
        ("25/12", "DATE"),
        ("24/7", "NUMBER MARK NUMBER"),
        ("25-12-2026", "DATE"),
        ("43-25", "NUMBER MARK NUMBER"),
        ("33 5550 0128", "PHONE"),
        ("2026-2027", "NUMBER MARK NUMBER"),
        ("20 30 40 50", "NUMBER NUMBER NUMBER NUMBER"),
        ("$20 000 000", "CURRENCY NUMBER NUMBER NUMBER"),
        ("a@b.example.", "EMAIL MARK"),
        ("wa.me/5730", "LINK"),
        ("p.m.", "WORD MARK WORD MARK"),
    ],
)
def test_a_text_is_cut_into_shapes(text: str, shapes: str) -> None:
    assert [token.shape for token in tokens(text)] == [Shape[name] for name in shapes.split()]


def test_hidden_marks_and_foreign_digits_are_no_hiding_place() -> None:
    assert normal("４\u200b５ ٤ Ñandú – 5️⃣") == "45 4 nandu - 5"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("25/12", "12-25"),
        ("12/25", "12-25"),
        ("5/4", "04-05"),
        ("25/12/26", "2026-12-25"),
        ("2026-12-25", "2026-12-25"),
        ("31/31", ""),
        ("2026-13-40", ""),
        ("24/7", ""),
    ],
)
def test_dates_are_read_day_first(written: str, value: str) -> None:
    assert date_value(written) == value
