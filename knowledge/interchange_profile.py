"""Who the merchant is, from the top of a merchant's file."""

from zoneinfo import ZoneInfo

from knowledge.entries import Profile
from knowledge.interchange_row import Row
from knowledge.messages import LANGUAGES


def read_profile(row: Row) -> Profile | None:
    name, slug = row.required("name"), row.required("id", "slug")
    trade, currency = row.text("trade"), row.text("currency").upper()
    timezone, locale = row.required("timezone"), row.text("locale")
    languages = _languages(row, locale)
    if timezone and not _is_timezone(timezone):
        row.fail("timezone", "bad_timezone", timezone)
    if currency and not (len(currency) == 3 and currency.isalpha()):
        row.findings.add("currency", "bad_currency", currency)
        currency = ""
    if not row.ok:
        row.ok = True
        return None
    return Profile(
        slug=slug, name=name, trade=trade, timezone=timezone, locale=locale or languages[0],
        languages=languages, currency=currency,
    )  # fmt: skip


def _languages(row: Row, locale: str) -> tuple[str, ...]:
    """The languages a merchant answers in; those without texts here are told and left out."""
    named = row.texts("languages") or ((locale[:2],) if locale else ())
    for one in named:
        if one[:2].lower() not in LANGUAGES:
            row.findings.add("languages", "unknown_language", one)
    known = tuple(dict.fromkeys(one[:2].lower() for one in named if one[:2].lower() in LANGUAGES))
    if not known:
        row.fail("languages", "missing")
    return known


def _is_timezone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError):
        return False
    return True
