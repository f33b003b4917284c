"""Amounts in digits: one spelling for "45.000", "45,000", "45'000", "12,50" and "12.5"."""

import re
from decimal import Decimal

_MARKS = re.compile(r"[.,'’]")
_LONGEST = 15


def canonical(raw: str) -> str:
    """The amount with a decimal point and nothing superfluous; empty where the marks make no number.

    A lone group of three digits is thousands, in all our locales: "45.000" and "45,000" are both 45000.
    """
    groups, marks = _MARKS.split(raw), _MARKS.findall(raw)
    if not marks:
        return _joined(groups, "")
    if len(set(marks)) == 1 and _are_thousands(groups):
        return _joined(groups, "")
    if len(marks) == 1 or (
        marks[-1] not in marks[:-1] and len(set(marks[:-1])) == 1 and _are_thousands(groups[:-1])
    ):
        return _joined(groups[:-1], groups[-1])
    return ""


def times(amount: str, factor: Decimal | int) -> str:
    """The product, in the same spelling; empty for amounts beyond any shop's."""
    if not amount or len(amount) > _LONGEST:
        return ""
    return canonical(format(Decimal(amount) * factor, "f"))


def whole(amount: str, highest: int) -> int | None:
    """The amount as a whole number from 0 to `highest`."""
    if not amount.isdecimal() or len(amount) > 4:
        return None
    return int(amount) if int(amount) <= highest else None


def _are_thousands(groups: list[str]) -> bool:
    head, *rest = groups
    return 0 < len(head) <= 3 and not head.startswith("0") and all(len(group) == 3 for group in rest)


def _joined(groups: list[str], decimals: str) -> str:
    integer = "".join(groups).lstrip("0") or "0"
    decimals = decimals.rstrip("0")
    return f"{integer}.{decimals}" if decimals else integer
