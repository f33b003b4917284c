"""The calendar page in a real browser: the owner's hands, by pointer and by keyboard."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, expect, sync_playwright

from sandbox.google.cast import ANA, BOOKINGS
from sandbox.google.models import Json
from tests.sandbox.google.conftest import REDIRECT, Desk, full, timed

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="NOT CHECKED: the calendar page needs a browser; install the package chromium"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    # Machines that build in the background are slow; what never comes is still told, only later.
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield launched
        launched.close()


@dataclass
class Watched:
    """A page whose console and requests are looked at when it is closed."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, REDIRECT, "data:")):
            self.complaints.append(f"asked {request.url}")


@pytest.fixture
def page(desk: Desk, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1400, "height": 900}, locale="es-CO")
    context.set_default_timeout(60_000)
    watched = Watched(context.new_page(), desk.base)
    watched.page.on("console", watched.heard)
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on("request", watched.asked)
    yield watched.page
    context.close()
    assert watched.complaints == []


def visit(page: Page, desk: Desk, **asked: str) -> None:
    page.goto(str(httpx.URL(f"{desk.base}/calendar", params=asked)))
    expect(page.locator("body")).to_have_attribute("aria-busy", "false")


def times(desk: Desk, event_id: str) -> tuple[str, str]:
    event: Json = next(each for each in desk.owner().events(deleted=True) if each["id"] == event_id)
    return event["start"]["dateTime"][:16], event["end"]["dateTime"][:16]


def block(page: Page, event_id: str) -> Any:
    return page.locator(f'.event[data-id="{event_id}"]')


def test_an_event_is_moved_stretched_and_deleted_by_keyboard(page: Page, desk: Desk) -> None:
    desk.owner().add(timed("24T10:00", "24T11:00", id="corte", summary="Corte"))
    visit(page, desk)
    block(page, "corte").focus()
    for key, start, end in [
        ("ArrowDown", "2026-11-24T10:15", "2026-11-24T11:15"),
        ("ArrowRight", "2026-11-25T10:15", "2026-11-25T11:15"),
        ("Shift+ArrowDown", "2026-11-25T10:15", "2026-11-25T11:30"),
    ]:
        page.keyboard.press(key)
        drawn = page.locator(f'.column[data-day="{start[:10]}"]').locator(block(page, "corte"))
        expect(drawn).to_contain_text(f"{start[11:]} – {end[11:]}")
        expect(drawn).to_be_focused()
        assert times(desk, "corte") == (start, end)
    for _ in range(8):
        page.keyboard.press("ArrowDown")
    expect(block(page, "corte")).to_contain_text("12:15 – 13:30")
    assert times(desk, "corte") == ("2026-11-25T12:15", "2026-11-25T13:30")
    page.keyboard.press("Delete")
    expect(block(page, "corte")).to_have_count(0)
    assert desk.owner().events() == []


def test_an_event_is_dragged_to_another_day_and_hour(page: Page, desk: Desk) -> None:
    desk.owner().add(timed("24T10:00", "24T11:00", id="corte", summary="Corte"))
    visit(page, desk)
    box = block(page, "corte").bounding_box()
    column = page.locator('.column[data-day="2026-11-26"]').bounding_box()
    assert box
    assert column
    page.mouse.move(box["x"] + 20, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(column["x"] + 20, box["y"] + 30, steps=4)
    page.mouse.move(column["x"] + 20, box["y"] + 10 + 4 * 13, steps=4)
    page.mouse.up()
    expect(block(page, "corte")).to_contain_text("11:00 – 12:00")
    assert times(desk, "corte") == ("2026-11-26T11:00", "2026-11-26T12:00")


def test_the_form_changes_creates_and_refuses_an_end_before_the_start(page: Page, desk: Desk) -> None:
    desk.owner().add(timed("24T10:00", "24T11:00", id="corte", summary="Corte"))
    visit(page, desk)
    block(page, "corte").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Título").fill("Corte y color")
    page.get_by_label("Termina").fill("2026-11-24T09:00")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_have_text("El final debe ser después del comienzo")
    page.get_by_label("Termina").fill("2026-11-24T12:00")
    page.get_by_role("button", name="Guardar").click()
    expect(block(page, "corte")).to_contain_text("Corte y color")
    assert times(desk, "corte") == ("2026-11-24T10:00", "2026-11-24T12:00")
    page.get_by_role("button", name="Nuevo evento").click()
    page.get_by_label("Título").fill("Feria")
    page.get_by_label("Todo el día").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator(".whole")).to_have_text("Feria")
    fair = next(each for each in desk.owner().events() if each["summary"] == "Feria")
    assert (fair["start"], fair["end"]) == ({"date": "2026-11-23"}, {"date": "2026-11-24"})


def test_what_a_program_writes_shows_by_itself(page: Page, desk: Desk) -> None:
    calendar = desk.calendar()
    visit(page, desk, calendar=BOOKINGS.calendar_id)
    body = timed(
        "25T09:00", "25T10:00", summary="<b>Reserva</b>", extendedProperties={"private": {"bookingId": "b1"}}
    )
    calendar.events().insert(calendarId=BOOKINGS.calendar_id, body=body).execute()
    expect(page.locator(".event")).to_contain_text("<b>Reserva</b>")
    expect(page.locator(".event")).to_contain_text("Hecho por un programa")
    page.get_by_role("tab", name="Cable").click()
    expect(page.locator(".wire .what").first).to_have_text("events.insert")
    page.get_by_role("tab", name="Acceso").click()
    page.get_by_role("button", name="Revocar").click()
    expect(page.get_by_text("Ninguna cuenta está vinculada.")).to_be_visible()
    assert desk.google.vault.grants == {}


def test_a_fault_is_armed_and_taken_away(page: Page, desk: Desk) -> None:
    visit(page, desk)
    page.get_by_label("Solo en").select_option("calendar.events.insert")
    page.get_by_label("Motivo: Error sin efecto").select_option("429 rateLimitExceeded")
    page.get_by_role("button", name="Armar: Error sin efecto").click()
    expect(page.locator(".armed")).to_contain_text("429 rateLimitExceeded calendar.events.insert")
    armed = desk.google.faults.armed()[0]
    assert (armed.kind, armed.reason, armed.method) == (
        "error_before",
        "429 rateLimitExceeded",
        "calendar.events.insert",
    )
    page.get_by_role("button", name="Quitar: Error sin efecto").click()
    expect(page.locator(".armed")).to_have_count(0)
    assert desk.google.faults.armed() == ()


def test_consent_is_given_right_by_right_and_the_browser_is_sent_back(page: Page, desk: Desk) -> None:
    page.route(f"{REDIRECT}**", lambda route: route.fulfill(body="back"))
    flow = desk.flow()
    address, state = flow.authorization_url(prompt="consent", login_hint=ANA.email)
    page.goto(address)
    page.get_by_label("Seleccionar todo").check()
    page.get_by_label("Ver la lista de calendarios").uncheck()
    expect(page.get_by_label("Seleccionar todo")).not_to_be_checked()
    page.get_by_role("button", name="Permitir").click()
    page.wait_for_url(f"{REDIRECT}**")
    back = httpx.URL(page.url)
    assert back.params["state"] == state
    flow.fetch_token(code=back.params["code"])
    granted = flow.credentials.granted_scopes
    assert full("calendar.freebusy") in granted
    assert full("calendar.calendarlist.readonly") not in granted


def test_the_page_fits_a_small_screen_and_speaks_portuguese(desk: Desk, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 760}, locale="pt-BR")
    small = context.new_page()
    visit(small, desk)
    small.get_by_role("button", name="Agendas").click()
    small.get_by_role("link", name="Citas").click()
    expect(small.get_by_role("heading", level=1)).to_have_text("Citas")
    assert small.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()
