"""Signs in a clause, read from the tables of its language: what its words show of what is wanted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from assistant.patterns import PatternTable
from assistant.understanding.table_files import table

LANGUAGES = ("es", "pt", "en")
_MACRO = re.compile(r"\{([A-Z]+)\}")


class SignTable:
    """The signs of one language."""

    def __init__(self, rows: Mapping[str, Any]) -> None:
        macros: Mapping[str, str] = rows["macros"]
        self._unless = {
            name: frozenset(row["unless"])
            for name, row in rows.items()
            if isinstance(row, dict) and "unless" in row
        }
        self._patterns = PatternTable(_patterns(rows, macros))

    def find(self, words: Sequence[str]) -> frozenset[str]:
        """The signs of one clause, less those that another one takes back."""
        found = self._patterns.find(words)
        return frozenset(name for name in found if self._unless.get(name, frozenset()).isdisjoint(found))


def _patterns(rows: Mapping[str, Any], macros: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for name in sign_names():
        row = rows[name]
        for pattern in row["patterns"] if isinstance(row, dict) else row:
            yield name, _MACRO.sub(lambda match: macros[match[1]], pattern)


@cache
def sign_table(language: str) -> SignTable:
    return SignTable(table(f"signs.{language}"))


@cache
def sign_names() -> tuple[str, ...]:
    """All signs, in the order of the Spanish table; the other languages have the same."""
    return tuple(name for name in table("signs.es") if name != "macros")


def signs_of(clauses: Sequence[Sequence[str]], language: str) -> tuple[frozenset[str], ...]:
    """The signs of each clause."""
    signs = sign_table(language)
    return tuple(signs.find(clause) for clause in clauses)
