"""The doorway to what is stored.

Every function takes a `sqlmodel.Session` inside a transaction that is confined to the merchant by row-level
security, never commits, and gives frozen values. Loads no model and no index: the edge edits and publishes through it.
"""

from knowledge.conflicts import Conflict
from knowledge.drafts import PROFILE, Draft, discard_draft, draft_deletion, drafts, save_draft, with_drafts
from knowledge.gaps import (
    Gap,
    GapId,
    GapStatus,
    answer_gap,
    dismiss_gap,
    gaps,
    learn_phrasing,
    record_gap,
)  # fmt: skip
from knowledge.live import Head, Publication, head, history, load
from knowledge.publishing import (
    Outcome,
    Published,
    Unchanged,
    UnknownVersion,
    import_knowledge,
    publish,
    restore,
    undo,
)  # fmt: skip
from knowledge.vectors import MissingText, count_missing, missing_vectors, store_vectors

__all__ = [
    "PROFILE",
    "Conflict",
    "Draft",
    "Gap",
    "GapId",
    "GapStatus",
    "Head",
    "MissingText",
    "Outcome",
    "Publication",
    "Published",
    "Unchanged",
    "UnknownVersion",
    "answer_gap",
    "count_missing",
    "discard_draft",
    "dismiss_gap",
    "draft_deletion",
    "drafts",
    "gaps",
    "head",
    "history",
    "import_knowledge",
    "learn_phrasing",
    "load",
    "missing_vectors",
    "publish",
    "record_gap",
    "restore",
    "save_draft",
    "store_vectors",
    "undo",
    "with_drafts",
]
