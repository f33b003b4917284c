"""What the sandbox itself can fail at. Refusals that Meta would send are values, in ``meta.refusals``.

SandboxError
├── SettingMissing
├── PathUnknown
├── NumberUnknown
├── CustomerUnknown
└── MessageUnknown
"""


class SandboxError(Exception):
    """The sandbox was asked for something that it cannot do."""


class SettingMissing(SandboxError):
    """A setting has no value and no safe default."""

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"The setting {name} is missing: the sandbox does not start without it.")


class PathUnknown(SandboxError):
    """No such path; the Graph API's begin with a version."""


class NumberUnknown(SandboxError):
    """No merchant has this phone number id."""


class CustomerUnknown(SandboxError):
    """No customer has this key."""


class MessageUnknown(SandboxError):
    """No message has this id."""
