"""What became of a call to WhatsApp, as values. Accepted means taken in by Meta, not delivered."""

from dataclasses import dataclass

from webhooks.error_classes import ErrorClass


@dataclass(frozen=True, slots=True, kw_only=True)
class Accepted:
    wamid: str
    wa_id: str | None = None
    """May differ from the number that was written to."""
    user_id: str | None = None
    held: bool = False
    """True when Meta keeps a template back to assess its quality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """Meta answered no."""

    code: int | None
    error_class: ErrorClass
    details: str = ""
    trace: str | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request may have left and may have been taken in: wait for a status before repeating it."""

    reason: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request certainly never left."""

    reason: str


Outcome = Accepted | Refused | Unknown | NotSent
