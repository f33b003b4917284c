"""A merchant's knowledge as what messages are read against."""

from assistant.expressions.hours import shop_clock
from assistant.turns import Language
from assistant.understanding.shop_words import Shop, words_from
from knowledge.entries import KnowledgeBase


def shop_from(base: KnowledgeBase) -> Shop:
    """The names, the hours and the languages of a merchant."""
    known = tuple(Language)
    languages = tuple(Language(tag) for tag in base.profile.languages if tag in known)
    return Shop(words=words_from(base), clock=shop_clock(base), languages=languages or (Language.ES,))
