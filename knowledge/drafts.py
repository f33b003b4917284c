"""Edits that are not live yet: saved one entry at a time, published together, or thrown away."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.clock import Clock
from kernel.ids import MerchantId
from knowledge.codec import body_of, entry_from, kind_of, profile_from
from knowledge.entries import Entry, EntryKey, KnowledgeBase, Profile
from knowledge.models import DraftRow

PROFILE = EntryKey("profile")
"""Under this key a draft holds the merchant's profile."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An entry, or the profile, as it will be; None = it will be deleted."""

    key: EntryKey
    content: Entry | Profile | None
    saved_at: datetime


def save_draft(session: Session, clock: Clock, merchant: MerchantId, content: Entry | Profile) -> None:
    """Keep an edited or new entry (or the profile) until the next publication."""
    key, kind = (PROFILE, PROFILE) if isinstance(content, Profile) else (content.key, kind_of(content))
    _put(session, clock, merchant, {"key": key, "kind": kind, "body": body_of(content)})


def draft_deletion(session: Session, clock: Clock, merchant: MerchantId, key: EntryKey) -> None:
    """Mark an entry to be deleted with the next publication."""
    _put(session, clock, merchant, {"key": key, "kind": "", "body": None})


def _put(session: Session, clock: Clock, merchant: MerchantId, values: dict[str, object]) -> None:
    row = {"merchant_id": merchant, "saved_at": clock.now(), **values}
    statement = insert(DraftRow).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["merchant_id", "key"],
            set_={name: statement.excluded[name] for name in ("kind", "body", "saved_at")},
        )
    )


def discard_draft(session: Session, merchant: MerchantId, key: EntryKey | None = None) -> None:
    """Throw away one draft, or all of them."""
    statement = delete(DraftRow).where(col(DraftRow.merchant_id) == merchant)
    session.execute(statement if key is None else statement.where(col(DraftRow.key) == key))


def drafts(session: Session, merchant: MerchantId) -> tuple[Draft, ...]:
    """All drafts, the oldest first."""
    rows = session.execute(
        select(DraftRow.key, DraftRow.kind, DraftRow.body, DraftRow.saved_at)
        .where(DraftRow.merchant_id == merchant)
        .order_by(col(DraftRow.saved_at), col(DraftRow.key))
    )
    return tuple(
        Draft(key=EntryKey(key), content=_content(kind, body), saved_at=saved_at)
        for key, kind, body, saved_at in rows
    )


def _content(kind: str, body: dict[str, object] | None) -> Entry | Profile | None:
    if body is None:
        return None
    return profile_from(body) if kind == PROFILE else entry_from(kind, body)


def with_drafts(session: Session, merchant: MerchantId, live: KnowledgeBase) -> KnowledgeBase:
    """What would be live after the next publication: edits in place, new entries at the end."""
    profile = live.profile
    entries: dict[EntryKey, Entry] = {entry.key: entry for entry in live.entries}
    for draft in drafts(session, merchant):
        if isinstance(draft.content, Profile):
            profile = draft.content
        elif draft.content is None:
            entries.pop(draft.key, None)
        else:
            entries[draft.key] = draft.content
    return replace(live, profile=profile, entries=tuple(entries.values()))
