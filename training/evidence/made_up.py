"""Made-up shops: catalogue rows that state some attributes and not others, cards on subjects that shops are asked about."""

import random
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from knowledge.entries import Document, Entry, EntryKey, Faq, Item, KnowledgeBase, Paragraph, Profile
from knowledge.passages import cut_all
from training.evidence.chat import typed
from training.evidence.samples import Ask, Merchant

FOLDER = Path(__file__).parent / "synthetic"
_LOCALES = {
    "es": (("es-CO", "COP", 1000), ("es-MX", "MXN", 10), ("es-AR", "ARS", 500)),
    "pt": (("pt-BR", "BRL", 5),),
    "en": (("en-US", "USD", 1),),
}


@cache
def _table(name: str) -> Any:
    return yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def _topics() -> Mapping[str, Any]:
    return {**_table("topics_a"), **_table("topics_b")}


def made_up(count: int, seed: int) -> list[Merchant]:
    rng = random.Random(seed)
    return [_Maker(rng, at).merchant() for at in range(count)]


class _Maker:
    def __init__(self, rng: random.Random, number: int) -> None:
        self._rng = rng
        self._trade = rng.choice(_table("trades"))
        self._lang = self._trade["lang"]
        self._name = f"made-up-{number}"
        self._entries: list[Entry] = []
        self._asks: list[Ask] = []

    def merchant(self) -> Merchant:
        self._catalogue()
        self._subjects()
        locale, currency, _ = self._place
        profile = Profile(
            slug=self._name,
            name=self._name,
            timezone="America/Bogota",
            locale=locale,
            languages=(self._lang,),
            currency=currency,
        )
        passages = cut_all(KnowledgeBase(profile=profile, entries=tuple(self._entries)))
        return Merchant(self._name, passages, tuple(self._asks), (self._lang,), group="made-up")

    @property
    def _place(self) -> tuple[str, str, int]:
        places = _LOCALES[self._lang]
        return places[sum(map(ord, self._name)) % len(places)]

    def _ask(self, text: str, lang: str, answers: Sequence[str] = (), tag: str = "") -> None:
        kind = "answerable" if answers else "unanswerable"
        self._asks.append(
            Ask(typed(text, lang, self._rng), frozenset(answers), kind=kind, tag=tag, lang=lang)
        )

    def _catalogue(self) -> None:
        rng = self._rng
        rows = [[part.strip() for part in row.split("|")] for row in self._trade["items"]]
        rng.shuffle(rows)
        shown = max(4, int(len(rows) * rng.uniform(0.5, 0.9)))
        sized = set(rng.sample(range(shown), min(2, shown))) if "sizes" in self._trade else set()
        for at, (name, description, aliases) in enumerate(rows):
            names = [plain for alias in aliases.split(",") if (plain := alias.strip())]
            if at < shown:
                self._item(at, name, description, names, self._trade["sizes"] if at in sized else ())
            else:
                self._absent(names)

    def _item(
        self, at: int, name: str, description: str, aliases: Sequence[str], sizes: Sequence[str]
    ) -> None:
        rng = self._rng
        shown = rng.sample(list(sizes), max(1, len(sizes) - 1)) if sizes else [""]
        sizes_missing = [size for size in sizes if size not in shown]
        for size in shown:
            key = f"c{at:02}{shown.index(size)}"
            stated = self._row(key, f"{name} {size}".strip(), description)
            for attribute in self._wanted(stated, 4 if not size else 2):
                self._about(attribute, rng.choice(aliases), size, [key] if attribute in stated else [])
        for size in sizes_missing:
            self._about("price", rng.choice(aliases), size, [])

    def _row(self, key: str, name: str, description: str) -> set[str]:
        """Adds a catalogue row and tells which attributes it states."""
        rng, stated = self._rng, {"offered"}
        extra = []
        for attribute, told in self._fitting().items():
            if told.get("says", {}).get(self._lang) and rng.random() < 0.25:
                stated.add(attribute)
                extra.append(rng.choice(told["says"][self._lang]).format(x=rng.choice(told["values"])))
        rng.shuffle(extra)
        base = f"{description}." if rng.random() < 0.8 else ""
        price = Decimal(rng.randint(3, 90) * self._place[2]) if rng.random() < 0.85 else None
        minutes = (
            rng.choice((15, 20, 30, 45, 60, 90))
            if self._trade["kind"] in ("service", "class") and rng.random() < 0.6
            else None
        )
        stated |= ({"price"} if price is not None else set()) | ({"lasting"} if minutes else set())
        availability = (
            rng.choice(("", "", "disponible", "agotado", "por encargo")) if self._lang == "es" else ""
        )
        self._entries.append(
            Item(
                key=EntryKey(key),
                name=name,
                description=" ".join([base, *extra]).strip(),
                price=price,
                price_from=rng.random() < 0.1,
                duration_minutes=minutes,
                availability=availability,
            )
        )
        return stated

    def _fitting(self) -> Mapping[str, Any]:
        kind = self._trade["kind"]
        return {
            name: told for name, told in _table("attributes").items() if kind in told.get("kinds", (kind,))
        }

    def _wanted(self, stated: set[str], most: int) -> Iterator[str]:
        """Some attributes to ask about: about as many that are stated as that are not."""
        fitting = self._fitting()
        if self._trade["kind"] not in ("service", "class"):
            fitting = {name: told for name, told in fitting.items() if name != "lasting"}
        there = [name for name in fitting if name in stated]
        absent = [name for name in fitting if name not in stated]
        yield from self._rng.sample(there, min(most // 2 + 1, len(there)))
        yield from self._rng.sample(absent, min(most // 2, len(absent)))

    def _about(self, attribute: str, alias: str, size: str, answers: Sequence[str]) -> None:
        asks = _table("attributes")[attribute]["asks"]
        lang = self._lang if self._lang in asks else "es"
        thing = f"{alias} {size}".strip()
        self._ask(self._rng.choice(asks[lang]).format(a=thing), lang, answers, attribute)

    def _absent(self, aliases: Sequence[str]) -> None:
        for attribute in self._rng.sample(["price", "offered", *self._fitting()], 2):
            self._about(attribute, self._rng.choice(aliases), "", [])

    def _subjects(self) -> None:
        rng = self._rng
        names = list(_topics())
        rng.shuffle(names)
        shown = rng.randint(12, 26)
        paragraphs: list[Paragraph] = []
        for at, name in enumerate(names):
            topic = _topics()[name]
            citation = self._card(at, topic, paragraphs) if at < shown else ""
            self._questions(topic["asks"], [citation] if citation else [], name, 3 if citation else 1)
            if citation or rng.random() < 0.3:
                self._questions(topic["beyond"], [], f"{name}-beyond", 2)
        if paragraphs:
            self._entries.append(Document(key=EntryKey("d1"), title="", paragraphs=tuple(paragraphs)))

    def _card(self, at: int, topic: Mapping[str, Any], paragraphs: list[Paragraph]) -> str:
        own = [card for card in topic["cards"] if card.startswith(self._lang)]
        _, question, answer = self._rng.choice(own or topic["cards"]).split("|")
        if question and self._rng.random() < 0.85:
            self._entries.append(Faq(key=EntryKey(f"f{at:02}"), question=question, answer=answer))
            return f"f{at:02}"
        paragraphs.append(Paragraph(anchor=f"#{len(paragraphs) + 1}", text=answer))
        return f"d1#{len(paragraphs)}"

    def _questions(self, rows: Sequence[str], answers: Sequence[str], tag: str, most: int) -> None:
        """Mostly in the shop's language, now and then in another."""
        own = [row for row in rows if row.startswith(self._lang)] if self._rng.random() < 0.9 else list(rows)
        for row in self._rng.sample(own or list(rows), min(most, len(own or rows))):
            lang, text = row.split("|", 1)
            self._ask(text, lang, answers, tag)
