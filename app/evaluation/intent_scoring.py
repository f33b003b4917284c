"""How readings of messages are judged: intents, each detail, the whole frame, and the confusions that hurt."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.evaluation.intent_frames import Frame, alike, same

ACTIONS = ("book", "reschedule", "cancel", "availability", "reminder_confirm")
CHANGING = frozenset({"book", "reschedule", "cancel"})
"""What changes the diary: one read as another of these is the confusion that hurts."""
NEVER_MISSED = ("opt_out", "delete_data", "human")
_NOTHING = Frame(id="", intents=frozenset(), slots={})


@dataclass(frozen=True, slots=True)
class Share:
    """Right, missing and too many of one label."""

    right: int
    missing: int
    spurious: int

    @property
    def gold(self) -> int:
        return self.right + self.missing

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.missing + self.spurious) if self.right else 0.0

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.spurious)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.gold)


@dataclass(frozen=True, slots=True)
class SlotShare:
    """How often a detail is exactly right, nearly right, missing, or there for nothing."""

    gold: int
    exact: int
    lenient: int
    missing: int
    spurious: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IntentScore:
    messages: int
    unpredicted: int
    micro_f1: float
    macro_f1: float
    intents_exact: float
    slots_exact: float
    all_exact: float
    labels: Mapping[str, Share]
    slots: Mapping[str, SlotShare]
    harmful: tuple[tuple[Frame, Frame], ...]
    """Gold and prediction where one booking action was read as another."""
    missed: tuple[tuple[Frame, Frame], ...]
    """Where an opt-out, a wish for erasure or for a person was not seen."""


def score_intents(gold: Sequence[Frame], predicted: Sequence[Frame]) -> IntentScore:
    """The scorer's figures over labelled messages; a message without a prediction counts as read as nothing."""
    by_id = {one.id: one for one in predicted}
    pairs = [(one, by_id.get(one.id, _NOTHING)) for one in gold]
    labels = _labels(pairs)
    total = _summed(labels.values())
    known = [share for share in labels.values() if share.gold]
    count = max(1, len(pairs))
    return IntentScore(
        messages=len(pairs),
        unpredicted=sum(one.id not in by_id for one in gold),
        micro_f1=total.f1,
        macro_f1=sum(share.f1 for share in known) / max(1, len(known)),
        intents_exact=sum(one.intents == other.intents for one, other in pairs) / count,
        slots_exact=sum(slots_agree(one, other) for one, other in pairs) / count,
        all_exact=sum(agree(one, other) for one, other in pairs) / count,
        labels=labels,
        slots=_slots(pairs),
        harmful=tuple(pair for pair in pairs if hurts(*pair)),
        missed=tuple(pair for pair in pairs if _misses(*pair)),
    )


def agree(gold: Frame, said: Frame) -> bool:
    return gold.intents == said.intents and slots_agree(gold, said)


def slots_agree(gold: Frame, said: Frame) -> bool:
    if set(gold.slots) != set(said.slots):
        return False
    return all(same(slot, value, said.slots[slot]) for slot, value in gold.slots.items())


def hurts(gold: Frame, said: Frame) -> bool:
    """Whether a booking action was read as a different one."""
    wanted, done = gold.intents & CHANGING, said.intents & CHANGING
    return bool(wanted) and bool(done - wanted)


def _misses(gold: Frame, said: Frame) -> bool:
    return any(kind in gold.intents and kind not in said.intents for kind in NEVER_MISSED)


def confusions(pairs: Sequence[tuple[Frame, Frame]]) -> Mapping[tuple[str, str], int]:
    """How often each action was read as each other, or as "nothing"."""
    found: Counter[tuple[str, str]] = Counter()
    for gold, said in pairs:
        for action in set(ACTIONS) & gold.intents:
            read = [action] if action in said.intents else sorted(set(ACTIONS) & said.intents) or ["nothing"]
            found.update((action, one) for one in read)
    return found


def _labels(pairs: Sequence[tuple[Frame, Frame]]) -> Mapping[str, Share]:
    right: Counter[str] = Counter()
    missing: Counter[str] = Counter()
    spurious: Counter[str] = Counter()
    for gold, said in pairs:
        right.update(gold.intents & said.intents)
        missing.update(gold.intents - said.intents)
        spurious.update(said.intents - gold.intents)
    return {
        label: Share(right[label], missing[label], spurious[label])
        for label in sorted({*right, *missing, *spurious})
    }


def _summed(shares: Iterable[Share]) -> Share:
    listed = list(shares)
    return Share(
        sum(one.right for one in listed),
        sum(one.missing for one in listed),
        sum(one.spurious for one in listed),
    )


def _slots(pairs: Sequence[tuple[Frame, Frame]]) -> Mapping[str, SlotShare]:
    names = sorted({slot for pair in pairs for one in pair for slot in one.slots})
    return {name: _slot(name, pairs) for name in names}


def _slot(name: str, pairs: Sequence[tuple[Frame, Frame]]) -> SlotShare:
    both = [
        (gold.slots[name], said.slots[name])
        for gold, said in pairs
        if name in gold.slots and name in said.slots
    ]
    exact = [same(name, *values) for values in both]
    near = [alike(name, *values) for values in both]
    missing = sum(name in gold.slots and name not in said.slots for gold, said in pairs)
    return SlotShare(
        gold=len(both) + missing,
        exact=sum(exact),
        lenient=sum(one or other for one, other in zip(exact, near, strict=True)),
        missing=missing,
        spurious=sum(name in said.slots and name not in gold.slots for gold, said in pairs),
    )
