import pytest
from hypothesis import given
from hypothesis import strategies as st

from calendar_sync.members.phones import phone_key

SAME = [
    (
        "CO",
        [
            "300 123 4567",
            "573001234567",
            "+57 300 123 4567",
            "(300) 123-4567",
            "03 300 123 4567",
            "0057 300 1234567",
            "3001234567.0",
        ],
    ),
    (
        "MX",
        [
            "55 1234 5678",
            "5215512345678",
            "+52 1 55 1234 5678",
            "525512345678",
            "044 55 1234 5678",
            "045 55 1234 5678",
            "01 55 1234 5678",
            "0052 55 1234 5678",
        ],
    ),
    (
        "AR",
        [
            "011 15 2345-6789",
            "5491123456789",
            "+54 9 11 2345-6789",
            "541123456789",
            "11 2345 6789",
            "9 11 2345 6789",
        ],
    ),
    (
        "BR",
        [
            "(11) 98234-5678",
            "(11) 8234-5678",
            "5511982345678",
            "551182345678",
            "+55 11 98234-5678",
            "0 11 98234 5678",
        ],
    ),
    ("CL", ["9 8765 4321", "09 8765 4321", "56987654321", "+56 9 8765 4321", "8765 4321"]),
    ("UY", ["099 123 456", "59899123456", "+598 99 123 456"]),
    ("EC", ["099 123 4567", "593991234567"]),
    ("VE", ["0414-1234567", "584141234567"]),
    ("PE", ["987 654 321", "51987654321"]),
    ("PY", ["0981 123456", "595981123456"]),
    ("BO", ["71234567", "59171234567"]),
    ("DO", ["809 555 1234", "18095551234", "1 809 555 1234"]),
    ("CR", ["8888 8888", "50688888888"]),
    ("GT", ["5123 4567", "50251234567"]),
]


@pytest.mark.parametrize(("region", "spellings"), SAME, ids=[region for region, _ in SAME])
def test_all_spellings_of_a_number_have_one_key(region: str, spellings: list[str]) -> None:
    keys = {spelling: phone_key(spelling, region) for spelling in spellings}
    assert None not in keys.values(), keys
    assert len(set(keys.values())) == 1, keys


@pytest.mark.parametrize("written", ["", "  ", "n/a", "12", "no tiene", "+", "99999999999999999999"])
def test_what_is_no_number_has_no_key(written: str) -> None:
    assert phone_key(written, "CO") is None


def test_a_number_of_another_country_is_read_where_the_shop_is_elsewhere() -> None:
    assert phone_key("5215512345678", "CO") == phone_key("55 1234 5678", "MX")


@given(first=st.integers(3000000000, 3239999999), second=st.integers(3000000000, 3239999999))
def test_two_numbers_never_share_a_key(first: int, second: int) -> None:
    keys = phone_key(str(first), "CO"), phone_key(str(second), "CO")
    assert (keys[0] == keys[1] and None not in keys) <= (first == second)


@given(number=st.integers(60000000, 99999999))
def test_brazils_landlines_and_mobiles_stay_apart(number: int) -> None:
    landline = phone_key(f"+5511{20000000 + number % 30000000}", "BR")
    mobile = phone_key(f"+55119{number}", "BR")
    assert landline is None or landline != mobile
