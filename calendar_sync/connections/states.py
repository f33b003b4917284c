"""The words that a connection is described in."""

from enum import StrEnum


class ConnectionState(StrEnum):
    LINKED = "linked"
    INCOMPLETE = "incomplete"
    """Linked, without a permission that bookings need."""
    RECONNECT = "reconnect"
    """The permission is gone; bookings are kept, no slot is offered until the owner links again."""


class LinkFailure(StrEnum):
    NOT_SET_UP = "not_set_up"
    FORGED = "forged"
    """No attempt of this merchant's has this state."""
    REPLAYED = "replayed"
    EXPIRED = "expired"
    DENIED = "denied"
    """The owner said no on Google's page."""
    CODE = "code"
    """Google did not take the code: an old page, or a second try with it."""
    CLIENT = "client"
    IDENTITY = "identity"
    NO_REFRESH = "no_refresh"
    UNREACHABLE = "unreachable"


class ChoiceFailure(StrEnum):
    NOT_LINKED = "not_linked"
    UNKNOWN_CALENDAR = "unknown_calendar"
    UNWRITABLE = "unwritable"


class Revocation(StrEnum):
    PENDING = "pending"
    DONE = "done"
    GAVE_UP = "gave_up"
    """Google did not answer for a day; the owner can take it back on their account's page."""
    SHARED = "shared"
    """The same Google account is linked elsewhere or again; taking it back would cut that off."""
    NOTHING = "nothing"
    """The permission had ended before."""


class Reason(StrEnum):
    UNLINKED = "unlinked"
    CLOSED = "closed"
    OTHER_ACCOUNT = "other_account"
