"""Markdown, read as the page it would become."""

import re

from markdown_it import MarkdownIt

from knowledge.documents.html import read_html
from knowledge.documents.outcome import Pieces, Refused

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)


def read_markdown(text: str) -> Pieces | Refused:
    body = _FRONT_MATTER.sub("", text.replace("\r\n", "\n"))
    page = MarkdownIt("commonmark").enable("table").render(body)
    outcome = read_html(f"<html><body>{page}</body></html>")
    if isinstance(outcome, Refused):
        return outcome
    first = outcome.pieces[0].text if outcome.pieces and body.lstrip().startswith("# ") else ""
    return Pieces(pieces=outcome.pieces, title=first)
