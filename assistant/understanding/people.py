"""The shop's people in a message, by name or by what they do: "con Toño", "la doctora Paola", "con el dentista"."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from assistant.understanding.lines import Found, Line
from assistant.understanding.shop_words import Person, ShopWords, roots, sound
from assistant.understanding.table_files import phrases_of, words_of
from assistant.understanding.values import Awaiting, Slot

_EASILY_MISTYPED = 5
_SHORT = 3
_WHO_DOES = re.compile(r"(?:ist[ao]?|[td]ora?|e[ir]r[oa]|log[oa]|graf[oa]|er|ian|nte)$")
"""How words end that name who does a thing, not the thing."""


def find_people(
    line: Line, shop: ShopWords, awaiting: Awaiting | None, taken: frozenset[int]
) -> tuple[Found, ...]:
    """The members of staff that a line names, from the left."""
    found = []
    place = 0
    while place < len(line.plain):
        one = None if place in taken else _at(line, place, shop, awaiting, taken)
        if one is not None and not _given_up(line, place):
            found.append(one)
        place = one.last if one is not None else place + 1
    return tuple(found)


def _given_up(line: Line, place: int) -> bool:
    """As in "en vez de Toño", "from Marcus to Dee": not who is wanted."""
    before = " " + " ".join(line.plain[max(0, place - 4) : place])
    return any(before.endswith(f" {phrase}") for phrase in phrases_of("instead_of"))


def _at(
    line: Line, place: int, shop: ShopWords, awaiting: Awaiting | None, taken: frozenset[int]
) -> Found | None:
    titled = line.plain[place] in words_of("titles") and place + 1 < len(line.plain)
    named = _named(line, place + 1 if titled else place, shop, taken)
    if named is not None:
        last, person = named
        return Found(Slot.STAFF, place, last, person)
    if _is_role(line.plain[place], shop) and (awaiting is Awaiting.STAFF or _introduced(line, place)):
        called = _named(line, place + 1, shop, taken)
        return Found(Slot.STAFF, place, *(called or _role(line, place, shop)))
    return None


def _named(line: Line, place: int, shop: ShopWords, taken: frozenset[int]) -> tuple[int, str | None] | None:
    """Where the name that starts here ends, and whose it is."""
    if place >= len(line.plain) or place in taken:
        return None
    bearers = [person for person in shop.people if any(_same(line.plain[place], one) for one in person.names)]
    if not bearers:
        return None
    last = place + 1
    while last < len(line.plain) and last not in taken:
        narrower = [one for one in bearers if any(_same(line.plain[last], name) for name in one.names)]
        if not narrower:
            break
        bearers, last = narrower, last + 1
    return last, bearers[0].id if len(bearers) == 1 else None


def _same(said: str, name: str) -> bool:
    if said == name or (len(said) > _SHORT and sound(said) == sound(name)):
        return True
    if min(len(said), len(name)) < _EASILY_MISTYPED or said in words_of("never_misspelt"):
        return False
    return said[0] == name[0] and DamerauLevenshtein.distance(said, name, score_cutoff=1) <= 1


def _is_role(word: str, shop: ShopWords) -> bool:
    named_so = any(word in person.roles for person in shop.people)
    return word in words_of("roles") or (named_so and bool(_WHO_DOES.search(word)))


def _introduced(line: Line, place: int) -> bool:
    """Whether an article or "con" stands before: "doctora, me duele" only speaks to her."""
    before = " ".join(line.plain[max(0, place - 2) : place])
    return any(f" {before}".endswith(f" {phrase}") for phrase in phrases_of("role_after"))


def _role(line: Line, place: int, shop: ShopWords) -> tuple[int, str | None]:
    """Where the role that starts here ends, "terapeuta de pareja" included, and whose it is."""
    last = place + 1
    described = set(_who(line.plain[place], shop))
    following = list(_following(line, last))
    for end in following:
        narrower = {one for one in described if _has_role(line.plain[end - 1], one, shop)}
        if narrower:
            described, last = narrower, end
    return last, next(iter(described)) if len(described) == 1 else None


def _following(line: Line, last: int) -> Iterator[int]:
    if last < len(line.plain):
        yield last + 1
    if last + 1 < len(line.plain) and line.plain[last] in {"de", "do", "da", "en"}:
        yield last + 2


def _who(word: str, shop: ShopWords) -> Iterator[str]:
    for person in shop.people:
        if _fits(word, person):
            yield person.id


def _fits(word: str, person: Person) -> bool:
    if word in person.roles:
        return True
    if word in words_of("titles"):
        return bool(person.title) and _title(word) == _title(person.title)
    return any(not set(roots(word)).isdisjoint(roots(role)) for role in person.roles if len(role) > 4)


def _title(word: str) -> str:
    return {"doctora": "dra", "doctor": "dr", "doc": "dr", "doutora": "dra", "doutor": "dr"}.get(word, word)


def _has_role(word: str, ident: str, shop: ShopWords) -> bool:
    person = next(one for one in shop.people if one.id == ident)
    return len(word) > 3 and any(not set(roots(word)).isdisjoint(roots(role)) for role in person.roles)
