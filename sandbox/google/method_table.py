"""What is known of each method before it is carried out: its verb and path, who may call it, and with what."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sandbox.google.models import Json
from sandbox.google.refusals import Refusal, invalid
from sandbox.google.times import instant

_TABLE = Path(__file__).parent / "tables" / "methods.yaml"
_COMMON: Mapping[str, Json] = {
    name: {"type": "string"}
    for name in ("alt", "fields", "key", "oauth_token", "prettyPrint", "quotaUser", "userIp")
}
_INTEGER = re.compile(r"-?\d{1,18}")


@dataclass(frozen=True, slots=True)
class Method:
    name: str
    verb: str
    path: str
    scopes: frozenset[str]
    query: Mapping[str, Json]

    def objection(self, query: Mapping[str, list[str]]) -> Refusal | None:
        """What is wrong with the parameters, if anything."""
        for name, values in query.items():
            known = self.query.get(name) or _COMMON.get(name)
            if known is None:
                return invalid(name, f"Unknown parameter: {name}")
            if len(values) > 1 and not known.get("repeated"):
                return invalid(name, f"Parameter given more than once: {name}")
            if not all(_fits(value, known) for value in values):
                return invalid(name, f"Invalid value for: {name}")
        return None


@cache
def method_table() -> Mapping[str, Method]:
    rows: dict[str, Any] = yaml.safe_load(_TABLE.read_text("utf-8"))
    return {
        name: Method(name, row["verb"], row["path"], frozenset(row["scopes"]), row["query"])
        for name, row in rows.items()
    }


def _fits(value: str, known: Json) -> bool:
    match known["type"]:
        case "boolean":
            return value in {"true", "false"}
        case "integer":
            return bool(_INTEGER.fullmatch(value)) and _within(int(value), known)
        case _:
            return (value in known["enum"]) if "enum" in known else _is_moment(value, known)


def _within(value: int, known: Json) -> bool:
    return bool(known.get("minimum", value) <= value <= known.get("maximum", value))


def _is_moment(value: str, known: Json) -> bool:
    return known.get("format") != "date-time" or instant(value) is not None
