"""Which of the shop's services or people is meant by what was said."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from calendar_sync.requests import Named
from calendar_sync.shop.values import Service, ServiceKind, Shop, StaffMember

_WORD = re.compile(r"[a-z0-9]+")
_IDLE = frozenset(
    [
        "a",
        "al",
        "an",
        "and",
        "con",
        "com",
        "da",
        "de",
        "del",
        "do",
        "dos",
        "das",
        "e",
        "el",
        "em",
        "en",
        "for",
        "la",
        "las",
        "le",
        "lo",
        "los",
        "mi",
        "minha",
        "meu",
        "my",
        "na",
        "no",
        "o",
        "os",
        "para",
        "por",
        "the",
        "to",
        "un",
        "una",
        "um",
        "uma",
        "y",
        "with",
        "dr",
        "dra",
        "don",
        "dona",
    ]
)


@dataclass(frozen=True, slots=True)
class Meant:
    """What words may mean: one thing, several, or none."""

    said: str
    keys: tuple[str, ...] = ()

    @property
    def only(self) -> str | None:
        return self.keys[0] if len(self.keys) == 1 else None


@dataclass(frozen=True, slots=True)
class _Known:
    """A thing of the shop, with every id and name that it goes by."""

    key: str
    ids: frozenset[str]
    names: tuple[str, ...]


def service_meant(named: Named, shop: Shop, among: Sequence[Service] | None = None) -> Meant:
    """A class or a table that is named means the service that it is booked as."""
    services = shop.services if among is None else among
    return _meant(named, [_known(one, shop) for one in services])


def _known(service: Service, shop: Shop) -> _Known:
    classes = [one for one in shop.classes if one.service == service.id]
    tables = shop.tables if service.kind is ServiceKind.TABLE else ()
    return _Known(
        service.id,
        frozenset({service.id, *(one.id for one in classes), *(one.id for one in tables)}),
        (service.name, *service.phrasings, *(one.name for one in classes), *(one.name for one in tables)),
    )


def staff_meant(named: Named, staff: Sequence[StaffMember]) -> Meant:
    known = [_Known(one.id, frozenset({one.id}), (one.name, one.role, *one.phrasings)) for one in staff]
    return _meant(named, known)


def _meant(named: Named, stock: Sequence[_Known]) -> Meant:
    by_id = next((one.key for one in stock if named.id in one.ids), None)
    if by_id is not None:
        return Meant(named.said, (by_id,))
    said = words(named.said)
    for test in (_same, _holds, _shares):
        found = tuple(one.key for one in stock if any(test(said, words(name)) for name in one.names))
        if said and found:
            return Meant(named.said, found)
    return Meant(named.said)


def _same(said: frozenset[str], name: frozenset[str]) -> bool:
    return said == name


def _holds(said: frozenset[str], name: frozenset[str]) -> bool:
    return said <= name


def _shares(said: frozenset[str], name: frozenset[str]) -> bool:
    return len(said & name) * 2 >= len(said) and bool(said & name)


def words(text: str) -> frozenset[str]:
    """The telling words of a name, without accents, case and plural endings."""
    plain = unicodedata.normalize("NFKD", text.lower())
    found = _WORD.findall("".join(one for one in plain if not unicodedata.combining(one)))
    telling = [one for one in found if one not in _IDLE] or found
    return frozenset(map(_singular, telling))


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("es") and word[-3] not in "aeiou":
        return word[:-2]
    return word[:-1] if len(word) > 3 and word.endswith("s") else word


def keys_of(meant: Iterable[Meant]) -> tuple[str, ...]:
    """The things that are clear, each once, in the order they were said."""
    return tuple(dict.fromkeys(one.only for one in meant if one.only is not None))
