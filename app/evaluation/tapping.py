"""Which of the choices on the phone somebody would tap who means this."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from app.evaluation.scoring import normalised
from sandbox.driver import Choice

_ORDINALS = (
    ("primer", "first", "1"),
    ("segund", "second", "2"),
    ("tercer", "terceir", "third", "3"),
    ("cuart", "quart", "fourth", "4"),
    ("quint", "fifth", "5"),
)
_LAST = ("ultim", "last")
_SENSES = (
    frozenset(
        [
            "si",
            "yes",
            "sim",
            "confirmar",
            "confirmo",
            "confirm",
            "confirma",
            "acepto",
            "aceptar",
            "reservar",
            "book",
            "reserve",
            "ire",
            "vou",
            "coming",
        ]
    ),
    frozenset(["cancelar", "cancel", "cancela", "anular"]),
    frozenset(
        [
            "cambiar",
            "cambio",
            "mover",
            "mudar",
            "remarcar",
            "reprogramar",
            "reagendar",
            "change",
            "move",
            "reschedule",
            "otra",
            "outra",
            "other",
        ]
    ),
    frozenset(["no", "nao"]),
    frozenset(["mas", "more", "mais", "otros", "outros", "ver", "horarios"]),
    frozenset(["persona", "pessoa", "person", "humano", "asesor", "human"]),
    frozenset(
        [
            "numero",
            "number",
            "contacto",
            "contato",
            "contact",
            "telefono",
            "telefone",
            "phone",
            "compartir",
            "share",
        ]
    ),
)
_TIME = re.compile(r"\b(\d{1,2})[:.h](\d{2})\b")
_MERIDIEM = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*([ap])\.?\s?m\b")
_SURE = 40.0


def best_fit(meaning: str, choices: Sequence[Choice]) -> Choice | None:
    """The choice whose title fits best; None where none does."""
    said = normalised(meaning)
    exact = next((one for one in choices if normalised(one.title) == said), None)
    if exact is not None or not choices:
        return exact
    scored = [(_fit(said, one), -place) for place, one in enumerate(choices)]
    best, place = max(scored)
    if best >= _SURE:
        return choices[-place]
    return _by_place(said, choices)


def _fit(said: str, choice: Choice) -> float:
    shown = normalised(f"{choice.title} {choice.description}")
    if choice.kind == "contact" and _senses(said) & _senses("numero"):
        return 100.0
    score = float(fuzz.token_set_ratio(said, shown)) * 0.6
    hours, offered = _hours(said), _hours(shown)
    if hours:
        score += 40.0 if hours & offered else -40.0
    senses = _senses(said)
    if senses:
        score += 45.0 if senses & _senses(shown) else -15.0
    return score


def _by_place(said: str, choices: Sequence[Choice]) -> Choice | None:
    if any(word in said for word in _LAST):
        return choices[-1]
    words = said.split()
    for place, names in enumerate(_ORDINALS[: len(choices)]):
        if any(_is_place(word, name) for word in words for name in names):
            return choices[place]
    return None


def _is_place(word: str, name: str) -> bool:
    """A number stands for a place only by itself: "3:30" is a time."""
    return word == name if name.isdigit() else word.startswith(name)


def _senses(text: str) -> frozenset[int]:
    words = set(re.findall(r"[a-z]+", text))
    return frozenset(place for place, sense in enumerate(_SENSES) if words & sense)


def _hours(text: str) -> set[tuple[int, int]]:
    """Times of day as they may be meant, by the twelve-hour clock."""
    found = {(int(hour) % 12, int(minute)) for hour, minute in _TIME.findall(text)}
    return found | {(int(hour) % 12, int(minute or 0)) for hour, minute, _ in _MERIDIEM.findall(text)}
