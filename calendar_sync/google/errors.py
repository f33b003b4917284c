"""What can go wrong with Google that a caller could not have expected.

GoogleError (DiaryError)
├── GoogleNotSetUp      this installation has no OAuth client: nobody can link a calendar
├── GoogleMisaddressed  an address in the settings that this product will not talk to
└── GoogleUnready       a job met a passing trouble and should run again later; `after` says when
"""

from datetime import timedelta

from calendar_sync.errors import DiaryError


class GoogleError(DiaryError):
    """Root of this package's errors."""


class GoogleNotSetUp(GoogleError):
    """No OAuth client in the settings."""

    def __init__(self) -> None:
        super().__init__("GOOGLE_CLIENT_ID and GOOGLE_CLIENT_SECRET are not set")


class GoogleMisaddressed(GoogleError):
    """An address that is neither https nor this machine's own, or a host that is not in the settings."""

    def __init__(self, host: str) -> None:
        super().__init__(f"no connection is opened to {host}")
        self.host = host


class GoogleUnready(GoogleError):
    """Google could not do it now."""

    retryable = True

    def __init__(self, reason: str, after: timedelta | None = None) -> None:
        super().__init__(f"Google was not ready: {reason}")
        self.reason = reason
        self.after = after
