"""The word tables and message catalogues of the package, read once, on first use."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def lexicon(name: str) -> Mapping[str, Any]:
    """The table `lexicon/<name>.yaml`."""
    return _read("lexicon", name)


@cache
def catalogue(language: str) -> Mapping[str, Any]:
    """The messages of one language, `texts/<language>.yaml`."""
    return _read("texts", language)


def _read(folder: str, name: str) -> Mapping[str, Any]:
    text = (files("assistant") / folder / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def word_set(table: str, key: str) -> frozenset[str]:
    """A table's entry that is a string of words or a list of them, as a set."""
    value = lexicon(table)[key]
    return frozenset(value.split() if isinstance(value, str) else value)
