"""``fields``: a caller may ask for parts of an answer only, as in ``items(id,start/dateTime),nextPageToken``."""

import re
from collections.abc import Iterator
from typing import Any

from sandbox.google.models import Json
from sandbox.google.refusals import Refusal, invalid

Mask = dict[str, Any]
_PIECE = re.compile(r"[(),/]|[\w*-]+")


def masked(answer: Json, text: str) -> Json | Refusal:
    """The parts that the text names, or why it names none."""
    pieces = _PIECE.findall(text)
    mask = _whole_mask(pieces) if pieces and "".join(pieces) == text else None
    if mask is None:
        return invalid("fields", f"Invalid field selection {text}")
    return {key: _kept(each, _under(mask, key)) for key, each in answer.items() if key in mask or "*" in mask}


def _whole_mask(pieces: list[str]) -> Mask | None:
    left = iter([*pieces, ")"])
    try:
        mask = _mask(left)
    except (StopIteration, ValueError):
        return None
    return mask if next(left, None) is None else None


def _mask(pieces: Iterator[str]) -> Mask:
    """Up to the closing bracket."""
    mask: Mask = {}
    end = ","
    while end == ",":
        end = _one(pieces, mask)
    return mask


def _one(pieces: Iterator[str], into: Mask) -> str:
    """Takes one name with what is asked of it; the mark that ends it."""
    name = next(pieces)
    if name in {"(", ")", ",", "/"}:
        raise ValueError(name)
    inner: Mask = into.setdefault(name, {})
    end = next(pieces)
    if end == "/":
        end = _one(pieces, inner)
    elif end == "(":
        inner |= _mask(pieces)
        end = next(pieces)
    if end not in {",", ")"}:
        raise ValueError(end)
    return end


def _under(mask: Mask, key: str) -> Mask:
    found: Mask = mask[key] if key in mask else mask["*"]
    return found


def _kept(value: Any, mask: Mask) -> Any:
    if not mask:
        return value
    if isinstance(value, list):
        return [_kept(each, mask) for each in value]
    if not isinstance(value, dict):
        return value
    return {key: _kept(each, _under(mask, key)) for key, each in value.items() if key in mask or "*" in mask}
