"""Typed entries: the closed set of things a merchant can know.

Every value is frozen; money is a `Decimal` in the merchant's currency; clock times are local to the
merchant's zone. An entry's `key` is the merchant's own short name for it ("c03", "f12", "hours") and is
what an answer cites, so it is unique within one merchant.
"""

from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import NewType

EntryKey = NewType("EntryKey", str)

HOURS = EntryKey("hours")
ADDRESS = EntryKey("address")
CONTACT = EntryKey("contact")
PAYMENTS = EntryKey("payments")
STAFF = EntryKey("staff")


@dataclass(frozen=True, slots=True)
class TimeRange:
    """Opening range in local time. `closes` at or before `opens` means the next day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class SpecialDay:
    """A date that replaces the weekly hours completely; no ranges means closed."""

    day: date
    ranges: tuple[TimeRange, ...]
    note: str = ""

    @property
    def key(self) -> EntryKey:
        return EntryKey(f"special:{self.day.isoformat()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Weekly timetable, Monday first (seven tuples), and the dates that replace it."""

    weekly: tuple[tuple[TimeRange, ...], ...]
    special: tuple[SpecialDay, ...] = ()
    phrasings: tuple[str, ...] = ()
    key: EntryKey = HOURS


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One of several prices of an item: a size, a weight, a number of people."""

    label: str
    price: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A catalogue row: a product or a service."""

    key: EntryKey
    name: str
    description: str = ""
    price: Decimal | None = None
    price_from: bool = False
    variants: tuple[Variant, ...] = ()
    unit: str = ""
    duration_minutes: int | None = None
    bookable: bool = False
    staff: tuple[str, ...] = ()
    """Ids of the staff members who can do it."""
    days: tuple[int, ...] = ()
    """Weekdays on which it is offered, Monday = 0; empty = whenever the shop is open."""
    availability: str = ""
    """The merchant's own words: "disponible", "agotado", "martes y jueves"."""
    valid_until: date | None = None
    """After this day the price may no longer be quoted."""
    extra: tuple[tuple[str, str], ...] = ()
    """Further columns of the merchant's table, as (heading, text)."""
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Faq:
    key: EntryKey
    question: str
    answer: str
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    text: str
    phrasings: tuple[str, ...] = ()
    key: EntryKey = ADDRESS


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Ways to reach the shop: labelled phones ("whatsapp", "fijo"), an e-mail, links."""

    phones: tuple[tuple[str, str], ...] = ()
    email: str = ""
    links: tuple[tuple[str, str], ...] = ()
    phrasings: tuple[str, ...] = ()
    key: EntryKey = CONTACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Payments:
    methods: tuple[str, ...]
    phrasings: tuple[str, ...] = ()
    key: EntryKey = PAYMENTS


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffMember:
    id: str
    name: str
    role: str = ""
    days: tuple[int, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    members: tuple[StaffMember, ...]
    phrasings: tuple[str, ...] = ()
    key: EntryKey = STAFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A row of any other table a merchant keeps: a delivery zone, a class of the timetable, a table for six.

    `section` names the table; `fields` are (heading, text) in the merchant's order, without the name.
    """

    key: EntryKey
    section: str
    name: str
    fields: tuple[tuple[str, str], ...] = ()
    phrasings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A piece of a document, addressed the way a reader would: "#3" (third paragraph) or "#L12" (line 12).

    `heading` is what it stands under: a section's title, or the sentence that introduces a list.
    """

    anchor: str
    text: str
    heading: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    key: EntryKey
    title: str
    paragraphs: tuple[Paragraph, ...]
    source: str = ""
    """File name as uploaded."""
    by: str = "paragraph"
    """How paragraphs were cut: "paragraph" (blank lines) or "line"."""
    phrasings: tuple[str, ...] = ()


Entry = Hours | Item | Faq | Address | Contact | Payments | Staff | Record | Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who the merchant is. `timezone` is an IANA name, `locale` a BCP 47 tag, `currency` ISO 4217 or empty."""

    slug: str
    name: str
    trade: str = ""
    timezone: str
    locale: str
    languages: tuple[str, ...]
    currency: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnowledgeBase:
    """Everything one merchant knows, at one published version (0 = never published)."""

    profile: Profile
    entries: tuple[Entry, ...]
    version: int = 0

    def entry(self, key: EntryKey) -> Entry | None:
        """The entry with this key, or None."""
        return next((entry for entry in self.entries if entry.key == key), None)
