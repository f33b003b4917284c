"""A whole merchant as one YAML file, which `interchange` reads back to the same knowledge base."""

from collections.abc import Iterable, Sequence
from datetime import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from knowledge.entries import (
    Address,
    Contact,
    Document,
    Faq,
    Hours,
    Item,
    KnowledgeBase,
    Paragraph,
    Payments,
    Profile,
    Record,
    SpecialDay,
    Staff,
    StaffMember,
    TimeRange,
)  # fmt: skip

_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ITEM_NAMES = frozenset(
    [
        "id",
        "key",
        "name",
        "description",
        "price",
        "price_from",
        "prices",
        "variants",
        "unit",
        "duration_min",
        "duration",
        "bookable",
        "staff",
        "days",
        "availability",
        "valid_until",
        "phrasings",
        "extra",
    ]
)
_RECORD_NAMES = frozenset(["id", "key", "name", "title", "phrasings", "fields"])
_Node = dict[str, Any]


def export_merchant(base: KnowledgeBase, path: Path) -> None:
    """Write the file; documents go into it as text, paragraph by paragraph."""
    path.write_text(merchant_text(base), encoding="utf-8")


def merchant_text(base: KnowledgeBase) -> str:
    return yaml.dump(
        merchant_node(base), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110
    )


def merchant_node(base: KnowledgeBase) -> _Node:
    """The file's content as plain mappings, lists, texts and numbers."""
    node = _profile(base.profile)
    for entry in base.entries:
        match entry:
            case Address() | Contact() | Hours() | Payments() | Staff():
                node |= _single(entry)
            case Item():
                node.setdefault("catalog", []).append(_item(entry))
            case Faq():
                node.setdefault("faqs", []).append(_faq(entry))
            case Record():
                node.setdefault(entry.section, []).append(_record(entry))
            case Document():
                node.setdefault("documents", []).append(_document(entry))
    return node


def _kept(node: _Node) -> _Node:
    """Without the names that say nothing."""
    return {name: value for name, value in node.items() if value not in (None, "", [], {}, False)}


def _profile(profile: Profile) -> _Node:
    return {"id": profile.slug, "name": profile.name} | _kept(
        {
            "trade": profile.trade,
            "timezone": profile.timezone,
            "locale": profile.locale,
            "languages": list(profile.languages),
            "currency": profile.currency,
        }
    )


def _single(entry: Address | Contact | Hours | Payments | Staff) -> _Node:
    phrasings = list(entry.phrasings)
    match entry:
        case Address():
            return {"address": {"text": entry.text, "phrasings": phrasings} if phrasings else entry.text}
        case Contact():
            return _contact(entry)
        case Hours():
            return {"hours": _hours(entry)}
        case Payments():
            methods = list(entry.methods)
            return {"payments": {"methods": methods, "phrasings": phrasings} if phrasings else methods}
        case Staff():
            members = [_member(member) for member in entry.members]
            return {"staff": {"members": members, "phrasings": phrasings} if phrasings else members}


def _contact(contact: Contact) -> _Node:
    return _kept(
        {
            "phones": _labelled(contact.phones),
            "email": contact.email,
            "links": _labelled(contact.links),
            "contact": _kept({"phrasings": list(contact.phrasings)}),
        }
    )


def _labelled(pairs: Sequence[tuple[str, str]]) -> _Node | list[list[str]]:
    """A mapping where labels are unique, pairs where they are not."""
    return dict(pairs) if len(dict(pairs)) == len(pairs) else [list(pair) for pair in pairs]


def _hours(hours: Hours) -> _Node:
    weekly = {day: _ranges(ranges) for day, ranges in zip(_DAYS, hours.weekly, strict=True)}
    return {"weekly": weekly} | _kept(
        {"special": [_special(day) for day in hours.special], "phrasings": list(hours.phrasings)}
    )


def _special(special: SpecialDay) -> _Node:
    node: _Node = {"date": special.day.isoformat(), "open": _ranges(special.ranges)}
    return node | _kept({"note": special.note})


def _ranges(ranges: Iterable[TimeRange]) -> list[list[str]]:
    return [[_clock(one.opens), _clock(one.closes)] for one in ranges]


def _clock(value: time) -> str:
    return value.isoformat("minutes")


def _member(member: StaffMember) -> _Node:
    return {"id": member.id, "name": member.name} | _kept(
        {"role": member.role, "days": _days(member.days), "note": member.note}
    )


def _days(days: Iterable[int]) -> list[str]:
    return [_DAYS[day] for day in days]


def _item(item: Item) -> _Node:
    node: _Node = {"id": item.key, "name": item.name} | _kept({"description": item.description})
    if item.price is not None:
        node["price"] = _number(item.price)
    return (
        node
        | _kept(
            {
                "price_from": item.price_from,
                "prices": [{"label": one.label, "price": _number(one.price)} for one in item.variants],
                "unit": item.unit,
                "duration_min": item.duration_minutes,
                "bookable": item.bookable,
                "staff": list(item.staff),
                "days": _days(item.days),
                "availability": item.availability,
                "valid_until": item.valid_until.isoformat() if item.valid_until else None,
            }
        )
        | _pairs(item.extra, "extra", _ITEM_NAMES)
        | _kept({"phrasings": list(item.phrasings)})
    )


def _number(amount: Decimal) -> int | float | str:
    """A plain number where YAML keeps it exactly; three decimals would read as thousands, so they get a fourth."""
    if amount == amount.to_integral_value():
        return int(amount)
    if amount.normalize().as_tuple().exponent == -3:
        return f"{amount.normalize()}0"
    near = float(amount)
    return near if Decimal(repr(near)) == amount else str(amount)


def _faq(faq: Faq) -> _Node:
    return {"id": faq.key, "q": faq.question, "a": faq.answer} | _kept({"phrasings": list(faq.phrasings)})


def _record(record: Record) -> _Node:
    node: _Node = {"id": record.key, "name": record.name}
    return (
        node | _pairs(record.fields, "fields", _RECORD_NAMES) | _kept({"phrasings": list(record.phrasings)})
    )


def _pairs(pairs: Sequence[tuple[str, str]], name: str, reserved: frozenset[str]) -> _Node:
    """As columns of the row where headings allow it, else as a list of pairs under `name`."""
    headings = [heading for heading, _ in pairs]
    plain = len(set(headings)) == len(headings) and "" not in headings and reserved.isdisjoint(headings)
    return dict(pairs) if plain else {name: [list(pair) for pair in pairs]}


def _document(document: Document) -> _Node:
    node: _Node = {"id": document.key, "title": document.title}
    more = {"source": document.source, "by": "line" if document.by == "line" else ""}
    paragraphs = [_paragraph(one) for one in document.paragraphs]
    return node | _kept(more) | {"paragraphs": paragraphs} | _kept({"phrasings": list(document.phrasings)})


def _paragraph(paragraph: Paragraph) -> _Node:
    node: _Node = {"anchor": paragraph.anchor}
    return node | _kept({"heading": paragraph.heading}) | {"text": paragraph.text}
