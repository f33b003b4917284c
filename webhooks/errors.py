"""What can go wrong in the edge that a caller could not have expected.

WebhookError
    Untamed             a value of a payload is not what its field promises
    Unreadable          a whole body is not a WhatsApp delivery
    MessageRefused      an outgoing message breaks one of WhatsApp's limits
    MediaRefused        a media file comes from a strange host, is too large or is not the one announced
    NotYet              a job ran before what it needs was there (retryable)
    IntakeClosed        the receipt's connection is not open (retryable)
"""

from kernel.errors import MostradorError


class WebhookError(MostradorError):
    """Something the edge could not handle."""


class Untamed(WebhookError):
    """A value of a payload is not what its field promises."""

    def __init__(self, path: str, wanted: str) -> None:
        super().__init__(f"{path}: expected {wanted}")
        self.path = path
        self.wanted = wanted


class Unreadable(WebhookError):
    """A whole body is not a WhatsApp delivery."""


class MessageRefused(WebhookError):
    """An outgoing message breaks one of WhatsApp's limits."""


class MediaRefused(WebhookError):
    """A media file comes from a strange host, is too large or is not the one announced."""


class NotYet(WebhookError):
    """A job ran before what it needs was there."""

    retryable = True


class IntakeClosed(WebhookError):
    """The receipt's connection is not open."""

    retryable = True
