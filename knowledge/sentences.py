"""Sentences of a text, without breaking "9:00 a. m.", "Dra. Pardo" or "$ 1.200.000"."""

import re

_END = re.compile(r"(?<=[.!?…])[\"”»')\]]*\s+(?=[\"“«¿¡(\[]*[\dA-ZÁÉÍÓÚÜÑÇÃÕÂÊÔÀ])")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:dra?s?|sra?s?|srtas?|ing|lic|arq|prof|av|avda|cra|cl|col|no|núm|num|nro|tel|ext|aprox|ej|etc"
    r"|mr|mrs|ms|st|vs|p|pág|art|[a-zà-ÿ]|[ap]\.\s?m)\.$",
    re.IGNORECASE,
)


def sentences(text: str) -> list[str]:
    """The text's sentences in order; a line end is also the end of one. No word is lost."""
    found: list[str] = []
    for line in text.splitlines():
        if line.strip():
            found += _of_line(line.strip())
    return found


def _of_line(line: str) -> list[str]:
    parts: list[str] = []
    start = 0
    for end in _END.finditer(line):
        if not _ABBREVIATION.search(line[start : end.start()]):
            parts.append(line[start : end.end()].strip())
            start = end.end()
    parts.append(line[start:].strip())
    return [part for part in parts if part]
