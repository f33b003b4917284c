"""Entries in words, in the merchant's first language: how a price, a timetable or a row is read aloud.

These words are for search and for display. They hold every figure of the entry and none that is not in it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_day_names
from babel.numbers import format_decimal, get_currency_symbol

from knowledge.entries import Contact, Hours, Item, Profile, Record, SpecialDay, Staff, StaffMember, TimeRange
from knowledge.messages import catalogue, language_of
from knowledge.readers import read_duration, read_flag, read_price

_FILE_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SESSION = re.compile(rf"\bday: ({'|'.join(_FILE_DAYS)})\b(?:, time:)?\s*")
_TIME_TAKEN = ("duration", "duracion", "duración", "duraç", "duracao")
_MONEY = ("price", "precio", "preco", "preço", "cost", "costo", "custo", "valor", "tarifa", "fee")


class Wording:
    """Words for one merchant: its first language, its locale, its currency."""

    def __init__(self, profile: Profile) -> None:
        self.language = language_of((*profile.languages, profile.locale))
        self._texts: Mapping[str, Any] = catalogue(self.language)
        self._words: Mapping[str, str] = self._texts["words"]
        self._names = Locale.parse(self.language)
        self._numbers = _locale(profile.locale, self.language)
        self._currency = profile.currency

    def phrasings(self, kind: str) -> tuple[str, ...]:
        """How people ask for facts that every shop has."""
        return tuple(self._texts["phrasings"].get(kind, ()))

    def price(self, amount: Decimal) -> str:
        """As in "$45.000" or "R$ 45,50"; zero also in words."""
        return f"{self.amount(amount)} ({self._words['free']})" if amount == 0 else self.amount(amount)

    def amount(self, amount: Decimal) -> str:
        pattern = "#,##0" if amount == amount.to_integral_value() else "#,##0.00##"
        number = str(format_decimal(amount, format=pattern, locale=self._numbers))
        if not self._currency:
            return number
        symbol = str(get_currency_symbol(self._currency, locale=self._numbers))
        return f"{symbol}{number}" if symbol.endswith("$") and len(symbol) == 1 else f"{symbol} {number}"

    def duration(self, minutes: int) -> str:
        """As in "45 minutos" or "1 hora y 30 minutos (90 minutos)"."""
        hours, rest = divmod(minutes, 60)
        parts = []
        if hours:
            parts.append(self._words["hour" if hours == 1 else "hours"].format(count=hours))
        if rest or not hours:
            parts.append(self._words["minutes"].format(count=rest))
        if len(parts) == 1:
            return parts[0]
        together = self._words["and"].format(first=parts[0], second=parts[1])
        return f"{together} ({self._words['minutes'].format(count=minutes)})"

    def weekday(self, day: int) -> str:
        return str(get_day_names("wide", locale=self._names)[day])

    def weekdays(self, days: Iterable[int]) -> str:
        return ", ".join(self.weekday(day) for day in days)

    def day(self, day: date) -> str:
        return str(format_date(day, format="full", locale=self._names))

    def ranges(self, ranges: Sequence[TimeRange]) -> str:
        """As in "de 09:00 a 13:00 y de 15:00 a 19:00", or that it is closed."""
        shown = [
            self._words["range"].format(
                opens=one.opens.isoformat("minutes"), closes=one.closes.isoformat("minutes")
            )
            for one in ranges
        ]
        if not shown:
            return self._words["closed"]
        return (
            self._words["and"].format(first=", ".join(shown[:-1]), second=shown[-1])
            if shown[1:]
            else shown[0]
        )

    def hours(self, hours: Hours) -> str:
        days = (f"{self.weekday(day)} {self.ranges(ranges)}" for day, ranges in enumerate(hours.weekly))
        return f"{self._words['opening_hours']}: {'; '.join(days)}."

    def special_day(self, special: SpecialDay) -> str:
        note = f" ({special.note})" if special.note else ""
        return f"{self.day(special.day)}{note}: {self.ranges(special.ranges)}."

    def address(self, text: str) -> str:
        return self._words["address"].format(text=text)

    def contact(self, contact: Contact) -> str:
        parts = [
            f"{self._words['phone'] if label == 'phone' else label} {number}"
            for label, number in contact.phones
        ]
        if contact.email:
            parts.append(self._words["email"].format(text=contact.email))
        parts += [f"{label}: {link}" for label, link in contact.links]
        return self._words["contact"].format(text="; ".join(parts))

    def payments(self, methods: Iterable[str]) -> str:
        return self._words["payments"].format(text=", ".join(methods))

    def staff(self, staff: Staff) -> str:
        return f"{self._words['staff']}: {'; '.join(_titled(one.name, one.role) for one in staff.members)}."

    def member(self, member: StaffMember) -> str:
        parts = [_titled(member.name, member.role), member.note]
        if member.days:
            parts.append(self._words["works_on"].format(days=self.weekdays(member.days)))
        return _sentences(parts)

    def item(self, item: Item, names: Mapping[str, str]) -> str:
        """A catalogue row in words; `names` are the staff's by id."""
        parts = [item.name, item.description, *self.prices(item)]
        if item.duration_minutes:
            parts.append(self._words["duration"].format(duration=self.duration(item.duration_minutes)))
        if item.availability:
            parts.append(self._words["availability"].format(text=item.availability))
        if item.days:
            parts.append(self._words["offered_on"].format(days=self.weekdays(item.days)))
        attending = ", ".join(names[one] for one in item.staff if one in names)
        if attending:
            parts.append(self._words["attended_by"].format(names=attending))
        parts += [f"{heading}: {text}" if heading else text for heading, text in item.extra]
        return _sentences(parts)

    def prices(self, item: Item) -> list[str]:
        """What a row says of its price, a sentence each."""
        parts = []
        if item.price is not None:
            shown = self.price(item.price)
            if item.unit:
                shown = self._words["per_unit"].format(price=shown, unit=item.unit)
            parts.append(self._words["price_from" if item.price_from else "price"].format(price=shown))
        if item.variants:
            listed = "; ".join(f"{one.label} {self.price(one.price)}" for one in item.variants)
            parts.append(self._words["prices"].format(prices=listed))
        if item.unit and item.price is None:
            parts.append(item.unit)
        if item.valid_until:
            parts.append(self._words["valid_until"].format(day=self.day(item.valid_until)))
        return parts

    def record(self, record: Record, names: Mapping[str, str] | None = None) -> str:
        """A row of any other table: the table's name where it is known, then every column."""
        section = self._texts["sections"].get(record.section, "")
        fields = [
            self.field(heading, _named(text, names or {}))
            for heading, text in record.fields
            if text and text != record.name
        ]
        return _sentences([f"{section} {record.name}".strip(), *fields])

    def field(self, heading: str, text: str) -> str:
        """One column as "heading: text", with money, durations, weekdays and flags as people write them."""
        shown = self._texts["headings"].get(heading, heading.replace("_", " "))
        return f"{shown}: {self._value(heading.casefold(), text)}" if shown else self._value("", text)

    def _value(self, heading: str, text: str) -> str:
        if heading.startswith(_MONEY) and (price := read_price(text)) and not price[1] and price[0] >= 0:
            return self.price(price[0])
        if heading.startswith(_TIME_TAKEN) and (minutes := read_duration(text)):
            return self.duration(minutes)
        if text in {"true", "false"}:
            return self._words["yes" if read_flag(text) else "no"]
        sessions = _SESSION.sub(lambda found: f"{self.weekday(_FILE_DAYS.index(found[1]))} ", text)
        return sessions if sessions != text else self._days_in_words(text)

    def _days_in_words(self, text: str) -> str:
        """A list of the file format's "mon", "tue"… as weekdays; any other text as it is."""
        words = re.findall(r"[^\W\d_]+", text)
        if not words or not set(words) <= set(_FILE_DAYS):
            return text
        return re.sub(r"[a-z]{3}", lambda found: self.weekday(_FILE_DAYS.index(found[0])), text)


def _named(text: str, names: Mapping[str, str]) -> str:
    """A list of staff ids as their names; any other text as it is."""
    listed = text.split(", ")
    return ", ".join(names[one] for one in listed) if all(one in names for one in listed) else text


def _titled(name: str, role: str) -> str:
    return f"{name}, {role}" if role else name


def _sentences(parts: Iterable[str]) -> str:
    """Parts as sentences, each with one full stop."""
    return " ".join(part if part.endswith((".", "!", "?")) else f"{part}." for part in parts if part)


@lru_cache(maxsize=64)
def _locale(tag: str, language: str) -> Locale:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(language)
