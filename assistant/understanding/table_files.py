"""The tables of the package, read once, on first use."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@cache
def table(name: str) -> Mapping[str, Any]:
    """The table `tables/<name>.yaml`."""
    text = (files("assistant.understanding") / "tables" / f"{name}.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def words_of(key: str) -> frozenset[str]:
    """A list of single words of the table of people, in whatever form it is written there."""
    listed = table("people")[key]
    return frozenset(listed.split() if isinstance(listed, str) else listed)


@cache
def phrases_of(key: str) -> tuple[str, ...]:
    """A list of phrases (between bars, or a YAML list), the longest first."""
    listed = table("people")[key]
    phrases = listed.split("|") if isinstance(listed, str) else listed
    return tuple(sorted({" ".join(one.split()) for one in phrases}, key=lambda one: -len(one)))
