"""The tables of the engine, read once, on first use."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

LANGUAGES = ("es", "pt", "en")


def every_language() -> tuple[str, ...]:
    return LANGUAGES


def language_table(language: str) -> Mapping[str, Any]:
    return table(language)


def conventions() -> Mapping[str, Any]:
    return table("conventions")


def holidays() -> Mapping[str, Any]:
    return table("holidays")


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table `tables/<name>.yaml`."""
    text = (files("assistant.expressions") / "tables" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader, in C
    return loaded


def _loader() -> type[yaml.SafeLoader]:
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)
