"""Saying figures in the customer's language and the merchant's locale: money, hours, days, durations, lists."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal

from assistant.errors import TableIsBrokenError
from assistant.tables import catalogue
from assistant.turns import Language
from knowledge.entries import Profile, TimeRange

_TWENTY_FOUR_HOURS = ("es-AR", "es-ES", "es-CL", "es-UY", "es-PY", "pt-BR", "pt-PT")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks to whom: the customer's language, the merchant's locale and currency."""

    language: Language
    locale: str
    currency: str

    @classmethod
    def of(cls, profile: Profile, language: Language) -> "Voice":
        return cls(language, profile.locale, profile.currency)

    def say(self, section: str, key: str, **fields: object) -> str:
        """A message of the catalogue with its fields filled in, first letter as the sentence needs it."""
        return sentence(str(self.words(section, key)).format_map(_Fields(fields)))

    def words(self, section: str, key: str) -> Any:
        messages: Mapping[str, Any] = catalogue(self.language.value)
        if key not in messages.get(section, {}):
            raise TableIsBrokenError(f"texts/{self.language.value}", f"{section}.{key}")
        return messages[section][key]

    def listed(self, items: Sequence[str]) -> str:
        """The items in a row: a, b y c."""
        if len(items) < 2:
            return "".join(items)
        link: str = self.words("hours", "and")
        return ", ".join(items[:-1]) + link + items[-1]

    def money(self, amount: Decimal) -> str:
        locale = _locale(self.locale)
        whole = amount == amount.to_integral_value()
        if not self.currency:
            return str(format_decimal(amount, "#,##0" if whole else "#,##0.00", locale=locale))
        pattern = "¤ #,##0" if str(locale.language) == "pt" else "¤#,##0"
        said = format_currency(
            amount, self.currency, pattern if whole else pattern + ".00", locale=locale, currency_digits=False
        )
        return str(said).replace("\u00a0", " ")

    def duration(self, minutes: int) -> str:
        hours, rest = divmod(minutes, 60)
        if hours == 0 or (hours == 1 and 0 < rest < 30):
            return self.say("duration", "minutes", count=minutes)
        if rest:
            return self.say("duration", "mixed", hours=hours, minutes=rest)
        return self.say("duration", "hour" if hours == 1 else "hours", count=hours)

    def clock(self, moment: time) -> str:
        if self.language is Language.PT:
            return f"{moment.hour}h{moment.minute:02d}" if moment.minute else f"{moment.hour}h"
        if self.language is Language.ES and self.locale in _TWENTY_FOUR_HOURS:
            return f"{moment.hour}:{moment.minute:02d}"
        half = ("a. m.", "p. m.") if self.language is Language.ES else ("a.m.", "p.m.")
        return f"{(moment.hour - 1) % 12 + 1}:{moment.minute:02d} {half[moment.hour >= 12]}"

    def at(self, moment: time) -> str:
        """When something happens: a las 8:00 p. m., às 15h, at 8:00 p.m."""
        return f"{self._at_word(moment)} {self.clock(moment)}"

    def until(self, moment: time) -> str:
        """The same, to follow "until": las 8:00 p. m., as 15h, 8:00 p.m."""
        article = {Language.ES: self._at_word(moment).removeprefix("a "), Language.PT: "as", Language.EN: ""}
        return f"{article[self.language]} {self.clock(moment)}".strip()

    def ranges(self, ranges: Iterable[TimeRange]) -> str:
        spans = tuple(ranges)
        if any(span.opens == span.closes for span in spans):
            return str(self.words("hours", "all_day"))
        pattern = str(self.words("hours", "range"))
        return self.listed(
            [pattern.format(opens=self.clock(span.opens), closes=self.clock(span.closes)) for span in spans]
        )

    def _at_word(self, moment: time) -> str:
        one = moment.hour == 1 or (moment.hour == 13 and self.locale not in _TWENTY_FOUR_HOURS)
        spanish = "a la" if one else "a las"
        return {Language.ES: spanish, Language.PT: "às", Language.EN: "at"}[self.language]


class DayNames:
    """Naming days from where one stands: "hoy viernes", "mañana sábado", "el domingo 18 de octubre"."""

    def __init__(self, voice: Voice, now: datetime) -> None:
        self._voice = voice
        self._today = now.date()

    def on(self, day: date) -> str:
        ahead = (day - self._today).days
        weekday = self._voice.words("hours", "weekdays")[day.weekday()]
        if ahead in (0, 1):
            near = self._voice.words("hours", "today" if ahead == 0 else "tomorrow")
            return f"{near} {weekday}" if self._voice.language is not Language.EN else str(near)
        pattern = str(self._voice.words("hours", "on_day"))
        return pattern.format(weekday=weekday, date=self.date(day))

    def date(self, day: date) -> str:
        patterns = {Language.ES: "d 'de' MMMM", Language.PT: "d 'de' MMMM", Language.EN: "MMMM d"}
        language = self._voice.language
        return str(format_date(day, patterns[language], locale=_locale(language.value)))

    def every(self, weekdays: Sequence[int]) -> str:
        """Days of every week: los sábados y los domingos; a run of three or more as lunes a viernes."""
        if len(weekdays) == 7:
            return str(self._voice.words("hours", "every_day"))
        if _is_run(weekdays):
            return self.run(weekdays)
        names = self._voice.words("hours", "on_weekday")
        return self._voice.listed([names[day] for day in weekdays])

    def plain(self, weekdays: Sequence[int]) -> str:
        """Days by name only: martes, jueves y sábado; lunes a viernes."""
        if len(weekdays) == 7:
            return str(self._voice.words("hours", "every_day"))
        if _is_run(weekdays):
            return self.run(weekdays)
        names = self._voice.words("hours", "weekdays")
        return self._voice.listed([names[day] for day in weekdays])

    def run(self, weekdays: Sequence[int]) -> str:
        names = self._voice.words("hours", "weekdays")
        pattern = str(self._voice.words("hours", "day_range"))
        return pattern.format(first=names[weekdays[0]], last=names[weekdays[-1]])


class _Fields(dict[str, object]):
    """Message fields: `{Name}` is `{name}` with a capital."""

    def __missing__(self, key: str) -> object:
        lower = key[0].lower() + key[1:]
        if lower in self:
            return capital(str(self[lower]))
        raise KeyError(key)


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """One full stop at the end where a filled-in field brought its own."""
    return text.replace("..", ".").replace("!.", "!").replace("?.", "?") if "..." not in text else text


@lru_cache(maxsize=64)
def _locale(tag: str) -> Locale:
    try:
        return Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse("es")


def _is_run(weekdays: Sequence[int]) -> bool:
    return len(weekdays) > 2 and list(weekdays) == list(range(weekdays[0], weekdays[0] + len(weekdays)))
