"""What an error code of Meta asks of us: the one place that knows the codes (`tables/error_classes.yaml`)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

import yaml


class ErrorClass(StrEnum):
    TRANSIENT = "transient"
    NUMBER_THROTTLE = "number_throttle"
    PAIR_THROTTLE = "pair_throttle"
    ACCOUNT_THROTTLE = "account_throttle"
    WINDOW_CLOSED = "window_closed"
    UNDELIVERABLE = "undeliverable"
    MARKETING = "marketing"
    BUG = "bug"
    TEMPLATE = "template"
    AUTH = "auth"
    ACCOUNT = "account"
    MEDIA_IN = "media_in"
    UNHEARD_OF = "unheard_of"
    """A code of no class: not sent again, and a person is told."""


@dataclass(frozen=True, slots=True)
class Verdict:
    error_class: ErrorClass
    wait: timedelta | None = None


def verdict_of(code: int | None) -> Verdict:
    table, ranges = _tables()
    if code is None:
        return Verdict(ErrorClass.UNHEARD_OF)
    if code in table:
        return table[code]
    found = next((verdict for low, high, verdict in ranges if low <= code <= high), None)
    return found or Verdict(ErrorClass.UNHEARD_OF)


Range = tuple[int, int, Verdict]


@cache
def _tables() -> tuple[Mapping[int, Verdict], tuple[Range, ...]]:
    rows = yaml.safe_load(files("webhooks").joinpath("tables", "error_classes.yaml").read_text("utf-8"))
    codes = {code: _verdict(name, row, code) for name, row in rows.items() for code in row["codes"]}
    ranges = tuple(
        (low, high, Verdict(ErrorClass(name)))
        for name, row in rows.items()
        for low, high in row.get("ranges", ())
    )
    return MappingProxyType(codes), ranges


def _verdict(name: str, row: Mapping[str, Any], code: int) -> Verdict:
    seconds = row.get("wait_seconds", {}).get(code)
    return Verdict(ErrorClass(name), None if seconds is None else timedelta(seconds=seconds))
