"""Hypothesis strategies for whole merchants, in the order in which a file lists them."""

from datetime import date, time
from decimal import Decimal

from hypothesis import Phase
from hypothesis import strategies as st

from knowledge.entries import (
    Address,
    Contact,
    Document,
    EntryKey,
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
    Variant,
)
from knowledge.readers import clean

WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""A whole merchant is large: making a failing one smaller takes minutes and shows little more."""

texts = st.text(st.characters(codec="utf-8", exclude_categories=("Cc",)), min_size=1, max_size=40).map(clean)
words = texts.filter(lambda text: any(map(str.isalnum, text)))
phrasings = st.lists(words, max_size=3, unique=True).map(tuple)
pairs = st.lists(st.tuples(words, words), max_size=3).map(tuple)
amounts = st.decimals(min_value=0, max_value=10**9, places=4, allow_nan=False).map(
    lambda amount: Decimal(f"{amount:f}")
)
weekdays = st.sets(st.integers(0, 6)).map(lambda days: tuple(sorted(days)))
clocks = st.times().map(lambda value: time(value.hour, value.minute))


@st.composite
def day_ranges(draw: st.DrawFn) -> tuple[TimeRange, ...]:
    """Up to two ranges in order, the last of them perhaps past midnight."""
    marks = sorted(draw(st.sets(clocks, min_size=0, max_size=4)))
    marks = marks[: len(marks) // 2 * 2]
    ranges = [TimeRange(a, b) for a, b in zip(marks[::2], marks[1::2], strict=True)]
    if ranges and draw(st.booleans()):
        ranges[-1] = TimeRange(ranges[-1].opens, time(0))
    return tuple(ranges)


hours = st.builds(
    Hours,
    weekly=st.tuples(*[day_ranges()] * 7),
    special=st.dictionaries(
        st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.tuples(day_ranges(), texts), max_size=3
    ).map(
        lambda days: tuple(
            SpecialDay(day=day, ranges=ranges, note=note) for day, (ranges, note) in sorted(days.items())
        )
    ),
    phrasings=phrasings,
    key=st.just(EntryKey("hours")),
)
profiles = st.builds(
    Profile,
    slug=words,
    name=words,
    trade=texts,
    timezone=st.sampled_from(["America/Bogota", "America/Mexico_City", "America/Sao_Paulo"]),
    locale=st.sampled_from(["es-CO", "pt-BR", "en-US"]),
    languages=st.lists(st.sampled_from(["es", "pt", "en"]), min_size=1, unique=True).map(tuple),
    currency=st.sampled_from(["", "COP", "BRL"]),
)
staff_members = st.builds(StaffMember, id=words, name=words, role=texts, days=weekdays, note=texts)


def keyed(kind: type, **fields: st.SearchStrategy) -> st.SearchStrategy:
    """Entries without their key, which is given when all of a merchant's are together."""
    return st.builds(kind, key=st.just(EntryKey("")), **fields)


@st.composite
def merchants(draw: st.DrawFn) -> KnowledgeBase:
    members = tuple(draw(st.lists(staff_members, max_size=2, unique_by=lambda member: member.id)))
    ids = [member.id for member in members]
    single = [
        draw(
            st.none() | st.builds(Address, text=words, phrasings=phrasings, key=st.just(EntryKey("address")))
        ),
        draw(
            st.none()
            | st.builds(
                Contact,
                phones=pairs,
                email=words,
                links=pairs,
                phrasings=phrasings,
                key=st.just(EntryKey("contact")),
            )
        ),
        draw(st.none() | hours),
        draw(
            st.none()
            | st.builds(
                Payments,
                methods=st.lists(words, min_size=1, max_size=3).map(tuple),
                phrasings=phrasings,
                key=st.just(EntryKey("payments")),
            )
        ),
        Staff(members=members, phrasings=draw(phrasings)) if members else None,
    ]
    rows = [
        *draw(st.lists(items(ids), max_size=3)),
        *draw(st.lists(faqs, max_size=2)),
        *draw(records()),
        *draw(st.lists(documents, max_size=2)),
    ]
    numbered = [replace_key(row, f"k{number}") for number, row in enumerate(rows)]
    entries = tuple(entry for entry in (*single, *numbered) if entry is not None)
    return KnowledgeBase(profile=draw(profiles), entries=entries)


def replace_key(entry: object, key: str) -> object:
    from dataclasses import replace

    return replace(entry, key=EntryKey(key))


def items(staff_ids: list[str]) -> st.SearchStrategy:
    return keyed(
        Item,
        name=words,
        description=texts,
        price=st.none() | amounts,
        price_from=st.booleans(),
        variants=st.lists(st.builds(Variant, label=words, price=amounts), max_size=2).map(tuple),
        unit=texts,
        duration_minutes=st.none() | st.integers(1, 600),
        bookable=st.booleans(),
        staff=st.sets(st.sampled_from(staff_ids)).map(lambda ids: tuple(sorted(ids)))
        if staff_ids
        else st.just(()),
        days=weekdays,
        availability=texts,
        valid_until=st.none() | st.dates(date(2020, 1, 1), date(2040, 1, 1)),
        extra=pairs,
        phrasings=phrasings,
    )


faqs = keyed(Faq, question=words, answer=words, phrasings=phrasings)
documents = keyed(
    Document,
    title=words,
    paragraphs=st.lists(st.tuples(words, texts), max_size=3).map(
        lambda pieces: tuple(
            Paragraph(anchor=f"#{number}", text=text, heading=heading)
            for number, (text, heading) in enumerate(pieces, 1)
        )
    ),
    source=texts,
    by=st.sampled_from(["paragraph", "line"]),
    phrasings=phrasings,
)


def records() -> st.SearchStrategy:
    """Rows of up to two tables, each table's together."""
    rows = st.lists(
        keyed(Record, section=st.just(""), name=words, fields=pairs, phrasings=phrasings), max_size=2
    )
    return st.tuples(rows, rows).map(
        lambda tables: [
            *(replace_section(row, "zones") for row in tables[0]),
            *(replace_section(row, "salones") for row in tables[1]),
        ]
    )


def replace_section(record: Record, section: str) -> Record:
    from dataclasses import replace

    return replace(record, section=section)
