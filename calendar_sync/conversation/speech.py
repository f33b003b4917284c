"""Saying days, hours, zones and lists in the customer's language, the hour as the merchant's country writes it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, get_timezone_location

_TWENTY_FOUR_HOURS = frozenset({"AR", "BR", "CL", "ES", "PT", "PY", "UY"})
_DATES = {"es": "EEEE d 'de' MMMM", "pt": "EEEE, d 'de' MMMM", "en": "EEEE, MMMM d"}
_SHORT_DATES = {"es": "EEE d MMM", "pt": "EEE d MMM", "en": "EEE MMM d"}
_SATURDAY = 5
_HALVES = {"es": ("a. m.", "p. m."), "en": ("a.m.", "p.m.")}
_SHORT_HALVES = ("am", "pm")


@dataclass(frozen=True, slots=True)
class Speech:
    """Who is spoken to and where the shop stands."""

    language: str
    zone: ZoneInfo
    country: str = ""

    def local(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone)

    def day(self, moment: date | datetime) -> str:
        """As in "jueves 26 de noviembre", "quinta-feira, 26 de novembro", "Thursday, November 26"."""
        return str(format_date(self._date(moment), _DATES[self.language], locale=_locale(self.language)))

    def on(self, moment: date | datetime) -> str:
        """As in "el jueves 26 de noviembre", "na quinta-feira, 26 de novembro", "on Thursday, November 26"."""
        weekend = self._date(moment).weekday() >= _SATURDAY
        before = {"es": "el", "pt": "no" if weekend else "na", "en": "on"}[self.language]
        return f"{before} {self.day(moment)}"

    def clock(self, moment: datetime | time) -> str:
        """4:05 p. m. · 16h05 · 4:05 p.m."""
        at = moment.timetz() if isinstance(moment, datetime) else moment
        if isinstance(moment, datetime):
            at = self.local(moment).time()
        if self.language == "pt":
            return f"{at.hour}h{at.minute:02d}" if at.minute else f"{at.hour}h"
        if self._whole_day():
            return f"{at.hour}:{at.minute:02d}"
        return f"{(at.hour - 1) % 12 + 1}:{at.minute:02d} {_HALVES[self.language][at.hour >= 12]}"

    def at(self, moment: datetime) -> str:
        """A las 4:05 p. m. · às 16h05 · at 4:05 p.m."""
        return f"{self._at_word(self.local(moment).hour)} {self.clock(moment)}"

    def moment(self, moment: datetime) -> str:
        """Weekday, date and hour."""
        return f"{self.day(moment)}, {self.at(moment)}"

    def short(self, moment: datetime) -> str:
        """At most 20 characters, for a button or a row: jue 26 nov 4:05 pm."""
        local = self.local(moment)
        named = format_date(local.date(), _SHORT_DATES[self.language], locale=_locale(self.language))
        return f"{str(named).replace('.', '')} {self._short_clock(local.time())}"

    def place(self) -> str:
        """Whose hour is meant: the city that the zone is named for."""
        return str(get_timezone_location(self.zone, locale=_locale(self.language), return_city=True))

    def listed(self, items: Sequence[str], link: str) -> str:
        """The items in a row, joined by "y", "o" or their like before the last."""
        if len(items) < 2:
            return "".join(items)
        return f"{', '.join(items[:-1])} {link} {items[-1]}"

    def ranges(self, spans: Iterable[tuple[time, time]], link: str) -> str:
        """8:00 a. m. a 1:00 p. m. y 2:00 p. m. a 6:00 p. m."""
        until = {"es": "a", "pt": "às", "en": "to"}[self.language]
        said = [f"{self.clock(opens)} {until} {self.clock(closes)}" for opens, closes in spans]
        return self.listed(said, link)

    def weekdays(self, days: Iterable[int], link: str) -> str:
        monday = date(2024, 1, 1)
        named = [
            str(format_date(monday + timedelta(days=day), "EEEE", locale=_locale(self.language)))
            for day in days
        ]
        return self.listed(named, link)

    def duration(self, length: timedelta) -> str:
        hours, minutes = divmod(int(length.total_seconds()) // 60, 60)
        said = [f"{hours} h"] if hours else []
        return " ".join([*said, f"{minutes} min"] if minutes or not hours else said)

    def _date(self, moment: date | datetime) -> date:
        return self.local(moment).date() if isinstance(moment, datetime) else moment

    def _whole_day(self) -> bool:
        return self.language == "es" and self.country in _TWENTY_FOUR_HOURS

    def _short_clock(self, at: time) -> str:
        if self.language == "pt" or self._whole_day():
            return self.clock(at)
        return f"{(at.hour - 1) % 12 + 1}:{at.minute:02d} {_SHORT_HALVES[at.hour >= 12]}"

    def _at_word(self, hour: int) -> str:
        if self.language != "es":
            return {"pt": "às", "en": "at"}[self.language]
        return "a la" if hour == 1 or (hour == 13 and not self._whole_day()) else "a las"


@lru_cache(maxsize=16)
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es")
