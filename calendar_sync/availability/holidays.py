"""Public holidays, from the `holidays` package, as far as a merchant has confirmed them."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import holidays

from calendar_sync.shop.values import Holidays

_REMARK = re.compile(r"\s*\([^)]*\)")


@dataclass(frozen=True, slots=True)
class PublicHoliday:
    """A holiday of one year. `name` is what a merchant confirms: it is the same every year."""

    day: date
    name: str


def closed_days(rule: Holidays | None, year: int) -> frozenset[date]:
    """The holidays of a year on which the merchant has said that the shop is closed."""
    if rule is None:
        return frozenset()
    chosen = frozenset(rule.closed) - frozenset(rule.open)
    return _closed(rule.country, rule.region, chosen, year)


@lru_cache(maxsize=1024)
def _closed(country: str, region: str | None, chosen: frozenset[str], year: int) -> frozenset[date]:
    return frozenset(one.day for one in public_holidays(country, region, year) if one.name in chosen)


def unconfirmed(rule: Holidays, years: Iterable[int]) -> tuple[PublicHoliday, ...]:
    """Holidays of which the merchant has not yet said whether the shop is open."""
    known = {*rule.closed, *rule.open}
    listed = (one for year in years for one in public_holidays(rule.country, rule.region, year))
    return tuple(one for one in listed if one.name not in known)


@lru_cache(maxsize=1024)
def public_holidays(country: str, region: str | None, year: int) -> tuple[PublicHoliday, ...]:
    """All of a year, in order, named in the country's own language; none for an unknown country."""
    known = _supported()
    if country not in known:
        return ()
    place = region if region in known[country] else None
    language = _language(country)
    found = holidays.country_holidays(country, subdiv=place, years=year, language=language)
    return tuple(
        PublicHoliday(day, name)
        for day in sorted(found)
        for name in dict.fromkeys(_plain(part) for part in found[day].split("; "))
    )


def _plain(name: str) -> str:
    """Without "(observed)", which comes and goes with the weekday."""
    return _REMARK.sub("", name).strip()


@lru_cache(maxsize=1)
def _supported() -> Mapping[str, tuple[str, ...]]:
    return {country: tuple(regions) for country, regions in holidays.list_supported_countries().items()}


@lru_cache(maxsize=256)
def _language(country: str) -> str | None:
    language: str | None = holidays.country_holidays(country).default_language
    return language
