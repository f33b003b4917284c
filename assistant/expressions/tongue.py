"""The language in which a text says its times: the one given, unless the words clearly speak another."""

from collections.abc import Sequence
from functools import cache

from assistant.expressions.table_files import LANGUAGES
from assistant.expressions.tokens import Token
from assistant.expressions.vocabulary import own_words
from assistant.language import votes
from assistant.turns import Language

_PER_WORD = 1.2
"""What a word of the tables counts beside the votes of the small words."""
_TO_OVERRULE = 1.5
"""By how much another language must lead the one that was given."""
_TO_OVERRULE_ALONE = 2.5
"""The same where the words of the tables are no witness."""
_COUNTED = 60
"""Tokens that are looked at: a longer text has shown its language by then."""


def spoken(text: str, row: Sequence[Token], given: str | None) -> str:
    """The language to read in: "es", "pt" or "en"."""
    small = votes(text)
    seen = [token.text for token in row[:_COUNTED] if token.kind == "word"]
    known = {language: sum(word in _own(language) for word in seen) for language in LANGUAGES}
    scores = {language: small[Language(language)] + _PER_WORD * known[language] for language in LANGUAGES}
    best = max(LANGUAGES, key=lambda language: scores[language])
    if given not in LANGUAGES:
        return best
    lead = scores[best] - scores[given]
    needed = _TO_OVERRULE if known[best] > known[given] else _TO_OVERRULE_ALONE
    return best if lead >= needed and known[best] >= known[given] else given


@cache
def _own(language: str) -> frozenset[str]:
    """The words that only this language's tables have."""
    others = {word for other in LANGUAGES if other != language for word in own_words(other)}
    return own_words(language) - others
