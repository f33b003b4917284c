"""One key for every way of writing the same phone number.

WhatsApp, spreadsheets and people write numbers differently: with and without the country, Mexico's old 1, 044 and
045, Argentina's 9 and 15, Brazil's ninth digit, Chile's 09. Two spellings are the same number when their keys are.
"""

import re
from collections.abc import Iterator

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber

_NOT_DIALLED = re.compile(r"[^\d+]")
_MEXICAN = re.compile(r"^(?:\+?(?:00)?52)?(?:044|045|01|1)?(\d{10})$")
_SPREADSHEET = re.compile(r"^(\d+)\.0+$")
_BRAZIL, _ARGENTINA, _CHILE = 55, 54, 56


def phone_key(written: str, region: str) -> str | None:
    """Digits that are the same for all spellings; None for what is no phone number. `region`: where the shop is."""
    number = read_phone(written, region)
    return None if number is None else f"{number.country_code}{_folded(number)}"


def read_phone(written: str, region: str) -> PhoneNumber | None:
    """The number, if one of the ways to read it is a number that can be dialled."""
    digits = _NOT_DIALLED.sub("", _SPREADSHEET.sub(r"\1", written.strip()))
    if not digits.strip("+"):
        return None
    return next((number for number in _readings(digits, region) if _is_dialled(number)), None)


def _readings(digits: str, region: str) -> Iterator[PhoneNumber]:
    """The likeliest first. Whoever writes a plus or 00 means a country; who writes neither may still."""
    bare = digits.lstrip("+0")
    mexican = _MEXICAN.match(digits)
    if mexican and (region == "MX" or bare.startswith("52")):
        yield from _parsed(f"+52{mexican[1]}", region)
    if digits.startswith(("+", "00")):
        yield from _parsed(f"+{bare}", region)
        return
    yield from _parsed(digits, region)
    if not digits.startswith("0"):
        yield from _parsed(f"+{digits}", region)
    yield from _parsed(bare, region)


def _parsed(digits: str, region: str) -> Iterator[PhoneNumber]:
    try:
        number = phonenumbers.parse(digits, region)
    except NumberParseException:
        return
    yield number
    yield from _repaired(number)


def _repaired(number: PhoneNumber) -> Iterator[PhoneNumber]:
    """The number as it is dialled today, where the plan has grown since it was written down."""
    national = str(number.national_number)
    if number.country_code == _BRAZIL and len(national) == 10 and national[2] in "6789":
        yield PhoneNumber(number.country_code, int(f"{national[:2]}9{national[2:]}"))
    if number.country_code == _CHILE and len(national) == 8:
        yield PhoneNumber(number.country_code, int(f"9{national}"))


def _is_dialled(number: PhoneNumber) -> bool:
    return phonenumbers.is_valid_number(number)


def _folded(number: PhoneNumber) -> str:
    """Without the digit that some write and some leave out; what remains still tells two numbers apart."""
    national = str(number.national_number)
    if number.country_code == _ARGENTINA and len(national) == 11 and national.startswith("9"):
        return national[1:]
    if number.country_code == _BRAZIL and len(national) == 11 and national[2] == "9":
        # The digit after the ninth tells a mobile from a landline, which never had one.
        return national[:2] + national[3:] if national[3] in "6789" else national
    return national
