"""Our own labelled shops as merchants: the cards that search would see, and the questions that need a card."""

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from knowledge.entries import (
    Address, Contact, Document, Entry, Faq, Hours, Item, KnowledgeBase, Payments, Record, Staff,
)  # fmt: skip
from knowledge.interchange import load_merchant
from training.evidence.samples import Ask, Card, Merchant

FOLDER = Path("training/shops")
# Opening hours are computed, not found: no card answers them.
_COMPUTED = ("hours", "special:")
_MOST_ALSO = 3


def shops(folder: Path = FOLDER) -> list[Merchant]:
    return [shop(path.parent) for path in sorted(folder.glob("*/questions.jsonl"))]


def shop(folder: Path) -> Merchant:
    base = load_merchant(folder / "merchant.yaml").knowledge_base
    if base is None:
        raise ValueError(folder)
    cards = tuple(card for entry in base.entries for card in _cards(entry, base))
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    asks = tuple(ask for row in rows if (ask := _ask(row, cards)) is not None)
    return Merchant(folder.name, cards, asks, base.profile.locale[:2], group=folder.name)


def _ask(row: dict[str, Any], cards: Iterable[Card]) -> Ask | None:
    expect, kind = row["expect"], row["kind"]
    answers = frozenset(expect.get("entries", ()))
    if kind in ("smalltalk", "multi") or any(key.startswith(_COMPUTED) for key in answers):
        return None
    known = {card.key for card in cards}
    if kind == "answerable" and not answers & known:
        print("no such card", row["id"], sorted(answers))
        return None
    also = frozenset(card.key for card in cards if answers and _satisfies(card.text, expect)) - answers
    # What many cards satisfy ("no") says nothing about any of them.
    also = also if len(also) <= _MOST_ALSO else frozenset()
    return Ask(row["text"], answers & known, also, kind, row.get("tag", ""), row["lang"], row["id"])


def _satisfies(text: str, expect: dict[str, Any]) -> bool:
    plain = _plain(text)
    needed = [pattern for pattern in expect["all_of"] if not pattern.startswith(("^si", "\\bno\\b", "^no"))]
    wrong = any(re.search(pattern, plain) for pattern in expect["none_of"])
    return bool(needed) and not wrong and all(re.search(pattern, plain) for pattern in needed)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", re.sub("[*_~]", "", text).lower())
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())


def _cards(entry: Entry, base: KnowledgeBase) -> Iterator[Card]:
    match entry:
        case Faq():
            yield Card(entry.key, f"{entry.question} {entry.answer}", "faq")
        case Item():
            yield Card(entry.key, _item(entry, base), "item")
        case Record():
            fields = ". ".join(f"{heading}: {text}" for heading, text in entry.fields)
            yield Card(entry.key, f"{entry.section}. {entry.name}. {fields}", "record")
        case Document():
            for paragraph in entry.paragraphs:
                text = f"{paragraph.heading}. {paragraph.text}" if paragraph.heading else paragraph.text
                yield Card(f"{entry.key}{paragraph.anchor}", text, "paragraph")
        case Address():
            yield Card(entry.key, f"Dirección: {entry.text}", "fact")
        case Contact():
            phones = ", ".join(f"{label}: {number}" for label, number in entry.phones)
            yield Card(entry.key, f"Contacto. {phones}. {entry.email}", "fact")
        case Payments():
            yield Card(entry.key, f"Formas de pago: {', '.join(entry.methods)}", "fact")
        case Staff():
            yield Card(entry.key, " ".join(f"{one.name}, {one.role}." for one in entry.members), "fact")
        case Hours():
            return


def _item(item: Item, base: KnowledgeBase) -> str:
    staff = {one.id: one.name for entry in base.entries if isinstance(entry, Staff) for one in entry.members}
    said = [f"{item.name}.", item.description]
    if item.price is not None:
        said.append(f"{'Desde' if item.price_from else 'Precio:'} ${item.price:,.0f}".replace(",", ".") + (f" {item.unit}" if item.unit else "") + ".")
    said += [f"{one.label}: ${one.price:,.0f}".replace(",", ".") + "." for one in item.variants]
    if item.duration_minutes:
        said.append(f"Duración: {item.duration_minutes} minutos.")
    if item.availability:
        said.append(f"{item.availability}.")
    if item.staff:
        said.append(", ".join(staff.get(one, one) for one in item.staff) + ".")
    said += [f"{heading}: {text}." for heading, text in item.extra]
    return " ".join(part for part in said if part)
