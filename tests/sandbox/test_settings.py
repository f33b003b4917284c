"""What the sandbox is told before it starts."""

from pathlib import Path

import pytest
import yaml

from sandbox.cast import SAMPLE_CUSTOMERS
from sandbox.errors import SettingMissing
from sandbox.google.cast import sample_google
from sandbox.google.models import Subject
from sandbox.google.settings import cast_of, google_settings
from sandbox.settings import settings_from, with_customers

NEEDED = {
    "SANDBOX_CALLBACK_URL": "http://127.0.0.1:8000/webhooks/whatsapp",
    "SANDBOX_APP_SECRET": "secret",
    "SANDBOX_VERIFY_TOKEN": "verify",
}
CAST = """
numbers:
  - {phone_number_id: "1", waba_id: "2", display_phone_number: "576015550100", verified_name: Clínica, token: t, suggestions: [hola]}
customers:
  - {key: ana, name: Ana, phone: "573005550100"}
templates:
  - {name: recordatorio, language: es, body: "Hola {{1}}", buttons: [{kind: quick_reply, text: Sí}]}
"""
GOOGLE = """
google:
  clients: [{client_id: c, client_secret: hush, redirect_uris: ["https://x.example/back"]}]
  accounts: [{subject: 1, email: eva@x.example, name: Eva}, {subject: 2, email: ian@x.example, name: Ian}]
  calendars: [{calendar_id: eva@x.example, summary: Eva, zone: America/Lima, owner: 1, shares: [{subject: 2, role: reader}]}]
"""


@pytest.mark.parametrize("name", NEEDED)
def test_without_a_secret_it_does_not_start(name: str) -> None:
    with pytest.raises(SettingMissing, match=name.removeprefix("SANDBOX_").lower()):
        settings_from({key: value for key, value in NEEDED.items() if key != name})


def test_the_cast_comes_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "cast.yaml"
    path.write_text(CAST, "utf-8")
    found = settings_from(NEEDED | {"SANDBOX_CAST": str(path)})
    assert found.numbers[0].suggestions == ("hola",)
    assert found.customers[0].name == "Ana"
    assert found.templates[0].buttons[0].text == "Sí"
    assert with_customers(found, SAMPLE_CUSTOMERS) == found


def test_google_comes_with_the_cast_or_as_a_sample_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "cast.yaml"
    named = NEEDED | {"SANDBOX_CAST": str(path), "SANDBOX_GOOGLE_REDIRECTS": "http://127.0.0.1:8000/oauth"}
    path.write_text(CAST, "utf-8")
    assert settings_from(named).google is None
    path.write_text(CAST + "google: {}", "utf-8")
    sample = settings_from(named).google
    assert sample is not None
    assert sample.clients[0].redirect_uris == ("http://127.0.0.1:8000/oauth",)
    path.write_text(CAST + GOOGLE, "utf-8")
    own = settings_from(named).google
    assert own is not None
    assert own.accounts[0].email == "eva@x.example"
    assert own.calendars[0].role_of(Subject("2")) == "reader"
    assert own.clients[0].redirect_uris == ("https://x.example/back", "http://127.0.0.1:8000/oauth")
    assert "hush" not in repr(own)


def test_a_world_is_written_as_a_cast_and_read_again() -> None:
    world = sample_google("https://x.example/back", seed="s")
    assert google_settings(yaml.safe_load(yaml.safe_dump(cast_of(world)))) == world


def test_without_customers_the_samples_come_in() -> None:
    assert with_customers(settings_from(NEEDED), SAMPLE_CUSTOMERS).customers == SAMPLE_CUSTOMERS


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(settings_from(NEEDED)).replace("app_secret", "")
