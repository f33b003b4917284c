"""Publishing: a new version of a merchant's knowledge, whole or not at all, in the caller's transaction.

What was deleted or replaced can be found by no search from the same moment on: its passages and the vectors
and sketches of texts no longer in use are deleted in that transaction. Earlier versions stay readable as history.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel import ledger
from kernel.clock import Clock
from kernel.ids import MerchantId
from kernel.jobs import defer
from knowledge.codec import body_of, kind_of
from knowledge.conflicts import Conflict, conflict_in
from knowledge.drafts import with_drafts
from knowledge.entries import Entry, EntryKey, KnowledgeBase
from knowledge.jobs import embed_job
from knowledge.live import load
from knowledge.models import DraftRow, EntryRevisionRow, HeadRow, PublicationRow
from knowledge.passage_rows import write_passages


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A new version is live."""

    version: int
    added: int
    changed: int
    removed: int


@dataclass(frozen=True, slots=True)
class Unchanged:
    """There was nothing to publish: what is live says the same."""

    version: int


@dataclass(frozen=True, slots=True)
class UnknownVersion:
    """There is no such version to go back to."""

    version: int


Outcome = Published | Unchanged | Conflict | UnknownVersion


def import_knowledge(
    session: Session, clock: Clock, merchant: MerchantId, base: KnowledgeBase, *, actor: str
) -> Outcome:
    """Publish a whole merchant; entries that are not in `base` are gone with it, and so are all drafts."""
    outcome = _publish(session, clock, merchant, base, actor=actor, origin="import")
    if not isinstance(outcome, Conflict):
        session.execute(delete(DraftRow).where(col(DraftRow.merchant_id) == merchant))
    return outcome


def publish(session: Session, clock: Clock, merchant: MerchantId, *, actor: str) -> Outcome:
    """Make the merchant's drafts live, all together."""
    live = load(session, merchant)
    if live is None:
        return UnknownVersion(0)
    edited = with_drafts(session, merchant, live)
    outcome = _publish(session, clock, merchant, edited, actor=actor, origin="edit")
    if not isinstance(outcome, Conflict):
        session.execute(delete(DraftRow).where(col(DraftRow.merchant_id) == merchant))
    return outcome


def undo(session: Session, clock: Clock, merchant: MerchantId, *, actor: str) -> Outcome:
    """Publish what was live before the present version, as a new version."""
    live = load(session, merchant)
    return restore(session, clock, merchant, live.version - 1 if live else 0, actor=actor)


def restore(session: Session, clock: Clock, merchant: MerchantId, version: int, *, actor: str) -> Outcome:
    """Publish an earlier version's content as a new version. Drafts stay as they are."""
    earlier = load(session, merchant, version)
    if earlier is None:
        return UnknownVersion(version)
    return _publish(session, clock, merchant, earlier, actor=actor, origin="undo")


def republish(session: Session, clock: Clock, merchant: MerchantId, *, actor: str) -> Outcome:
    """A new version of the same entries, after phrasings were learnt: what search looks at has changed."""
    live = load(session, merchant)
    if live is None:
        return UnknownVersion(0)
    return _publish(session, clock, merchant, live, actor=actor, origin="learnt")


def _publish(
    session: Session, clock: Clock, merchant: MerchantId, base: KnowledgeBase, *, actor: str, origin: str
) -> Outcome:
    conflict = conflict_in(base.entries)
    if conflict is not None:
        return conflict
    row = _locked_head(session, merchant, base)
    version = row.version + 1
    new = {"profile": body_of(base.profile), "keys": [entry.key for entry in base.entries]}
    added, changed, removed = _write_entries(session, merchant, base.entries, version)
    rewritten = write_passages(session, merchant, base)
    if not (added or changed or removed or rewritten) and new == _published(session, merchant, row.version):
        return Unchanged(row.version)
    session.execute(
        update(HeadRow)
        .where(col(HeadRow.merchant_id) == merchant)
        .values(version=version, profile=new["profile"])
    )
    counts = {"added": added, "changed": changed, "removed": removed}
    fresh = {"merchant_id": merchant, "version": version, "at": clock.now(), "actor": actor, "origin": origin}
    session.execute(insert(PublicationRow).values(**fresh, **new, **counts))
    detail: ledger.Detail = {"version": version, "origin": origin, **counts}
    ledger.append(session, clock, merchant, actor=actor, action="knowledge.published", detail=detail)
    defer(session, embed_job(merchant))
    return Published(version=version, **counts)


def _locked_head(session: Session, merchant: MerchantId, base: KnowledgeBase) -> HeadRow:
    """The head, made when it is missing; two publications of one merchant wait for each other here."""
    fresh = {
        "merchant_id": merchant, "version": 0, "profile": body_of(base.profile), "serving_model": "",
        "vector_revision": 0,
    }  # fmt: skip
    session.execute(insert(HeadRow).values(fresh).on_conflict_do_nothing())
    return session.exec(
        select(HeadRow)
        .where(HeadRow.merchant_id == merchant)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _published(session: Session, merchant: MerchantId, version: int) -> dict[str, Any] | None:
    """Profile and order of entries of a version."""
    row = session.execute(
        select(PublicationRow.profile, PublicationRow.keys).where(
            PublicationRow.merchant_id == merchant, PublicationRow.version == version
        )
    ).one_or_none()
    return None if row is None else {"profile": row.profile, "keys": row.keys}


def _write_entries(
    session: Session, merchant: MerchantId, entries: Sequence[Entry], version: int
) -> tuple[int, int, int]:
    """Close the revisions that end here and open the new ones; how many entries came, changed and went."""
    live = _live_revisions(session, merchant)
    wanted = {entry.key: (kind_of(entry), body_of(entry)) for entry in entries}
    fresh = {key: value for key, value in wanted.items() if live.get(key) != value}
    ended = [key for key in live if key in fresh or key not in wanted]
    _end(session, merchant, ended, version)
    _begin(session, merchant, fresh, version)
    added = sum(1 for key in fresh if key not in live)
    return added, len(fresh) - added, len(ended) - (len(fresh) - added)


_Content = tuple[str, dict[str, Any]]
"""Kind and body."""


def _live_revisions(session: Session, merchant: MerchantId) -> dict[EntryKey, _Content]:
    rows = session.execute(
        select(EntryRevisionRow.key, EntryRevisionRow.kind, EntryRevisionRow.body).where(
            EntryRevisionRow.merchant_id == merchant, col(EntryRevisionRow.valid_to).is_(None)
        )
    )
    return {EntryKey(key): (kind, body) for key, kind, body in rows}


def _end(session: Session, merchant: MerchantId, keys: Sequence[EntryKey], version: int) -> None:
    if keys:
        session.execute(
            update(EntryRevisionRow)
            .where(
                col(EntryRevisionRow.merchant_id) == merchant,
                col(EntryRevisionRow.valid_to).is_(None),
                col(EntryRevisionRow.key).in_(keys),
            )
            .values(valid_to=version)
            .execution_options(synchronize_session=False)
        )


def _begin(session: Session, merchant: MerchantId, fresh: Mapping[EntryKey, _Content], version: int) -> None:
    rows = [
        {
            "id": uuid4(),
            "merchant_id": merchant,
            "key": key,
            "kind": kind,
            "body": body,
            "valid_from": version,
        }
        for key, (kind, body) in fresh.items()
    ]
    if rows:
        session.execute(insert(EntryRevisionRow), rows)
