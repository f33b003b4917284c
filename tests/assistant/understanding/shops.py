"""A small shop for the tests of understanding, and short ways to read messages against it."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

from assistant.expressions.shop import Opening, ShopClock
from assistant.turns import Language
from assistant.understanding.reader import Understander
from assistant.understanding.reading import Read, read_message
from assistant.understanding.shop_words import Shop, ShopWords, offering, person
from assistant.understanding.values import Awaiting, Message, Slot, Understanding

ZONE = ZoneInfo("America/Bogota")
NOW = datetime(2026, 11, 17, 10, 0, tzinfo=ZONE)
_DAY = (Opening(time(9), time(19)),)
CLINIC = Shop(
    words=ShopWords(
        offerings=(
            offering("c1", "Limpieza facial básica (higiene)"),
            offering("c2", "Limpieza facial profunda"),
            offering("c3", "Corte de puntas"),
            offering("c4", "Corte y barba"),
            offering("c5", "Clase de prueba"),
            offering("c6", "Masaje relajante"),
        ),
        people=(
            person("s1", "Dra. Amparo Quiceno", "dermatóloga"),
            person("s2", "Wilmar", "barbero"),
            person("s3", "Rocío Duarte", "masajista deportiva"),
        ),
    ),
    clock=ShopClock(zone=ZONE, weekly=(_DAY,) * 6 + ((),)),
    languages=(Language.ES, Language.EN),
)


def message(text: str, awaiting: Awaiting | None = None) -> Message:
    return Message(text=text, now=NOW, awaiting=awaiting)


def no_times(text, now, clock, language=None):
    return ()


def read(text: str, awaiting: Awaiting | None = None, times=no_times) -> Read:
    return read_message(message(text, awaiting), CLINIC, times)


def said(text: str, slot: Slot, awaiting: Awaiting | None = None) -> list[tuple[str, object]]:
    """The mentions of one kind with their values."""
    found = read(text, awaiting)
    return [(found.line.said(one.first, one.last), one.value) for one in found.of(slot)]


def understood(text: str, awaiting: Awaiting | None = None) -> Understanding:
    """By the signs alone: no model is loaded."""
    return Understander().understand(message(text, awaiting), CLINIC)
