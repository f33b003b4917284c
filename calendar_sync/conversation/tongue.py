"""What the diary says, from the catalogues in `texts/`: sentences, summaries of a booking, names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import yaml

from calendar_sync.availability.clocks import zone
from calendar_sync.availability.values import Slot
from calendar_sync.bookings.values import Booking
from calendar_sync.conversation.speech import Speech
from calendar_sync.shop.values import Shop

LANGUAGES = ("es", "pt", "en")
DEFAULT = "es"
NAME_LENGTH = 60
"""Names of services and people may be of any length; a message is not."""


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language, one shop."""

    shop: Shop
    speech: Speech

    @classmethod
    def of(cls, shop: Shop, language: str) -> "Tongue":
        known = language if language in LANGUAGES else DEFAULT
        return cls(shop, Speech(known, zone(shop.timezone), shop.country))

    def say(self, key: str, **fields: object) -> str:
        """A sentence of the catalogue with its fields filled in; `{When}` is `{when}` with a capital."""
        said = catalogue(self.speech.language)[key].format_map(_Fields(fields))
        # "a. m." brings a full stop of its own.
        return said.replace("m..", "m.")

    def button(self, key: str, **fields: object) -> str:
        return self.say(f"button.{key}", **fields)

    def service(self, key: str | None) -> str:
        found = self.shop.service(key)
        return clip(found.name if found else str(key or ""), NAME_LENGTH)

    def staff(self, key: str | None) -> str:
        found = self.shop.member(key)
        return clip(found.name if found else "", NAME_LENGTH)

    def listed(self, names: Sequence[str]) -> str:
        return self.speech.listed(names, self.say("words.and"))

    def line(self, slot: Slot) -> str:
        """A booking in one line."""
        fields = {
            "service": self.service(slot.service),
            "staff": self.staff(slot.staff),
            "day": self.speech.day(slot.start),
            "at": self.speech.at(slot.start),
        }
        return self.say("summary.line_staff" if fields["staff"] else "summary.line", **fields)

    def summary(self, slot: Slot, person: str | None = None) -> str:
        """A booking in full: what, weekday, date, hour and zone, with whom, for whom."""
        lines = [
            self.say("summary.what", service=self.service(slot.service)),
            self.say(
                "summary.when",
                day=capital(self.speech.day(slot.start)),
                at=self.speech.at(slot.start),
                place=self.speech.place(),
            ),
        ]
        if self.staff(slot.staff):
            lines.append(self.say("summary.staff", staff=self.staff(slot.staff)))
        if slot.party_size > 1:
            lines.append(self.say("summary.party", party=slot.party_size))
        if person:
            lines.append(self.say("summary.person", person=clip(person, NAME_LENGTH)))
        return "\n".join(lines)

    def booking(self, booking: Booking) -> str:
        return self.summary(booking.slot, booking.person.name)

    def instant(self, moment: datetime) -> dict[str, str]:
        """Fields `when` ("el jueves 26 de noviembre") and `at` ("a las 4:00 p. m.")."""
        return {"when": self.speech.on(moment), "at": self.speech.at(moment)}

    def day(self, moment: date | datetime) -> str:
        return self.speech.day(moment)

    def last_day(self, until: datetime) -> str:
        """The day before a midnight."""
        return self.speech.day(until - timedelta(seconds=1))

    def length(self, minutes: int) -> str:
        return self.speech.duration(timedelta(minutes=minutes))


def clip(text: str, most: int) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else flat[: most - 1].rstrip() + "…"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@cache
def catalogue(language: str) -> Mapping[str, str]:
    """The messages of one language, as `section.key`."""
    text = files("calendar_sync").joinpath("texts", f"{language}.yaml").read_text("utf-8")
    sections: Mapping[str, Mapping[str, str]] = yaml.safe_load(text)
    return MappingProxyType(
        {f"{section}.{key}": words for section, part in sections.items() for key, words in part.items()}
    )


class _Fields(dict[str, object]):
    def __missing__(self, key: str) -> object:
        return capital(str(self[key[:1].lower() + key[1:]])) if key[:1].isupper() else self._lacking(key)

    @staticmethod
    def _lacking(key: str) -> object:
        raise KeyError(key)
