"""Changes in the fields beside messages: templates, the account, preferences, user ids. Unknown fields are kept."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Which template a change is about. Meta sends its id as an integer."""

    id: str
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateStatus:
    template: Template
    event: str
    category: str | None = None
    reason: str | None = None
    explanation: str | None = None
    disable_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateCategory:
    template: Template
    category: str
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateQuality:
    template: Template
    score: str
    previous: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateComponents:
    template: Template
    body: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountUpdate:
    event: str
    waba_id: str | None = None
    """The account it is about; for PARTNER events the entry's own id is another one."""
    ban_state: str | None = None
    violation: str | None = None
    restrictions: tuple[str, ...] = ()
    disconnection: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberQuality:
    display_phone_number: str | None
    event: str
    limit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """Documented both as integers and as TIER words; kept as text."""

    conversations: str | None = None
    numbers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference:
    wa_id: str | None
    user_id: str | None
    category: str
    value: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Preferences:
    preferences: tuple[Preference, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserIdChange:
    wa_id: str | None
    previous: str
    current: str


@dataclass(frozen=True, slots=True)
class UserIdChanges:
    changes: tuple[UserIdChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A decision or event that only a person has to read: names, reviews, security, usernames, alerts."""

    subject: str | None
    event: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class UnknownField:
    """A field that this build does not read. The raw item is kept."""

    name: str


FieldValue = (
    TemplateStatus
    | TemplateCategory
    | TemplateQuality
    | TemplateComponents
    | AccountUpdate
    | NumberQuality
    | Capability
    | Preferences
    | UserIdChanges
    | Notice
    | UnknownField
)
