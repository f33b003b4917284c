"""What the sandbox is told before it starts."""

from pathlib import Path

import pytest

from sandbox.cast import SAMPLE_CUSTOMERS
from sandbox.errors import SettingMissing
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


def test_without_customers_the_samples_come_in() -> None:
    assert with_customers(settings_from(NEEDED), SAMPLE_CUSTOMERS).customers == SAMPLE_CUSTOMERS


def test_secrets_are_not_printed() -> None:
    assert "secret" not in repr(settings_from(NEEDED)).replace("app_secret", "")
