"""What can go wrong in the assistant that a caller could not have expected."""


class AssistantError(Exception):
    """Root of the package's errors. None of these is cured by trying again."""


class TimeHasNoZoneError(AssistantError):
    """A turn came with a naive time: opening hours cannot be computed from it."""


class TableIsBrokenError(AssistantError):
    """A word table or a message catalogue of the package does not say what the code reads from it."""

    def __init__(self, table: str, missing: str) -> None:
        super().__init__(f"table {table!r} lacks {missing!r}")
        self.table = table
        self.missing = missing


class WeightsDoNotFitError(AssistantError):
    """The stored weights were trained on other features than the code computes: train them again."""


class IntentUnknownError(AssistantError):
    """A reading names an intent that this build does not know: edge and mind run different builds."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no intent is called {kind!r}")
        self.kind = kind
