"""The words for the clocks of other places: the table that a shop's own hours are read by."""

from collections.abc import Iterator

from assistant.tables import lexicon


def zone_phrases() -> Iterator[tuple[str, str]]:
    """The words for the clocks of other places with their zones."""
    for zone, phrases in lexicon("spoken_hours")["zones"].items():
        yield from ((phrase, zone) for phrase in phrases)
