"""What the sandbox needs to know. The caller reads it from where it likes and hands it in."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from sandbox.errors import SettingMissing
from sandbox.google.cast import sample_google
from sandbox.google.settings import GoogleSettings, google_settings
from sandbox.meta.models import BusinessNumber, Customer, Template, TemplateButton


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """Seconds from acceptance to each status; ``read`` is left to the person unless it is given."""

    sent: float = 0.15
    delivered: float = 0.35
    read: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Meta's brakes. ``window_hours=None`` leaves the customer service window always open."""

    pair_seconds: float = 6.0
    pair_burst: int = 45
    messages_per_second: int = 80
    window_hours: float | None = 24.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxSettings:
    callback_url: str
    app_secret: str = field(repr=False)
    verify_token: str = field(repr=False)
    numbers: tuple[BusinessNumber, ...] = ()
    customers: tuple[Customer, ...] = ()
    templates: tuple[Template, ...] = ()
    app_id: str = "800000000000001"
    public_url: str = ""
    sources_url: str = ""
    retry_delays: tuple[float, ...] = (1, 4, 15, 60, 300, 900)
    webhook_patience: float = 10.0
    pace: Pace = field(default_factory=Pace)
    limits: Limits = field(default_factory=Limits)
    google: GoogleSettings | None = None

    def __post_init__(self) -> None:
        for name in ("callback_url", "app_secret", "verify_token"):
            if not getattr(self, name):
                raise SettingMissing(name)


def settings_from(environment: Mapping[str, str]) -> SandboxSettings:
    """Read ``SANDBOX_*``; ``SANDBOX_CAST`` names a YAML file of numbers, customers, templates and Google's world.

    Without a ``google`` in the cast there is no Google; ``google: {}`` stands for the sample world.
    """
    cast = _cast(environment.get("SANDBOX_CAST", ""))
    google = _google(cast, tuple(environment.get("SANDBOX_GOOGLE_REDIRECTS", "").split()))
    memory = environment.get("SANDBOX_GOOGLE_MEMORY", "")
    return SandboxSettings(
        callback_url=environment.get("SANDBOX_CALLBACK_URL", ""),
        app_secret=environment.get("SANDBOX_APP_SECRET", ""),
        verify_token=environment.get("SANDBOX_VERIFY_TOKEN", ""),
        public_url=environment.get("SANDBOX_PUBLIC_URL", ""),
        sources_url=environment.get("SANDBOX_SOURCES_URL", ""),
        numbers=tuple(_number(row) for row in cast.get("numbers", [])),
        customers=tuple(Customer(**row) for row in cast.get("customers", [])),
        templates=tuple(_template(row) for row in cast.get("templates", [])),
        google=replace(google, memory=Path(memory) if memory else None) if google else None,
    )


def with_customers(settings: SandboxSettings, customers: tuple[Customer, ...]) -> SandboxSettings:
    """The same settings, with these people where none were named."""
    return settings if settings.customers else replace(settings, customers=customers)


def _cast(path: str) -> dict[str, Any]:
    return dict(yaml.safe_load(Path(path).read_text("utf-8")) or {}) if path else {}


def _google(cast: dict[str, Any], redirects: tuple[str, ...]) -> GoogleSettings | None:
    if "google" not in cast:
        return None
    return google_settings(cast["google"], redirects) if cast["google"] else sample_google(*redirects)


def _number(row: dict[str, Any]) -> BusinessNumber:
    return BusinessNumber(**(row | {"suggestions": tuple(row.get("suggestions", ()))}))


def _template(row: dict[str, Any]) -> Template:
    buttons = tuple(TemplateButton(**button) for button in row.get("buttons", []))
    return Template(**(row | {"buttons": buttons}))
