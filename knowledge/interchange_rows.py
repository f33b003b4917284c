"""The row sections of a merchant's file: catalogue, FAQs, staff, and any other list of rows."""

from collections.abc import Mapping
from decimal import Decimal

from knowledge.entries import EntryKey, Faq, Item, Record, Staff, StaffMember, Variant
from knowledge.interchange_row import Findings, Row, as_text, read_pairs


def rows_of(content: object, section: str, findings: Findings) -> list[Row]:
    """The mappings in a list, each with its place; anything else in it is a problem."""
    if content is None:
        return []
    if not isinstance(content, list):
        findings.add(section, "not_a_list")
        return []
    rows = []
    for number, value in enumerate(content, 1):
        where = f"{section}[{number}]"
        if isinstance(value, Mapping):
            rows.append(Row(value, where, findings))
        else:
            findings.add(where, "not_a_mapping", value)
    return rows


def entry_key(row: Row, prefix: str) -> EntryKey:
    """The row's own id, or one made of its section and number."""
    number = row.where.rpartition("[")[2].rstrip("]")
    return EntryKey(row.text("id", "key") or f"{prefix}-{number}")


def read_item(row: Row, staff_ids: frozenset[str]) -> Item | None:
    key = entry_key(row, "catalog")
    price, from_price = row.price("price")
    price_from = row.flag("price_from")
    item = Item(
        key=key,
        name=row.required("name"),
        description=row.text("description"),
        price=price,
        price_from=price_from or from_price,
        variants=_variants(row),
        unit=row.text("unit"),
        duration_minutes=row.minutes("duration_min", "duration") or None,
        bookable=row.flag("bookable"),
        staff=_known_staff(row, staff_ids),
        days=row.weekdays("days"),
        availability=row.text("availability"),
        valid_until=row.day("valid_until"),
        phrasings=row.texts("phrasings"),
        extra=read_pairs(row, "extra"),
    )
    return item if row.ok and row.findings.claim(key, row.where) else None


def _known_staff(row: Row, staff_ids: frozenset[str]) -> tuple[str, ...]:
    """Ids of members that exist; another is told and left out, since nothing can be booked with nobody."""
    named = row.texts("staff")
    for one in named:
        if one not in staff_ids:
            row.findings.add(f"{row.where}.staff", "unknown_staff", one)
    return tuple(one for one in named if one in staff_ids)


def _variants(row: Row) -> tuple[Variant, ...]:
    content = row.take("prices", "variants")
    pairs: list[tuple[object, object]] = []
    if isinstance(content, Mapping):
        pairs = list(content.items())
    elif isinstance(content, list):
        pairs = [
            (one.get("label"), one.get("price")) if isinstance(one, Mapping) else (None, None)
            for one in content
        ]
    elif content is not None:
        row.fail("prices", "not_a_mapping")
    found = [_variant(row, label, price) for label, price in pairs]
    return tuple(one for one in found if one is not None)


def _variant(row: Row, label: object, price: object) -> Variant | None:
    shown_label, shown_price = as_text(label) or "", as_text(price) or ""
    amount: Decimal | None = None
    if shown_label and shown_price:
        amount, _ = row.check_price("prices", shown_price)
    else:
        row.fail("prices", "missing")
    return None if amount is None else Variant(label=shown_label, price=amount)


def read_faq(row: Row) -> Faq | None:
    key = entry_key(row, "faqs")
    question, answer = row.required("q", "question"), row.required("a", "answer")
    phrasings = row.texts("phrasings")
    row.refuse_rest()
    if not row.ok or not row.findings.claim(key, row.where):
        return None
    return Faq(key=key, question=question, answer=answer, phrasings=phrasings)


def read_staff(content: object, findings: Findings) -> Staff | None:
    """A list of members, or a mapping of `members` and `phrasings`."""
    phrasings: tuple[str, ...] = ()
    if isinstance(content, Mapping):
        section = Row(content, "staff", findings)
        content, phrasings = section.take("members"), section.texts("phrasings")
        section.refuse_rest()
    members: dict[str, StaffMember] = {}
    for row in rows_of(content, "staff", findings):
        member = _member(row)
        if member is not None and member.id in members:
            findings.add(row.where, "duplicate_key", member.id)
        elif member is not None:
            members[member.id] = member
    return Staff(members=tuple(members.values()), phrasings=phrasings) if members else None


def _member(row: Row) -> StaffMember | None:
    identifier = entry_key(row, "staff")
    member = StaffMember(
        id=identifier,
        name=row.required("name"),
        role=row.text("role"),
        days=row.weekdays("days"),
        note=row.text("note"),
    )
    row.refuse_rest()
    return member if row.ok else None


def read_record(row: Row, section: str) -> Record | None:
    """A row of a table this program knows nothing of: without a `name`, its first words are its name."""
    key = entry_key(row, section)
    phrasings = row.texts("phrasings")
    name = row.text("name") or row.text("title")
    fields = read_pairs(row, "fields")
    name = name or next((text for _, text in fields if any(map(str.isalpha, text))), key)
    if not row.ok or not row.findings.claim(key, row.where):
        return None
    return Record(key=key, section=section, name=name, fields=fields, phrasings=phrasings)
