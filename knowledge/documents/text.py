"""Plain text: paragraphs between blank lines, or lines where every line is an entry of its own."""

import re

from knowledge.documents.layout import pieces_of
from knowledge.documents.outcome import Pieces
from knowledge.entries import Paragraph

_BLANK_LINES = re.compile(r"\n\s*\n")


def read_text(text: str) -> Pieces:
    blocks = _BLANK_LINES.split(text.replace("\r\n", "\n").replace("\r", "\n"))
    return Pieces(pieces=pieces_of(blocks))


def lines_of(text: str) -> tuple[Paragraph, ...]:
    """Every line that is not blank, addressed by its number in the file."""
    numbered = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    pieces = pieces_of(line for _, line in numbered)
    return tuple(
        Paragraph(anchor=f"#L{number}", text=piece.text, heading=piece.heading)
        for (number, _), piece in zip(numbered, pieces, strict=True)
    )
