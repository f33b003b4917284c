"""`mostrador demo`: everything embedded, three sample merchants, and a phone in the browser."""

import os
import sys
import time
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import httpx
import yaml
from rich.console import Console
from sqlalchemy import text

from app.commands.install import initialise
from app.evaluation.house import enter_numbers, number_of
from app.google_addresses import client_of
from app.installation import Installation
from app.merchants import load_knowledge, registered
from app.serve import Child, House, rooms
from app.stand_in_google import Linker, Proprietor, google_rows, world_of
from app.stand_in_templates import template_rows
from calendar_sync.shop.store import read_shop
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.errors import MostradorError
from kernel.ids import MerchantId
from kernel.logs import configure_logs
from kernel.sealing import Sealer
from kernel.settings import EdgeSettings, MindSettings, Room, read_settings
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant
from sandbox.google.settings import GoogleSettings
from sandbox.meta.models import BusinessNumber

MERCHANTS = Path(__file__).parents[1] / "demo" / "merchants"
SUGGESTIONS: Mapping[str, tuple[str, ...]] = {
    "gus": (
        "¿desde cuántos HSM baja el precio?",
        "¿se conecta con Microsoft Teams?",
        "¿dan descuento anual?",
    ),
    "sonrisa": ("hola q hora cierran hoy y cuanto vale la limpieza", "¿atienden niños?", "¿hacen carillas?"),
    "pao_de_mel": ("qual o endereço?", "quanto custa o bolo de cenoura grande?", "entregam em casa?"),
}
_READY_SECONDS = 60.0


class NotReady(MostradorError):
    """The rooms were started and did not become ready in time."""


def run_demo(console: Console, *, port: int, browser: bool) -> None:
    """Start everything, say where the phone is, and keep it running until interrupted."""
    configure_logs("demo", "WARNING")
    started = time.monotonic()
    installation = initialise(console)
    settings = read_settings(EdgeSettings, Room.EDGE, installation.home)
    numbers = load_samples(console, settings)
    proprietors = proprietors_of(settings)
    house = House(_children(installation, settings, numbers, list(proprietors.values()), port))
    house.open()
    try:
        _wait_until_ready(installation, settings, port)
        _link_calendars(console, settings, proprietors, port)
        address = f"http://127.0.0.1:{port}/phone"
        seconds = time.monotonic() - started
        console.print(
            f"[green]✓[/green] ready after {seconds:.0f} s: [bold]{address}[/bold]  (Ctrl-C stops it)"
        )
        if browser:
            webbrowser.open(address)
        house.keep()
    finally:
        house.close()


def load_samples(console: Console, settings: EdgeSettings) -> list[BusinessNumber]:
    """Publish the sample merchants and connect each to a number of the sandbox."""
    database, connected = Database(settings.database_url), dict[MerchantId, BusinessNumber]()
    for position, folder in enumerate(sorted(MERCHANTS.iterdir()), start=1):
        base = load_merchant(folder / "merchant.yaml").knowledge_base
        if base is None:
            raise RuntimeError(f"the sample merchant {folder.name} does not load")
        merchant, _ = load_knowledge(database, SystemClock(), base)
        connected[merchant] = _number(position, base)
        console.print(f"[green]✓[/green] {base.profile.name}: {len(base.entries)} entries")
    enter_numbers(database, settings.edge_keyset, connected)
    database.close()
    return list(connected.values())


def proprietors_of(settings: EdgeSettings) -> dict[MerchantId, Proprietor]:
    """The owners of the sample merchants that have something to book."""
    database, found = Database(settings.database_url), dict[MerchantId, Proprietor]()
    samples = {folder.name for folder in MERCHANTS.iterdir()}
    for slug, merchant in registered(database).items():
        with database.transaction(merchant) as session:
            shop = read_shop(session, merchant)
        if slug in samples and shop is not None and shop.services:
            found[merchant] = Proprietor.of(slug, shop)
    database.close()
    return found


def _link_calendars(
    console: Console, settings: EdgeSettings, proprietors: Mapping[MerchantId, Proprietor], port: int
) -> None:
    """Each merchant's owner links their calendar of the sandbox, on its own consent page."""
    database = Database(settings.database_url)
    tray = Sealer(settings.diary_tray_keyset.get_secret_value())
    linker = Linker(database, tray, SystemClock(), _google(port))
    for merchant, proprietor in proprietors.items():
        linker.link(merchant, proprietor)
        address = f"{_google(port)}/calendar?calendar={proprietor.bookings}"
        console.print(f"[green]✓[/green] {proprietor.slug}: calendar linked, {address}", soft_wrap=True)
    database.close()


def _google(port: int) -> str:
    return f"http://127.0.0.1:{port}/google"


def _number(position: int, base: KnowledgeBase) -> BusinessNumber:
    number = number_of(position, base.profile.name)
    return replace(number, tagline=base.profile.trade, suggestions=SUGGESTIONS.get(base.profile.slug, ()))


def _children(
    installation: Installation,
    settings: EdgeSettings,
    numbers: list[BusinessNumber],
    proprietors: Sequence[Proprietor],
    port: int,
) -> list[Child]:
    graph = {"GRAPH_URL": f"http://127.0.0.1:{port}", "SOURCES_PATH": "/sources", "LOG_LEVEL": "WARNING"}
    google = world_of(proprietors)
    children = rooms(installation)
    for child in children:
        child.environment = {**child.environment, **graph}
        if child.name == Room.DIARY.value:
            child.environment = {**child.environment, **client_of(_google(port), google)}
    environment = {
        name: value for name, value in os.environ.items() if name in {"PATH", "HOME", "LANG", "VIRTUAL_ENV"}
    }
    sandbox = environment | {
        "SANDBOX_PORT": str(port),
        "SANDBOX_LOG_LEVEL": "warning",
        "SANDBOX_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "SANDBOX_CALLBACK_URL": f"http://{settings.host}:{settings.port}{settings.webhook_path}",
        "SANDBOX_APP_SECRET": settings.whatsapp_app_secret.get_secret_value(),
        "SANDBOX_VERIFY_TOKEN": settings.whatsapp_verify_token.get_secret_value(),
        "SANDBOX_SOURCES_URL": f"http://{settings.host}:{settings.port}/sources",
        "SANDBOX_CAST": str(_write_cast(installation, numbers, google)),
    }
    return [*children, Child("sandbox", [sys.executable, "-m", "sandbox"], sandbox)]


def _write_cast(installation: Installation, numbers: list[BusinessNumber], google: GoogleSettings) -> Path:
    """Who is in the sandbox. Holds the numbers' tokens, so it is readable by its owner only."""
    file = installation.home.mostrador_home.resolve() / "sandbox.yaml"
    rows = [
        {
            "phone_number_id": number.phone_number_id,
            "waba_id": number.waba_id,
            "display_phone_number": number.display_phone_number,
            "verified_name": number.verified_name,
            "token": number.token,
            "tagline": number.tagline,
            "suggestions": list(number.suggestions),
        }
        for number in numbers
    ]
    file.touch(mode=0o600)
    cast = {"numbers": rows, "templates": template_rows(), "google": google_rows(google)}
    file.write_text(yaml.safe_dump(cast, allow_unicode=True), encoding="utf-8")
    return file


def _wait_until_ready(installation: Installation, settings: EdgeSettings, port: int) -> None:
    """Until the edge and the sandbox answer and the mind has made the samples' vectors."""
    mind = Database(read_settings(MindSettings, Room.MIND, installation.home).database_url, pool_size=1)
    deadline = time.monotonic() + _READY_SECONDS
    with httpx.Client(timeout=2.0) as client:
        checks: list[Callable[[], bool]] = [
            lambda: _answers(client, f"http://{settings.host}:{settings.port}/ready"),
            lambda: _answers(client, f"http://127.0.0.1:{port}/sandbox/people"),
            lambda: _has_no_jobs(mind),
        ]
        while not all(check() for check in checks):
            if time.monotonic() > deadline:
                raise NotReady(f"the rooms did not become ready within {_READY_SECONDS:.0f} s")
            time.sleep(0.1)
    mind.close()


def _answers(client: httpx.Client, address: str) -> bool:
    try:
        return client.get(address).status_code == httpx.codes.OK
    except httpx.TransportError:
        return False


def _has_no_jobs(mind: Database) -> bool:
    with mind.transaction() as session:
        waiting = text("select count(*) from jobs.procrastinate_jobs where status in ('todo', 'doing')")
        return bool(session.execute(waiting).scalar_one() == 0)
