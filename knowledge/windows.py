"""Long paragraphs cut into overlapping windows of whole sentences."""

from collections.abc import Iterator

from knowledge.sentences import sentences

WHOLE_UP_TO = 80
"""Words of a paragraph that is still searched as one piece."""
WINDOW = 60
OVERLAP = 20
LEAD_WORDS = 8
"""Words of a first sentence that reads as the paragraph's own heading ("Cambios y devoluciones.")."""


def windows(text: str) -> list[str]:
    """The text itself when short, else windows of about `WINDOW` words that overlap by up to `OVERLAP`.

    Windows after the first begin with the paragraph's own heading, or with the line that introduces the
    list they continue. Every word of the text is in some window.
    """
    if len(text.split()) <= WHOLE_UP_TO:
        return [text]
    pieces = [piece for sentence in sentences(text) for piece in _bounded(sentence)]
    lead = _lead(pieces)
    cut: list[str] = []
    for start, end in _spans([len(piece.split()) for piece in pieces]):
        heading = _introduction(pieces, start) or lead
        body = " ".join(pieces[start:end])
        cut.append(f"{heading} {body}" if start and heading else body)
    return cut


def _spans(lengths: list[int]) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(lengths):
        end, words = start, 0
        while end < len(lengths) and (end == start or words + lengths[end] <= WINDOW):
            words += lengths[end]
            end += 1
        yield start, end
        if end == len(lengths):
            return
        start = _step_back(lengths, start, end)


def _step_back(lengths: list[int], start: int, end: int) -> int:
    """Where the next window begins, so that it repeats whole sentences of up to `OVERLAP` words."""
    back, words = end, 0
    while back - 1 > start and words + lengths[back - 1] <= OVERLAP:
        back -= 1
        words += lengths[back]
    return back


def _bounded(sentence: str) -> list[str]:
    """A sentence longer than a window, in runs of words."""
    words = sentence.split()
    return [" ".join(words[at : at + WINDOW]) for at in range(0, len(words), WINDOW)]


def _lead(pieces: list[str]) -> str:
    first = pieces[0] if pieces else ""
    return first if len(first.split()) <= LEAD_WORDS and first.endswith((".", ":", "?")) else ""


def _introduction(pieces: list[str], start: int) -> str:
    """The nearest earlier piece that ends with a colon, when a list is being continued."""
    for piece in reversed(pieces[:start]):
        if piece.endswith(":"):
            return piece
        if piece.endswith((".", "!", "?")) and not piece.startswith(("-", "•", "*")):
            return ""
    return ""
