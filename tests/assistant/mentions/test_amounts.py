from decimal import Decimal

import pytest

from assistant.mentions.amounts import canonical, times, whole


@pytest.mark.parametrize(
    ("raw", "amount"),
    [
        ("45.000", "45000"),
        ("45,000", "45000"),
        ("1.234.567,50", "1234567.5"),
        ("1,234,567.50", "1234567.5"),
        ("0.500", "0.5"),
        ("12,50", "12.5"),
        ("007", "7"),
        ("0", "0"),
        ("1.2.3", ""),
        ("1.23.456", ""),
        ("9" * 60, "9" * 60),
    ],
)
def test_marks_are_thousands_or_decimals_by_their_groups(raw: str, amount: str) -> None:
    assert canonical(raw) == amount


def test_products_are_exact_and_bounded() -> None:
    assert times("1.2", 1_000_000) == "1200000"
    assert times("1.5", Decimal(60)) == "90"
    assert times("9" * 60, 1000) == ""


def test_whole_numbers_have_a_ceiling() -> None:
    assert whole("24", 24) == 24
    assert whole("25", 24) is None
    assert whole("1.5", 24) is None
    assert whole("", 24) is None
