"""Fixed phrases of the edge, from the catalogues in `texts/`, in the conversation's language."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

LANGUAGES = ("es", "pt", "en")
DEFAULT = "es"
_PORTUGUESE = ("55", "351", "244", "258")
_ENGLISH = ("1", "44", "61", "64", "353", "27")
_SPANISH_ISLANDS = ("1787", "1809", "1829", "1849", "1939")
_BY_COUNTRY = {"BR": "pt", "PT": "pt", "US": "en", "CA": "en", "GB": "en", "AU": "en", "NZ": "en", "IE": "en"}


def phrase(key: str, language: str | None) -> str:
    """The phrase; an unknown language reads Spanish."""
    return catalogue(language if language in LANGUAGES else DEFAULT)[key]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    text = files("webhooks").joinpath("texts", f"{language}.yaml").read_text("utf-8")
    return MappingProxyType(dict(yaml.safe_load(text)))


def likely_language(wa_id: str | None, user_id: str | None) -> str:
    """A first guess before anything was said, from the number's or the user id's country."""
    if wa_id:
        return _by_prefix(wa_id)
    return _BY_COUNTRY.get((user_id or "")[:2], DEFAULT)


def _by_prefix(wa_id: str) -> str:
    if wa_id.startswith(_SPANISH_ISLANDS):
        return "es"
    if wa_id.startswith(_PORTUGUESE):
        return "pt"
    return "en" if wa_id.startswith(_ENGLISH) else DEFAULT
