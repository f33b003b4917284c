"""What the stand-in needs to know of the world it plays."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sandbox.google.models import (
    Account,
    Calendar,
    CalendarId,
    ClientId,
    OAuthClient,
    Role,
    Share,
    Subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleSettings:
    """``testing`` is the consent screen's state in which refresh tokens die after seven days.

    ``memory`` names a file that keeps everything from one start to the next.

    Without a ``seed`` tokens and ids differ from run to run, as they must where a product remembers them.
    """

    clients: tuple[OAuthClient, ...]
    accounts: tuple[Account, ...]
    calendars: tuple[Calendar, ...]
    testing: bool = False
    seed: str = ""
    access_seconds: int = 3599
    code_seconds: int = 600
    channel_seconds: int = 604_800
    sync_token_days: int = 28
    page_size: int = 250
    memory: Path | None = None
    push_patience: float = 5.0
    push_retry_delays: tuple[float, ...] = (1, 4, 15)


def google_settings(cast: Mapping[str, Any], redirect_uris: tuple[str, ...] = ()) -> GoogleSettings:
    """From the ``google`` part of a cast file; addresses given here are accepted besides those in it."""
    return GoogleSettings(
        clients=tuple(_client(row, redirect_uris) for row in cast.get("clients", [])),
        accounts=tuple(_account(row) for row in cast.get("accounts", [])),
        calendars=tuple(_calendar(row) for row in cast.get("calendars", [])),
        testing=bool(cast.get("testing", False)),
        seed=str(cast.get("seed", "")),
    )


def cast_of(settings: GoogleSettings) -> dict[str, Any]:
    """The same world as the ``google`` part of a cast file. Holds the programs' secrets."""
    return {
        "clients": [asdict(each) | {"redirect_uris": list(each.redirect_uris)} for each in settings.clients],
        "accounts": [asdict(each) for each in settings.accounts],
        "calendars": [_row(each) for each in settings.calendars],
        "testing": settings.testing,
        "seed": settings.seed,
    }


def _row(calendar: Calendar) -> dict[str, Any]:
    shares = [{"subject": each.subject, "role": str(each.role)} for each in calendar.shares]
    named = ("calendar_id", "summary", "zone", "owner", "color")
    return {name: getattr(calendar, name) for name in named} | {"shares": shares}


def _client(row: Mapping[str, Any], redirect_uris: tuple[str, ...]) -> OAuthClient:
    return OAuthClient(
        client_id=ClientId(row["client_id"]),
        client_secret=row["client_secret"],
        redirect_uris=(*row.get("redirect_uris", ()), *redirect_uris),
        name=row.get("name", "Mostrador"),
    )


def _account(row: Mapping[str, Any]) -> Account:
    return Account(subject=Subject(str(row["subject"])), email=row["email"], name=row["name"])


def _calendar(row: Mapping[str, Any]) -> Calendar:
    return Calendar(
        calendar_id=CalendarId(row["calendar_id"]),
        summary=row["summary"],
        zone=row["zone"],
        owner=Subject(str(row["owner"])),
        shares=tuple(
            Share(subject=Subject(str(each["subject"])), role=Role(each["role"]))
            for each in row.get("shares", ())
        ),
        color=row.get("color", "#2f6f62"),
    )
