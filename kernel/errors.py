"""Errors of the kernel.

MostradorError
├── SettingMissing      a secret or setting without which nothing may start
├── DatabaseUnready     the database cannot be reached, or is not migrated
├── SealBroken          a sealed value does not open: wrong key, wrong merchant, wrong column, or tampered
└── LedgerBroken        a ledger line does not follow from the one before it
"""


class MostradorError(Exception):
    """Root of every error that this product raises on purpose."""

    retryable = False


class SettingMissing(MostradorError):
    """A required setting is missing. `name` says which."""

    def __init__(self, name: str, remedy: str = "run `mostrador init`") -> None:
        super().__init__(f"setting {name} is missing: {remedy}")
        self.name = name


class DatabaseUnready(MostradorError):
    """The database cannot be used yet."""

    retryable = True


class SealBroken(MostradorError):
    """A sealed value does not open with this key, merchant and column."""


class LedgerBroken(MostradorError):
    """The chain breaks at `sequence`."""

    def __init__(self, sequence: int, reason: str) -> None:
        super().__init__(f"ledger line {sequence}: {reason}")
        self.sequence = sequence
        self.reason = reason
