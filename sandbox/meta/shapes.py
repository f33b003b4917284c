"""Small shapes to check a JSON value against, each telling what is wrong as Meta's codes and words.

A check is a lazy stream of problems: the caller takes the first, as Meta reports only one.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from sandbox.meta.models import Json
from sandbox.meta.refusals import Refusal

Problems = Iterator[Refusal]


class Shape(Protocol):
    def problems(self, value: object, path: str) -> Problems: ...


@dataclass(frozen=True, slots=True)
class Anything:
    def problems(self, _value: object, _path: str) -> Problems:
        yield from ()


@dataclass(frozen=True, slots=True)
class Flag:
    def problems(self, value: object, path: str) -> Problems:
        if not isinstance(value, bool):
            yield _wrong_type(path, "a boolean")


@dataclass(frozen=True, slots=True)
class Number:
    """A number, or its text: Meta takes both for coordinates."""

    least: float
    most: float

    def problems(self, value: object, path: str) -> Problems:
        number = _as_number(value)
        if number is None:
            yield _wrong_type(path, "a number")
        elif not self.least <= number <= self.most:
            yield Refusal(131009, f"{path} must be between {self.least} and {self.most}.")


@dataclass(frozen=True, slots=True)
class Text:
    most: int
    least: int = 1
    pattern: str = ""

    def problems(self, value: object, path: str) -> Problems:
        if not isinstance(value, str):
            yield _wrong_type(path, "a string")
        elif not self.least <= len(value) <= self.most:
            limits = f"Min length: {self.least}, Max length: {self.most}"
            yield Refusal(131009, f"{path} length invalid. {limits}")
        elif self.pattern and not re.search(self.pattern, value):
            yield Refusal(131009, f"{path} has an invalid format.")


@dataclass(frozen=True, slots=True)
class Choice:
    options: tuple[object, ...]

    def problems(self, value: object, path: str) -> Problems:
        if value not in self.options:
            yield Refusal(100, f"Param {path} must be one of {{{', '.join(map(str, self.options))}}}.")


@dataclass(frozen=True, slots=True)
class Several:
    """A list of equals."""

    item: Shape
    most: int
    least: int = 1

    def problems(self, value: object, path: str) -> Problems:
        if not isinstance(value, list):
            yield _wrong_type(path, "an array")
            return
        if not self.least <= len(value) <= self.most:
            limits = f"Min allowed: {self.least}, Max allowed: {self.most}"
            yield Refusal(131009, f"Invalid {path} count. {limits}")
        for index, element in enumerate(value):
            yield from self.item.problems(element, f"{path}[{index}]")


@dataclass(frozen=True, slots=True)
class Record:
    """An object. Keys that it does not know are refused unless it is ``open``."""

    required: Mapping[str, Shape] = field(default_factory=dict)
    optional: Mapping[str, Shape] = field(default_factory=dict)
    exactly_one_of: tuple[str, ...] = ()
    open: bool = False

    def problems(self, value: object, path: str) -> Problems:
        if not isinstance(value, dict):
            yield _wrong_type(path, "a JSON object")
            return
        shapes = {**self.required, **self.optional}
        yield from self._missing(value, path)
        yield from self._unexpected(value, path, shapes)
        for key, shape in shapes.items():
            if key in value:
                yield from shape.problems(value[key], _join(path, key))

    def _missing(self, value: Json, path: str) -> Problems:
        for key in self.required:
            if key not in value:
                yield Refusal(131008, f"The parameter {_join(path, key)} is required.")
        given = [key for key in self.exactly_one_of if key in value]
        if self.exactly_one_of and not given:
            yield Refusal(131008, f"One of {', '.join(self.exactly_one_of)} is required in {path}.")
        if len(given) > 1:
            yield Refusal(100, f"Only one of {', '.join(given)} may be given in {path}.")

    def _unexpected(self, value: Json, path: str, shapes: Mapping[str, Shape]) -> Problems:
        for key in value:
            if key not in shapes and not self.open:
                yield Refusal(100, f'Unexpected key "{key}" on param "{path or "root"}".')


@dataclass(frozen=True, slots=True)
class Tagged:
    """An object whose own ``type`` says which shape it has."""

    variants: Mapping[str, Shape]
    default: str = ""

    def problems(self, value: object, path: str) -> Problems:
        if not isinstance(value, dict):
            yield _wrong_type(path, "a JSON object")
            return
        tag = value.get("type", self.default)
        if not tag:
            yield Refusal(131008, f"The parameter {_join(path, 'type')} is required.")
        elif not isinstance(tag, str) or tag not in self.variants:
            yield Refusal(100, f"Param {_join(path, 'type')} must be one of {{{', '.join(self.variants)}}}.")
        else:
            yield from self.variants[tag].problems(value, path)


def _wrong_type(path: str, wanted: str) -> Refusal:
    return Refusal(100, f"Param {path} must be {wanted}.")


def _join(path: str, key: str) -> str:
    return f"{path}.{key}" if path else key


def _as_number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        return float(value)
    except ValueError:
        return None
