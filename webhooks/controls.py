"""What is decided before any AI, in code: opting out and in, consent buttons, data requests, asking for a person.

A message is a control only when the whole of it is one (courtesies aside), so "¿baja el precio?" is a question.
"""

from dataclasses import dataclass
from enum import StrEnum

from webhooks.contents import Content, Tap, TemplateTap, Text
from webhooks.words import Words, is_question, plain, words

CONSENT_PREFIX = "consent"
BOOKING_PREFIX = "booking:"
"""What is put before the ids of the diary's buttons and rows; what follows is read by the diary alone."""
NUMBER_SHARED = "number"
"""Stands in the place of a tap on the line by which a customer shared the number that the diary waits for."""


class ControlKind(StrEnum):
    OPT_OUT = "opt_out"
    OPT_IN = "opt_in"
    PERSON = "person"
    ERASE = "erase"
    EXPORT = "export"
    CONSENT_GIVEN = "consent_given"
    CONSENT_WITHDRAWN = "consent_withdrawn"


@dataclass(frozen=True, slots=True)
class Control:
    kind: ControlKind
    purpose: str | None = None
    """What a consent is for; only consents have one."""


def read_control(content: Content) -> Control | None:
    """The control that a message is, or None for everything that goes on to the mind or the diary."""
    if booking_tap(content) is not None:
        return None
    match content:
        case Text(body):
            return _worded(body)
        case Tap(payload, title):
            return _tapped(payload) or _worded(title)
        case TemplateTap(payload, label):
            return _tapped(payload) or _worded(label)
        case _:
            return None


def booking_tap(content: Content) -> str | None:
    """The diary's own id of a button or row of its making; None for every other content."""
    match content:
        case Tap(payload) | TemplateTap(payload) if payload.startswith(BOOKING_PREFIX):
            return payload.removeprefix(BOOKING_PREFIX)
        case _:
            return None


def consent_payload(purpose: str, *, given: bool) -> str:
    """What to put on a consent button, to be read again when it is tapped."""
    return f"{CONSENT_PREFIX}:{purpose}:{'yes' if given else 'no'}"


def control_payload(kind: ControlKind) -> str:
    """What to put on a button that opts out, opts in or asks for a person."""
    return f"control:{kind.value}"


def _tapped(payload: str) -> Control | None:
    match payload.split(":"):
        case ["consent", purpose, "yes"]:
            return Control(ControlKind.CONSENT_GIVEN, purpose)
        case ["consent", purpose, "no"]:
            return Control(ControlKind.CONSENT_WITHDRAWN, purpose)
        case ["control", kind] if kind in words().controls:
            return Control(ControlKind(kind))
        case _:
            return None


def _worded(text: str) -> Control | None:
    table = words()
    said = plain(text)
    candidates = {said, _without_courtesies(said, table)}
    asked = is_question(text)
    for kind, row in table.controls.items():
        if candidates & row.phrases and (row.as_question or not asked):
            return Control(ControlKind(kind))
    return None


def _without_courtesies(said: str, table: Words) -> str:
    """The message without greetings before it and thanks around it."""
    for courtesy in table.courtesies:
        said = f" {said} ".removeprefix(f" {courtesy} ").removesuffix(f" {courtesy} ").strip()
    return said
