"""What the head looks at: signs, details, what is awaited, small talk, and how like the message's vector is to examples."""

from collections.abc import Sequence
from functools import cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from assistant.expressions.values import Role
from assistant.kinds import Kind, read_kinds
from assistant.smalltalk import SmallTalkKind
from assistant.understanding.reading import Read
from assistant.understanding.signs import sign_names
from assistant.understanding.values import PENDING, Awaiting, Slot

Row = NDArray[np.float32]

_PAIRED = (
    "move_verb", "instead", "reschedule_hint", "cancel_verb", "not_cancel", "cant_come", "drop_pending", "avail",
    "book_verb", "want_appt", "my_booking", "existing", "ask_form", "price", "pick_one", "person_coming",
)  # fmt: skip
"""Signs whose meeting in one message means something of its own."""
_AWAITED = (
    "agreeing", "refusing", "drop_pending", "cancel_verb", "cant_come", "move_verb", "reschedule_hint", "avail", "book_verb",
    "person_coming", "none_fit", "any_staff", "soonest", "thanks", "stop_messages", "consent_yes", "ask_form", "price",
)  # fmt: skip
_ASKING = frozenset({"ask_form", "price", "ask_open", "ask_fact"})
_ACTING = frozenset({"avail", "book_verb", "want_appt", "my_booking", "move_verb", "cancel_verb"})
_GROUPS = ("pending", "confirm", "consent", "reminder", "rating", "nothing")
_DETAILS = (*(slot.value for slot in Slot), "old", "excluded", "shift", "several_times", "doubtful")
_SHAPES = (
    "own_question",
    "question_beside",
    "asks",
    "short",
    "middling",
    "long",
    "clauses",
    "bare_detail",
    "wordless",
)


@cache
def names() -> tuple[str, ...]:
    """The features in their order; stored with the weights, which fit no other."""
    signs = sign_names()
    seen = [f"sign {name}" for name in signs]
    both = [f"{one} and {other}" for one, other in combinations(_PAIRED, 2)]
    awaited = [
        f"{group}: {name}"
        for group in _GROUPS
        for name in (*_AWAITED, *_DETAILS, "bare_detail", "short", "here")
    ]
    kinds = [f"kind {kind}" for kind in Kind]
    talks = [f"talk {kind}" for kind in SmallTalkKind]
    return (
        *seen, *both, *awaited, *kinds, *talks,
        *(f"has {name}" for name in _DETAILS), *(f"shape {name}" for name in _SHAPES),
    )  # fmt: skip


def row_of(read: Read) -> Row:
    """The features of a message, zeros and ones."""
    signs = read.signs
    details, shapes = _details(read), _shapes(read)
    here = _group(read.message.awaiting)
    known = {f"sign {name}" for name in signs}
    known |= {
        f"{one} and {other}" for one, other in combinations(_PAIRED, 2) if one in signs and other in signs
    }
    beside = (signs & set(_AWAITED)) | details | (shapes & {"bare_detail", "short"}) | {"here"}
    known |= {f"{here}: {name}" for name in beside}
    known |= {f"kind {cue.kind}" for cue in read_kinds(read.line.plain)}
    known |= {f"has {name}" for name in details} | {f"shape {name}" for name in shapes}
    if read.talk is not None:
        known.add(f"talk {read.talk.kind}")
    return np.asarray([name in known for name in names()], np.float32)


def _group(awaiting: Awaiting | None) -> str:
    if awaiting in PENDING:
        return "pending"
    return awaiting.value if awaiting is not None and awaiting.value in _GROUPS else "nothing"


def _details(read: Read) -> frozenset[str]:
    roles = [one.role for one in read.times]
    found = {one.slot.value for one in read.found if one.slot is not Slot.WHEN}
    wishes = [one for one in read.times if one.role is Role.WISH]
    checks = {
        Slot.WHEN.value: bool(wishes),
        "old": Role.OLD in roles,
        "excluded": Role.EXCLUDED in roles,
        "shift": any(one.mention.when.shift is not None for one in read.times),
        "several_times": len(wishes) > 1,
        "doubtful": any(one.mention.is_doubtful for one in read.times),
        Slot.RATING.value: read.rating is not None,
    }
    return frozenset(found | {name for name, holds in checks.items() if holds})


def _shapes(read: Read) -> frozenset[str]:
    count = len(read.line.plain)
    covered = sum(len(one.span) for one in read.found)
    asking = [_is_question(signs) for signs in read.clause_signs]
    acting = [bool(signs & _ACTING) for signs in read.clause_signs]
    checks = {
        "own_question": any(asking),
        "question_beside": any(asking) and any(acting),
        "asks": "?" in read.message.text,
        "short": count <= 3,
        "middling": 3 < count <= 8,
        "long": count > 14,
        "clauses": len(read.clauses) > 1,
        "bare_detail": bool(read.found) and count - covered <= 2,
        "wordless": not count,
    }
    return frozenset(name for name, holds in checks.items() if holds)


def _is_question(signs: frozenset[str]) -> bool:
    """Whether a clause asks for something to be told, and for nothing else."""
    return bool(signs & _ASKING) and not signs & _ACTING


def rows_of(reads: Sequence[Read]) -> Row:
    return np.stack([row_of(read) for read in reads])
