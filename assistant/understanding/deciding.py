"""From chances to intents: control words first, then what is sure enough, then what may stand together."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from assistant.expressions.values import Role
from assistant.understanding.reading import Read
from assistant.understanding.values import PENDING, Awaiting

_ACTIONS = ("book", "reschedule", "cancel")
_TALK = ("greeting", "thanks", "goodbye")
_TALK_SIGNS = {"hello": "greeting", "thanks": "thanks", "bye": "goodbye"}
_CONTROLS = {
    "opt_out": "stop_messages",
    "delete_data": "delete_data",
    "export_data": "export_data",
    "human": "human",
}
"""What is never missed, and the sign that shows each."""
_ANSWERS = {
    Awaiting.CONFIRM: ("book", "cancel"),
    Awaiting.REMINDER: ("reminder_confirm", "cancel"),
    Awaiting.CONSENT: ("opt_in_yes", "opt_out"),
}
"""What a bare yes and a bare no mean."""
_AGREEING = frozenset({"agreeing", "thanks", "consent_yes", "person_coming", "pick_one"})
_REFUSING = frozenset({"refusing", "thanks", "drop_pending"})
_COMING = frozenset({"person_coming", "agreeing"})
_MOVING = frozenset({"move_verb", "instead", "reschedule_hint", "not_cancel", "none_fit"})
_SHOWN_BY: Mapping[str, frozenset[str]] = {
    "book": frozenset({"book_verb", "want_appt", "pick_one", "soonest", "avail", "agreeing", "move_verb"}),
    "reschedule": _MOVING | {"existing", "cant_come"},
    "cancel": frozenset({"cancel_verb", "cant_come", "drop_pending", "not_book"}),
}
_GIVING_UP = frozenset({"cancel_verb", "drop_pending"})
_LONGEST_ANSWER = 5
_NEEDED = 0.5
_NEEDED_ALONE = 0.3
_NEEDED_FOR_CONTROL = 0.35
_NEEDED_WHEN_SIGNED = 0.05
_NEEDED_UNSHOWN = 0.7
_SAID_BY = {"book": "book_verb", "reschedule": "move_verb", "cancel": "cancel_verb"}
_CLOSE_BUT_SAID = 0.08
_CLOSE = 0.25
"""Two booking actions that are closer than this are not told apart: the customer is asked. Where the
likelier one was said in so many words, less of a lead is enough."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kinds of intent in a message, and how they were come by. No kind at all: not sure."""

    kinds: tuple[str, ...]
    why: tuple[str, ...]


def decide(read: Read, chances: Mapping[str, float]) -> Verdict:
    """Which intents a message has, by its chances and by what is certain without them."""
    why = [f"signs: {', '.join(sorted(read.signs)) or 'none'}", "chances: " + _told(chances)]
    plain = _plain_answer(read)
    if plain is not None:
        return Verdict((plain,), (*why, f"plain answer to {read.message.awaiting}"))
    possible = {kind: chance for kind, chance in chances.items() if _fits(kind, read, chance)}
    kinds = {kind for kind, chance in possible.items() if chance >= _NEEDED}
    kinds |= _controls(read, possible) or _likeliest(kinds, possible)
    kinds = _without_talk(_one_action(kinds, possible, read.signs, why), read)
    return Verdict(tuple(sorted(kinds, key=lambda kind: -possible[kind])), tuple(why))


def _plain_answer(read: Read) -> str | None:
    """Yes or no and nothing else, to what was asked: sure without any weighing."""
    meant = _ANSWERS.get(read.message.awaiting) if read.message.awaiting is not None else None
    if meant is None or read.found or not read.signs or len(read.line.plain) > _LONGEST_ANSWER:
        return None
    if "refusing" in read.signs and read.signs <= _REFUSING:
        return meant[1]
    return meant[0] if "agreeing" in read.signs and read.signs <= _AGREEING else None


def _fits(kind: str, read: Read, chance: float) -> bool:
    """What cannot be meant here: no score where none is given, no yes to messages that nobody offered.

    Out of the blue, a booking is neither made nor changed on a likeness alone.
    """
    check = _CHECKS.get(kind)
    if check is not None and not check(read):
        return False
    shown = _SHOWN_BY.get(kind)
    blue = read.message.awaiting is None and shown is not None and read.signs.isdisjoint(shown)
    return not blue or chance >= _NEEDED_UNSHOWN


def _may_rate(read: Read) -> bool:
    return read.message.awaiting is Awaiting.RATING or "rating" in read.signs or read.rating is not None


def _may_opt_in(read: Read) -> bool:
    return read.message.awaiting is Awaiting.CONSENT or "consent_yes" in read.signs


def _may_opt_out(read: Read) -> bool:
    return read.message.awaiting is Awaiting.CONSENT or "stop_messages" in read.signs


def _may_cancel(read: Read) -> bool:
    refused = read.message.awaiting is Awaiting.CONSENT and "cancel_verb" not in read.signs
    return not refused and not _is_pending_wish(read)


def _may_move(read: Read) -> bool:
    return bool(read.signs & _MOVING) or _names_a_change(read)


def _may_confirm(read: Read) -> bool:
    awaiting = read.message.awaiting
    return awaiting is Awaiting.REMINDER or (awaiting is None and bool(read.signs & _COMING))


def _names_a_change(read: Read) -> bool:
    """Whether there is anything that a booking could be changed to: "mañana no puedo" alone gives it up."""
    excluded = {one.found for one in read.times if one.role is Role.EXCLUDED}
    return any(one not in excluded for one in read.found)


def _is_pending_wish(read: Read) -> bool:
    """As in "no me sirven, mejor el viernes": another wish, not the end of it."""
    wished = any(one.role is Role.WISH for one in read.times)
    return read.message.awaiting in PENDING and wished and read.signs.isdisjoint(_GIVING_UP)


def _controls(read: Read, chances: Mapping[str, float]) -> set[str]:
    """Control words before everything: their sign and a chance that is not nil are enough."""
    return {
        kind
        for kind, sign in _CONTROLS.items()
        if chances.get(kind, 0.0) >= (_NEEDED_WHEN_SIGNED if sign in read.signs else _NEEDED_FOR_CONTROL)
    }


def _likeliest(kinds: set[str], chances: Mapping[str, float]) -> set[str]:
    """Where nothing is sure, the one that is likelier than all others together; else it is not known."""
    best = max(chances, key=lambda kind: chances[kind])
    return {best} if not kinds and chances[best] >= _NEEDED_ALONE else set()


def _one_action(
    kinds: set[str], chances: Mapping[str, float], signs: frozenset[str], why: list[str]
) -> set[str]:
    """A message books, moves or cancels: one of the three, and none where two are as likely."""
    first, second = sorted(_ACTIONS, key=lambda kind: -chances.get(kind, 0.0))[:2]
    if first not in kinds:
        return kinds
    others = kinds - set(_ACTIONS)
    margin = _CLOSE_BUT_SAID if _SAID_BY[first] in signs else _CLOSE
    if chances[first] - chances.get(second, 0.0) < margin:
        why.append(f"undecided between {first} and {second}")
        return others
    return others | {first}


def _without_talk(kinds: set[str], read: Read) -> set[str]:
    """A greeting, thanks or goodbye counts only where nothing else is said; thanks and a goodbye count together."""
    if kinds - set(_TALK):
        return kinds - set(_TALK)
    if read.message.awaiting is None and read.signs and read.signs <= set(_TALK_SIGNS):
        said = {kind for sign, kind in _TALK_SIGNS.items() if sign in read.signs}
        return said - {"greeting"} or said
    return kinds


_CHECKS: Mapping[str, Callable[[Read], bool]] = {
    "rate": _may_rate,
    "opt_in_yes": _may_opt_in,
    "opt_out": _may_opt_out,
    "cancel": _may_cancel,
    "reschedule": _may_move,
    "reminder_confirm": _may_confirm,
}


def _told(chances: Mapping[str, float]) -> str:
    best = sorted(chances.items(), key=lambda pair: -pair[1])[:3]
    return ", ".join(f"{kind} {chance:.2f}" for kind, chance in best)
