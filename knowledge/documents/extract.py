"""One door for every kind of file: bytes in, a `Document` or the reason why not out."""

from knowledge.documents.decoding import decode
from knowledge.documents.outcome import Limits, Refused
from knowledge.documents.text import lines_of, read_text
from knowledge.entries import Document, EntryKey, Paragraph


def extract(
    data: bytes,
    *,
    name: str,
    key: EntryKey,
    title: str = "",
    by: str = "paragraph",
    limits: Limits | None = None,
) -> Document | Refused:
    text = decode(data)
    if text is None:
        return Refused(reason="not_text", value=name)
    if by == "line":
        paragraphs = lines_of(text)
    else:
        paragraphs = tuple(
            Paragraph(anchor=f"#{n}", text=p.text, heading=p.heading)
            for n, p in enumerate(read_text(text).pieces, 1)
        )
    return Document(key=key, title=title or name, paragraphs=paragraphs, source=name, by=by)
