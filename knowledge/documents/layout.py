"""The layout of plain text: which line is a heading, and what an indented list stands under."""

import re
from collections.abc import Iterable

from knowledge.documents.outcome import Piece
from knowledge.sentences import sentences

_BULLET = re.compile(r"\s*(?:[-*•·–—▪◦‣✓✔]|\d{1,2}[.)]|[a-z]\))\s+\S")
_HEADING_WORDS = 8
_QUESTION_WORDS = 25
_CLOSING = tuple(".,;:!…)")


def pieces_of(blocks: Iterable[str]) -> tuple[Piece, ...]:
    """Blocks of text (a line or a paragraph each, indentation kept) with what each stands under.

    A short line without a full stop, or a short question, heads what follows it. Indented blocks, and
    bullets after a colon, stand under the sentence that introduces them.
    """
    pieces: list[Piece] = []
    section = opening = ""
    for block in blocks:
        text = block.strip()
        if not text:
            continue
        if opening and _belongs_to_list(block, opening):
            pieces.append(Piece(text=text, heading=opening))
            continue
        if is_heading(block):
            pieces.append(Piece(text=text))
            # The first line of a text is its title, which is shown anyway; it heads no section.
            section, opening = (text if len(pieces) > 1 or text.endswith("?") else ""), ""
            continue
        pieces.append(Piece(text=text, heading=section))
        opening = last_sentence(text)
    return tuple(pieces)


def is_bullet(block: str) -> bool:
    return _BULLET.match(block) is not None


def is_heading(block: str) -> bool:
    text = block.strip()
    if "\n" in text or block[:1].isspace() or is_bullet(block):
        return False
    words = len(text.split())
    if text.endswith("?"):
        return words <= _QUESTION_WORDS
    return (
        words <= _HEADING_WORDS
        and not text.endswith(_CLOSING)
        and not any(one.isdigit() for one in text)
        and (text[:1].isupper() or text[:1] in "¿¡#")
    )


def last_sentence(text: str) -> str:
    """What introduces a list: the text's last sentence."""
    found = sentences(text)
    return found[-1] if found else ""


def _belongs_to_list(block: str, opening: str) -> bool:
    return block[:1].isspace() or (opening.endswith(":") and is_bullet(block))
