"""YAML as people write it, read without surprises.

Every scalar stays the text that stands in the file, except `null`, `true` and `false`: YAML 1.1 would
make minutes of 12:30, a date of 2026-11-02, False of the answer "No" and 45 of the price 45.000.
Duplicate names are told instead of the last one winning in silence; nesting and aliases are bounded, so
that a small file cannot grow into a large one.
"""

import re
from collections.abc import Hashable
from typing import Any

import yaml

from knowledge.messages import Problem

MAX_CHARACTERS = 5_000_000
MAX_DEPTH = 30
MAX_NODES = 500_000

_Resolvers = dict[str | None, list[tuple[str, re.Pattern[str]]]]


def _resolvers() -> _Resolvers:
    null = ("tag:yaml.org,2002:null", re.compile(r"(?:~|null|Null|NULL|)\Z"))
    flag = ("tag:yaml.org,2002:bool", re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z"))
    merge = ("tag:yaml.org,2002:merge", re.compile(r"<<\Z"))
    return {
        "~": [null], "n": [null], "N": [null], "": [null],
        "t": [flag], "T": [flag], "f": [flag], "F": [flag], "<": [merge],
    }  # fmt: skip


class _Loader(yaml.CSafeLoader):
    """Values as text; collects duplicate names instead of letting the last one win in silence."""

    yaml_implicit_resolvers = _resolvers()

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self.duplicates: list[Problem] = []

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                continue
            if key.value in seen:
                self.duplicates.append(
                    Problem(where=f"line {key.start_mark.line + 1}", reason="duplicate_name", value=key.value)
                )
            seen.add(key.value)
        return super().construct_mapping(node, deep=deep)


def read_yaml(text: str) -> tuple[object, tuple[Problem, ...]]:
    """The content of a YAML text as mappings, lists, text, flags and None; and what was wrong with it."""
    if len(text) > MAX_CHARACTERS:
        return None, (Problem(where="", reason="too_large"),)
    try:
        if _grows_too_far(text):
            return None, (Problem(where="", reason="too_deep"),)
        loader = _Loader(text)
        content = loader.get_single_data()
    except yaml.YAMLError as error:
        return None, (_not_yaml(error),)
    except (ValueError, RecursionError) as error:
        return None, (Problem(where="", reason="not_yaml", value=str(error)[:200]),)
    return content, tuple(loader.duplicates)


def _not_yaml(error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    where = f"line {mark.line + 1}" if mark else ""
    return Problem(where=where, reason="not_yaml", value=str(getattr(error, "problem", "") or "")[:200])


def _grows_too_far(text: str) -> bool:
    """Whether nesting, or the size with every alias written out, passes the bounds, or a node holds itself."""
    open_anchors: list[tuple[str | None, int]] = []
    sizes: dict[str, int] = {}
    total = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.CollectionEndEvent):
            anchor, before = open_anchors.pop()
            if anchor:
                sizes[anchor] = total - before
            continue
        if isinstance(event, yaml.AliasEvent) and any(event.anchor == anchor for anchor, _ in open_anchors):
            return True
        total += sizes.get(event.anchor or "", 1) if isinstance(event, yaml.AliasEvent) else 1
        if isinstance(event, yaml.CollectionStartEvent):
            open_anchors.append((event.anchor, total))
        if len(open_anchors) > MAX_DEPTH or total > MAX_NODES:
            return True
    return False
