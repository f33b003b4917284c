"""Answers from a catalogue row: the pieces that were asked for, copied from the row."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.facts.findings import Finding
from assistant.kinds import Kind
from assistant.speech import DayNames, Voice, capital
from assistant.tables import lexicon
from assistant.wording import fold
from knowledge.entries import Item, Variant

_PRICED = frozenset({Kind.PRICE})
_BARE = frozenset({Kind.OFFER, Kind.STOCK})


@dataclass(frozen=True, slots=True)
class ItemAsk:
    """What of a row is wanted. `explain`: its description bears on the question. `variants`: those named."""

    kinds: frozenset[Kind]
    explain: bool = False
    variants: tuple[Variant, ...] = ()
    named: bool = True


class ItemClerk:
    """Says what a row says, in one voice, as of one day."""

    def __init__(self, voice: Voice, names: DayNames, today: date, staff: Mapping[str, str]) -> None:
        self._voice = voice
        self._names = names
        self._today = today
        self._staff = staff

    def answer(self, item: Item, ask: ItemAsk) -> Finding:
        if self.has_expired(item) and Kind.PRICE in ask.kinds:
            text = self._voice.say(
                "item", "expired", name=item.name, date=self._names.date(item.valid_until or self._today)
            )
            return Finding(
                text=text,
                citations=(str(item.key),),
                why=(f"{item.key}: price valid until {item.valid_until}",),
                said=(text,),
            )
        text = " ".join(self._pieces(item, ask))
        return Finding(text=text, citations=(str(item.key),), why=(f"{item.key}: {item.name}",))

    def has_expired(self, item: Item) -> bool:
        return item.valid_until is not None and item.valid_until < self._today

    def holds(self, item: Item, kind: Kind) -> bool:
        """Whether the row has the piece that a kind asks for."""
        held = {
            Kind.PRICE: item.price is not None or bool(item.variants),
            Kind.DURATION: item.duration_minutes is not None,
            Kind.WHO: bool(item.staff),
            Kind.DAYS: bool(item.days) or _speaks_of_days(item),
        }
        return held.get(kind, True)

    def line(self, item: Item) -> str:
        """One line of a list of look-alikes."""
        price = self._price(item, ())
        return f"{item.name}: {price}" if price else item.name

    def _pieces(self, item: Item, ask: ItemAsk) -> Iterator[str]:
        yield self._opening_piece(item, ask)
        if Kind.WHO in ask.kinds and item.staff:
            yield self._voice.say("item", "staff", name=item.name, people=self._people(item))
        if item.description and (ask.explain or Kind.INCLUDE in ask.kinds):
            yield _sentence(item.description)
        if ask.explain:
            yield from (f"{heading}: {text}." for heading, text in item.extra)
        yield from self._availability(item, ask)

    def _opening_piece(self, item: Item, ask: ItemAsk) -> str:
        price = self._price(item, ask.variants)
        duration = self._voice.duration(item.duration_minutes) if item.duration_minutes else ""
        if is_out(item) and ask.kinds & _BARE and Kind.PRICE not in ask.kinds:
            return self._voice.say("item", "sold_out", name=item.name, availability=item.availability)
        if Kind.DURATION in ask.kinds and duration:
            key = "price_duration" if Kind.PRICE in ask.kinds and price else "duration"
            return self._voice.say("item", key, name=item.name, price=price, duration=duration)
        if Kind.OFFER in ask.kinds and Kind.PRICE not in ask.kinds:
            return self._voice.say(
                "item", "offered" if price else "offered_plain", name=item.name, price=price
            )
        if price:
            return self._voice.say(
                "item", "price_list" if item.variants else "price", name=item.name, price=price, prices=price
            )
        return f"{capital(item.name)}."

    def _price(self, item: Item, variants: tuple[Variant, ...]) -> str:
        if item.variants:
            chosen = variants or item.variants
            return ", ".join(f"{variant.label} {self._voice.money(variant.price)}" for variant in chosen)
        if item.price is None:
            return ""
        if item.price == 0:
            return str(self._voice.words("item", "no_cost"))
        said = self._voice.money(item.price)
        if item.unit:
            said = f"{said} / {item.unit}"
        return self._voice.say("item", "from", price=said) if item.price_from else said

    def _availability(self, item: Item, ask: ItemAsk) -> Iterator[str]:
        wanted = ask.kinds & {Kind.DAYS, Kind.WHEN, Kind.STOCK, Kind.OPENING}
        if Kind.DAYS in ask.kinds and item.days and not item.availability:
            yield self._voice.say("item", "days", name=item.name, days=self._names.plain(item.days))
        elif item.availability and (wanted or not _is_plain(item)):
            said_before = is_out(item) and ask.kinds & _BARE and Kind.PRICE not in ask.kinds
            if not said_before and (wanted or not _speaks_of_days(item)):
                yield _sentence(capital(item.availability))

    def _people(self, item: Item) -> str:
        known = [self._staff[one] for one in item.staff if one in self._staff]
        joined = (
            ", ".join(known[:-1]) + str(self._voice.words("item", "or")) + known[-1]
            if len(known) > 1
            else "".join(known)
        )
        return joined or ", ".join(item.staff)


def is_out(item: Item) -> bool:
    return bool(re.search(lexicon("availability")["out"], fold(item.availability)))


def _is_plain(item: Item) -> bool:
    return bool(re.search(lexicon("availability")["plain"], fold(item.availability)))


def _speaks_of_days(item: Item) -> bool:
    return bool(re.search(lexicon("availability")["days"], fold(item.availability)))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
