"""What training and measuring look at: merchants with their cards, and questions with the cards that answer them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Card:
    """A passage. `key` is the entry that it belongs to, as a question's label names it."""

    key: str
    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Ask:
    """A question. No `answers` means that the merchant does not say it.

    `also` are cards that may answer as well: neither right nor wrong when trained on, right when measured.
    """

    text: str
    answers: frozenset[str] = frozenset()
    also: frozenset[str] = frozenset()
    kind: str = "answerable"
    tag: str = ""
    lang: str = "es"
    name: str = ""


@dataclass(frozen=True, slots=True)
class Merchant:
    name: str
    cards: tuple[Card, ...]
    asks: tuple[Ask, ...]
    lang: str = "es"
    group: str = ""
    texts: frozenset[str] = field(default=frozenset())
