"""What the facts engine hands over: a sentence, the entries it rests on, and why it was said."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An answer from typed entries. `citations` are the keys it was computed or copied from."""

    text: str
    citations: tuple[str, ...]
    why: tuple[str, ...]
    said: tuple[str, ...] = ()
    """Figures that come from the clock or the question (today's date), not from an entry."""
    subject: tuple[str, ...] = ()
    """Words of the question that the finding accounts for, besides the kind's own."""
