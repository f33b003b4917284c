"""Takes out of a question what would tell who asked it, before it is kept for the merchant to answer.

Rules, not a model: they find what has a form (addresses, numbers, how people introduce themselves) and can
miss a name that stands alone.
"""

import re

_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+\.\w+")
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\w$€.,])\+?\(?\d(?:[\s().-]{0,2}\d){6,}(?!\w)")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3})+")
_DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")
_STREET = re.compile(
    r"\b(?:calle|cll|cl|carrera|cra|kra|kr|avenida|av|avda|transversal|diagonal|rua|r|avenida|street|st)\.?\s*"
    r"(?:#|n[°ºo.]*\s*)?\d+\w?(?:\s*(?:#|n[°ºo.]*|-|,|sur|norte|bis)\s*\d+\w?)+",
    re.IGNORECASE,
)
_NAME_WORDS = r"(?:[^\W\d_]+(?:\s+(?!(?:y|e|and|quiero|quisiera|quero|para|necesito|i|want|con|com|tengo)\b)[^\W\d_]+){0,3})"
_SAID_NAME = re.compile(
    rf"\b(me llamo|mi nombre es|a nombre de|my name is|me chamo|meu nome [eé]|em nome de)\s+{_NAME_WORDS}",
    re.IGNORECASE,
)
_CAPITAL = r"[A-ZÁÉÍÓÚÑÂÊÔÃÕÇ][^\W\d_]+"
_I_AM = re.compile(
    rf"\b((?i:soy|habla|le escribe|i am|i'm|sou|aqui [eé]|aquí))\s+(?:(?:el|la|o|a)\s+)?{_CAPITAL}(?:\s+{_CAPITAL}){{0,3}}"
)


def scrub(text: str) -> str:
    """The text with marks in place of e-mail addresses, links, long numbers, streets and given names."""
    text = _EMAIL.sub("[email]", text)
    text = _LINK.sub("[link]", text)
    text = _STREET.sub("[address]", text)
    text = _NUMBER.sub(_masked_number, text)
    text = _SAID_NAME.sub(r"\1 [name]", text)
    return " ".join(_I_AM.sub(r"\1 [name]", text).split())


def _masked_number(found: re.Match[str]) -> str:
    """Phones and identity numbers go; amounts in groups of three and dates stay."""
    number = found[0]
    return number if _GROUPED.fullmatch(number) or _DATE.fullmatch(number) else "[number]"
