"""The live passages in the database: rewritten entry by entry where an entry's passages have changed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import exists
from sqlalchemy import select as select_columns
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.ids import MerchantId
from knowledge.entries import Entry, EntryKey, KnowledgeBase
from knowledge.models import LearntPhrasingRow, PassageRow, SketchRow, VectorRow
from knowledge.passages import Passage, PassageKind, cut, staff_names
from knowledge.readers import storable


def write_passages(session: Session, merchant: MerchantId, base: KnowledgeBase) -> int:
    """Make the stored passages those of `base`; how many entries' passages were rewritten or removed.

    Vectors and sketches of texts that no passage has any more go with them.
    """
    wanted = _wanted(session, merchant, base)
    stored = _stored(session, merchant)
    stale = [key for key, passages in stored.items() if wanted.get(key) != passages]
    fresh = {key: passages for key, passages in wanted.items() if stored.get(key) != passages}
    if stale:
        session.execute(
            delete(PassageRow).where(
                col(PassageRow.merchant_id) == merchant, col(PassageRow.entry_key).in_(stale)
            )
        )
    rows = [_row(merchant, number, one) for passages in fresh.values() for number, one in enumerate(passages)]
    if rows:
        session.execute(insert(PassageRow), rows)
    if stale:
        for made in (VectorRow, SketchRow):
            _forget_unused(session, merchant, made)
    return len(fresh.keys() | set(stale))


def live_passages(session: Session, merchant: MerchantId, order: Sequence[EntryKey]) -> tuple[Passage, ...]:
    """The passages of all live entries, in the entries' order."""
    stored = _stored(session, merchant)
    return tuple(passage for key in order for passage in stored.get(key, ()))


def _wanted(
    session: Session, merchant: MerchantId, base: KnowledgeBase
) -> dict[EntryKey, tuple[Passage, ...]]:
    names = staff_names(base.entries)
    learnt = _learnt(session, merchant, {entry.key for entry in base.entries})
    found = {
        entry.key: cut(_with_phrasings(entry, learnt.get(entry.key, ())), base.profile, names)
        for entry in base.entries
    }
    return {key: tuple(map(_storable, passages)) for key, passages in found.items() if passages}


def _learnt(session: Session, merchant: MerchantId, keys: set[EntryKey]) -> dict[EntryKey, list[str]]:
    """Learnt phrasings by entry. Those of entries that are gone are deleted."""
    rows = session.execute(
        select(LearntPhrasingRow.entry_key, LearntPhrasingRow.text)
        .where(LearntPhrasingRow.merchant_id == merchant)
        .order_by(col(LearntPhrasingRow.learnt_at), col(LearntPhrasingRow.text))
    )
    learnt: dict[EntryKey, list[str]] = {}
    for key, text in rows:
        learnt.setdefault(EntryKey(key), []).append(text)
    gone = learnt.keys() - keys
    if gone:
        session.execute(
            delete(LearntPhrasingRow).where(
                col(LearntPhrasingRow.merchant_id) == merchant, col(LearntPhrasingRow.entry_key).in_(gone)
            )
        )
    return learnt


def _with_phrasings(entry: Entry, learnt: Iterable[str]) -> Entry:
    more = tuple(text for text in learnt if text not in entry.phrasings)
    return replace(entry, phrasings=entry.phrasings + more) if more else entry


def _storable(passage: Passage) -> Passage:
    return replace(passage, text=storable(passage.text), heading=storable(passage.heading))


def _stored(session: Session, merchant: MerchantId) -> dict[EntryKey, tuple[Passage, ...]]:
    columns = (
        col(PassageRow.entry_key),
        col(PassageRow.citation),
        col(PassageRow.kind),
        col(PassageRow.text),
    )
    rows = session.execute(
        select_columns(*columns, col(PassageRow.heading))
        .where(col(PassageRow.merchant_id) == merchant)
        .order_by(col(PassageRow.entry_key), col(PassageRow.number))
    )
    stored: dict[EntryKey, list[Passage]] = {}
    for key, citation, kind, text, heading in rows:
        entry = EntryKey(key)
        passage = Passage(entry=entry, citation=citation, kind=PassageKind(kind), text=text, heading=heading)
        stored.setdefault(entry, []).append(passage)
    return {key: tuple(passages) for key, passages in stored.items()}


def _row(merchant: MerchantId, number: int, passage: Passage) -> Mapping[str, object]:
    return {
        "merchant_id": merchant,
        "entry_key": passage.entry,
        "number": number,
        "citation": passage.citation,
        "kind": passage.kind.value,
        "text": passage.text,
        "heading": passage.heading,
        "text_hash": passage.text_hash,
    }


def _forget_unused(session: Session, merchant: MerchantId, made: type[VectorRow | SketchRow]) -> None:
    used = exists().where(
        col(PassageRow.merchant_id) == col(made.merchant_id),
        col(PassageRow.text_hash) == col(made.text_hash),
    )
    session.execute(
        delete(made)
        .where(col(made.merchant_id) == merchant, ~used)
        .execution_options(synchronize_session=False)
    )
