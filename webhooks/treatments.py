"""What is to be done with each kind of content, decided by its type alone."""

from dataclasses import dataclass
from enum import StrEnum
from functools import singledispatch

from webhooks.contents import (
    CallPermission,
    Contacts,
    Content,
    Edit,
    FlowReply,
    Location,
    Media,
    MediaKind,
    Order,
    Reaction,
    Revoke,
    System,
    Tap,
    TemplateTap,
    Text,
    Unsupported,
    Welcome,
)


class Role(StrEnum):
    ASKS = "asks"
    """Goes to the mind."""
    CANNOT = "cannot"
    """Cannot be read: answered politely with a fixed phrase."""
    SILENT = "silent"
    """Kept in the transcript, not answered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treatment:
    kind: str
    role: Role
    text: str = ""
    notice: str | None = None
    """The phrase that says what could not be read."""
    tapped: bool = False


RESEND = "resend"
WELCOME = "welcome"


@singledispatch
def treat(_content: Content) -> Treatment:
    """A kind without a rule of its own: it cannot be read, and that is said."""
    return _cannot("other")


@treat.register
def _(content: Text) -> Treatment:
    return Treatment(kind="text", role=Role.ASKS, text=content.body)


@treat.register
def _(content: Tap) -> Treatment:
    return Treatment(kind="tap", role=Role.ASKS, text=content.title, tapped=True)


@treat.register
def _(content: TemplateTap) -> Treatment:
    return Treatment(kind="tap", role=Role.ASKS, text=content.text, tapped=True)


@treat.register
def _(content: Media) -> Treatment:
    """A caption is words like any other; a sticker alone says no more than a nod."""
    if content.kind is MediaKind.STICKER:
        return Treatment(kind=content.kind.value, role=Role.SILENT)
    if content.caption:
        return Treatment(kind=content.kind.value, role=Role.ASKS, text=content.caption)
    return _cannot(content.kind.value)


@treat.register
def _(content: Location) -> Treatment:
    return _cannot("location", " ".join(filter(None, (content.name, content.address))))


@treat.register
def _(content: Contacts) -> Treatment:
    return Treatment(kind="contacts", role=Role.SILENT) if content.requested else _cannot("contacts")


@treat.register
def _(_content: FlowReply) -> Treatment:
    return _cannot("form")


@treat.register
def _(content: Order) -> Treatment:
    listed = ", ".join(f"{item.quantity:g} × {item.product}" for item in content.items)
    return _cannot("order", " ".join(filter(None, (listed, content.text))))


@treat.register
def _(_content: Welcome) -> Treatment:
    return Treatment(kind=WELCOME, role=Role.CANNOT, notice=WELCOME)


@treat.register
def _(content: Unsupported) -> Treatment:
    # Taps whose body Meta lost come as "interactive": asking again helps there, and only there.
    if content.kind == "interactive":
        return Treatment(kind="unsupported", role=Role.CANNOT, notice=RESEND)
    return _cannot("other")


@treat.register
def _(content: Reaction) -> Treatment:
    return Treatment(kind="reaction", role=Role.SILENT, text=content.emoji or "")


@treat.register(CallPermission | System | Edit | Revoke)
def _(content: Content) -> Treatment:
    return Treatment(kind=type(content).__name__.lower(), role=Role.SILENT)


def _cannot(kind: str, text: str = "") -> Treatment:
    return Treatment(kind=kind, role=Role.CANNOT, text=text, notice=f"cannot_{kind}")
