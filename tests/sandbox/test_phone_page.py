"""The phone page in a real browser, against a product that echoes."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace

import httpx
import pytest
from fastapi import FastAPI
from playwright.sync_api import (
    APIResponse,
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)

from sandbox.application import create_application
from sandbox.meta.switchboard import Switchboard
from sandbox.settings import Pace
from tests.sandbox.cast import CAMILO, CLINIC, EMILIANO, SALON, settings
from tests.sandbox.products import PATH, EchoProduct
from tests.sandbox.references import DATA, assert_valid
from tests.sandbox.servers import free_port, serving

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]
pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="NOT CHECKED: the phone page needs a browser; install the package chromium"
)


class SourcedProduct(EchoProduct):
    """Tells what its answers rest on; says of some that it found nothing."""

    def application(self) -> FastAPI:
        application = super().application()
        application.get("/sources")(self.sources)
        return application

    async def sources(self, callback_data: str) -> dict[str, object]:
        said = self.texts()[-1] if self.texts() else ""
        if "nave espacial" in said:
            return {"sources": [], "confidence": 0.21, "abstained": True}
        entries = [
            {"key": "hours", "title": "Horario de atención"},
            {"key": callback_data[:6], "title": "Corte"},
        ]
        return {"sources": entries, "confidence": 0.93, "abstained": False}


@dataclass
class Stage:
    url: str
    board: Switchboard
    product: SourcedProduct


@pytest.fixture
def stage() -> Iterator[Stage]:
    here, there = free_port(), free_port()
    product = SourcedProduct(pause=0.25)
    address = f"http://127.0.0.1:{there}"
    chosen = settings(
        callback_url=address + PATH,
        public_url=f"http://127.0.0.1:{here}",
        sources_url=f"{address}/sources",
        pace=Pace(sent=0.05, delivered=0.1),
    )
    application = create_application(replace(chosen, customers=chosen.customers[1:]))
    with serving(application, here) as url, serving(product.application(), there):
        product.graph = httpx.AsyncClient(base_url=url)
        yield Stage(url, application.state.switchboard, product)
    if DATA.is_dir():
        for payload in product.payloads:
            assert_valid("whatsapp_webhook", payload)


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
    complaints: list[str]

    def heard(self, message: ConsoleMessage) -> None:
        # A 404 of the sources is how "no drawer" is said.
        if message.type == "error" and "404" not in message.text:
            self.complaints.append(message.text)

    def asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:")):
            self.complaints.append(f"asked {request.url}")


@pytest.fixture
def page(stage: Stage, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="es-CO")
    context.set_default_timeout(60_000)
    watched = Watched(context.new_page(), stage.url, [])
    watched.page.on("console", watched.heard)
    watched.page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    watched.page.on("request", watched.asked)
    watched.page.goto(f"{stage.url}/phone")
    expect(watched.page.locator("body")).to_have_attribute("aria-busy", "false")
    yield watched.page
    context.close()
    assert watched.complaints == []


def chat(page: Page) -> Locator:
    return page.get_by_role("log")


def say(page: Page, words: str) -> None:
    page.get_by_role("textbox", name="Escribe un mensaje").fill(words)
    page.keyboard.press("Enter")


def test_a_message_gets_its_ticks_typing_and_an_answer_with_sources(page: Page, stage: Stage) -> None:
    say(page, "¿hasta qué hora *abren*?")
    expect(page.locator("#typing")).to_be_visible()
    expect(page.locator(".turn.merchant .words")).to_have_text("Eco: ¿hasta qué hora abren?")
    expect(page.locator("#typing")).to_be_hidden()
    expect(page.locator(".turn.customer").get_by_role("img", name="Leído")).to_be_visible()
    drawer = page.locator(".rests")
    expect(drawer).to_contain_text("Se apoya en 2 entradas")
    drawer.locator("summary").click()
    expect(drawer.get_by_role("listitem").first).to_contain_text("Horario de atención")
    # The person sees the chat, so the merchant gets its blue ticks.
    page.get_by_role("tab", name="Cable").click()
    expect(page.locator(".wire summary").filter(has_text="webhookread")).to_have_count(1)
    assert "read" in stage.product.steps()


def test_buttons_and_lists_are_tapped(page: Page, stage: Stage) -> None:
    say(page, "botones")
    page.get_by_role("button", name="Otra hora").click()
    expect(chat(page).get_by_text("Elegiste Otra hora")).to_be_visible()
    say(page, "lista")
    page.get_by_role("button", name="Ver horarios").click()
    page.get_by_role("dialog").get_by_role("button", name="3:00 p. m.").click()
    expect(chat(page).get_by_text("Elegiste 3:00 p. m.")).to_be_visible()
    tapped = [
        each["interactive"]["type"] for each in stage.product.items("messages") if "interactive" in each
    ]
    assert tapped == ["button_reply", "list_reply"]


def test_every_sample_can_be_attached_with_the_keyboard(page: Page, stage: Stage) -> None:
    for place, kind in enumerate(["image", "document", "audio", "location", "contacts"]):
        page.get_by_role("button", name="Adjuntar").focus()
        page.keyboard.press("Enter")
        for _ in range(place):
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        expect(chat(page).get_by_text(f"Eco: {kind}", exact=True)).to_be_visible()
    assert page.locator("img.picture").evaluate("image => image.naturalWidth") == 640
    expect(page.locator(".voice .length")).to_have_text("0:01")
    assert len(stage.product.items("messages")) == 5


class Kept:
    """Answers on their way to the page, kept back until they are let go."""

    def __init__(self, page: Page, pattern: str) -> None:
        self._waiting: list[tuple[Route, APIResponse]] = []
        self._keeps = True
        page.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self._keeps:
            self._waiting.append((route, route.fetch()))
        else:
            route.continue_()

    def let_go(self) -> None:
        self._keeps = False
        for route, answer in self._waiting:
            route.fulfill(response=answer)


def test_what_is_written_before_the_page_knows_who_writes_is_sent_when_it_does(
    page: Page, stage: Stage
) -> None:
    people = Kept(page, "**/sandbox/people")
    page.reload()
    say(page, "¿llegó?")
    page.get_by_role("button", name="Adjuntar").focus()
    for _ in range(2):
        page.keyboard.press("Enter")
    expect(page.locator("#attach-menu")).to_be_hidden()
    assert stage.product.items("messages") == []
    people.let_go()
    expect(chat(page).get_by_text("Eco: ¿llegó?")).to_be_visible()
    expect(chat(page).get_by_text("Eco: image", exact=True)).to_be_visible()


def test_a_conversation_read_late_does_not_wipe_out_what_came_meanwhile(page: Page, stage: Stage) -> None:
    chats = Kept(page, "**/sandbox/chats/*/valentina")
    page.get_by_role("button", name="Emiliano Cruz").click()
    page.get_by_role("button", name="Valentina Ríos").click()
    expect(page.locator("#speaker")).to_have_text("Escribes como Valentina Ríos")
    say(page, "¿sigo aquí?")
    expect(chat(page).get_by_text("Eco: ¿sigo aquí?")).to_be_visible()
    chats.let_go()
    expect(chat(page).locator(".turn")).to_have_count(2)
    page.get_by_role("tab", name="Cable").click()
    expect(chat(page).locator(".turn")).to_have_count(2)


def test_an_abstention_says_so(page: Page, stage: Stage) -> None:
    say(page, "¿venden una nave espacial?")
    expect(page.locator(".rests.abstained")).to_contain_text("No encontró respaldo")


def test_merchants_and_customers_are_kept_apart_and_counted(page: Page, stage: Stage) -> None:
    stage.product.token = CLINIC.token
    page.get_by_role("button", name="Clínica Sonrisa").click()
    page.get_by_role("button", name="Emiliano Cruz").click()
    say(page, "soy Emiliano")
    expect(chat(page).get_by_text("Eco: soy Emiliano")).to_be_visible()
    page.get_by_role("button", name="Valentina Ríos").click()
    expect(chat(page).get_by_text("Eco: soy Emiliano")).to_have_count(0)
    headers = {"Authorization": f"Bearer {CLINIC.token}"}
    body = {"messaging_product": "whatsapp", "to": f"+{EMILIANO.phone}", "text": {"body": "¿sigue ahí?"}}
    httpx.post(f"{stage.url}/v25.0/{CLINIC.phone_number_id}/messages", json=body, headers=headers)
    # The echo just read may still be counted on a slow machine: its reading is not yet told.
    expect(page.locator("#customers .count")).to_have_text(re.compile("^[12] sin leer"))
    page.get_by_role("button", name="Emiliano Cruz").click()
    expect(chat(page).get_by_text("¿sigue ahí?")).to_be_visible()
    expect(page.locator("#customers .count")).to_have_count(0)


def test_a_new_customer_is_added_and_writes_without_a_number(page: Page, stage: Stage) -> None:
    page.get_by_role("button", name="Agregar cliente").click()
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("alert")).to_have_text("Revisa el nombre y el número")
    page.get_by_label("Nombre", exact=True).fill("Iara Souza")
    page.get_by_label("Número de WhatsApp").fill("+55 11 95555 0199")
    page.get_by_label("Oculta su número").check()
    page.get_by_role("button", name="Guardar").click()
    expect(page.locator("#speaker")).to_have_text("Escribes como Iara Souza")
    say(page, "oi")
    expect(chat(page).get_by_text("Eco: oi")).to_be_visible()
    assert "from" not in stage.product.items("messages")[0]


def test_faults_are_armed_on_the_page_and_seen_in_the_chat(page: Page, stage: Stage) -> None:
    page.get_by_role("button", name="Armar: Firma falsa").click()
    expect(page.locator("[data-kind=forged_signature]")).to_contain_text("quedan 1")
    say(page, "¿quién soy?")
    expect(chat(page).get_by_text("El servicio no lo recibió (401)")).to_be_visible()
    expect(page.locator("[data-kind=forged_signature]")).not_to_contain_text("quedan")
    page.get_by_role("tab", name="Cable").click()
    expect(page.locator(".wire .code").first).to_have_text("401")
    page.locator(".wire summary").first.click()
    assert json.loads(page.locator(".wire pre").first.inner_text().split("\n\n", 1)[1])["entry"]
    page.get_by_role("button", name="Verificar webhook").click()
    expect(page.get_by_role("status")).to_have_text("El servicio respondió bien a la verificación")


def test_the_page_fits_a_small_phone_and_speaks_portuguese(stage: Stage, browser: Browser) -> None:
    context = browser.new_context(viewport={"width": 360, "height": 700}, locale="pt-BR", has_touch=True)
    small = context.new_page()
    small.goto(f"{stage.url}/phone")
    expect(small.locator("body")).to_have_attribute("aria-busy", "false")
    small.get_by_role("button", name="Escolher loja e cliente").click()
    small.get_by_role("button", name="Camilo").click()
    small.get_by_role("textbox", name="Escreva uma mensagem").fill("oi")
    small.get_by_role("button", name="Enviar").click()
    expect(chat(small).get_by_text("Eco: oi")).to_be_visible()
    assert small.evaluate("document.documentElement.scrollWidth") <= 360
    assert stage.product.items("messages")[0]["from_user_id"] == CAMILO.user_id_for(SALON)
    context.close()
