"""Bytes to text when nobody says in which encoding: what Excel, Notepad and old DOS programs leave behind."""

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_EIGHT_BIT = ("cp1252", "cp850", "mac_roman")
_EXPECTED = frozenset("áéíóúüñçãõâêôàÁÉÍÓÚÜÑÇÃÕÂÊÔÀ¿¡ºª°€“”‘’–—…•·«»®©´\u00a0")
_PLAIN_CONTROLS = frozenset("\t\n\r\f\v\u0085")


def decode(data: bytes) -> str | None:
    """The text, or None when these bytes are not text in any encoding people use here."""
    text = _decoded(data)
    return text if text is not None and _is_text(text) else None


def _decoded(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _try(data, encoding)
    if data[1:2] == b"\0" and data[:1] != b"\0":
        return _try(data, "utf-16-le")
    text = _try(data, "utf-8")
    return text if text is not None else _best_eight_bit(data)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _best_eight_bit(data: bytes) -> str | None:
    """The encoding whose characters beyond ASCII look most like Spanish, Portuguese or English."""
    candidates = [text for encoding in _EIGHT_BIT if (text := _try(data, encoding)) is not None]
    return max(candidates, key=_likeness, default=None)


def _likeness(text: str) -> int:
    return sum(1 if one in _EXPECTED else -1 for one in text if ord(one) > 127)


def _is_text(text: str) -> bool:
    """Few control characters; one NUL is already binary."""
    sample = text[:20_000]
    odd = sum(1 for one in sample if (one < " " or "\x7f" <= one < "\xa0") and one not in _PLAIN_CONTROLS)
    return "\0" not in sample and odd * 50 <= len(sample)
