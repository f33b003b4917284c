"""What a customer wants of the counter, as a small closed set of frozen values. To be grown with bookings."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """Something to be answered from the merchant's knowledge."""

    text: str


@dataclass(frozen=True, slots=True)
class Greeting:
    """A greeting and nothing else."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Thanks and nothing else."""


@dataclass(frozen=True, slots=True)
class Goodbye:
    """The end of the conversation."""


@dataclass(frozen=True, slots=True)
class Human:
    """A person is wanted."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """Words that say neither what is wanted nor that nothing is."""


Intent = Question | Greeting | Thanks | Goodbye | Human | Unsure
