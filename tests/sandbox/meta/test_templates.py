"""Templates: fit, misfit, and what the phone shows."""

from typing import Any

import pytest

from sandbox.meta.models import Json, Template
from sandbox.meta.refusals import Refusal
from sandbox.meta.templates import misfit, rendered
from tests.sandbox.cast import DANA, NAMED, REMINDER
from tests.sandbox.conftest import Bench


def asked(*texts: str, names: tuple[str, ...] = (), extra: Any = ()) -> Json:
    parameters = [{"type": "text", "text": text} for text in texts]
    for parameter, name in zip(parameters, names, strict=False):
        parameter["parameter_name"] = name
    components = [{"type": "body", "parameters": parameters}, *extra]
    return {"name": "t", "language": {"code": "es"}, "components": components}


def code(found: Refusal | None) -> int | None:
    return found.code if found else None


def made(*, status: str = "APPROVED", category: str = "UTILITY") -> Template:
    return Template(name="t", language="es", body="Hola {{1}}", status=status, category=category)


def test_the_number_of_parameters_must_fit() -> None:
    assert code(misfit(REMINDER, asked("Dana", "Monday"), to_user_id=False)) is None
    assert code(misfit(REMINDER, asked("Dana"), to_user_id=False)) == 132000


def test_named_parameters_must_bear_the_right_names() -> None:
    good = asked("Dana", "Monday", names=("customer", "when"))
    bad = asked("Dana", "Monday", names=("customer", "day"))
    assert code(misfit(NAMED, good, to_user_id=False)) is None
    assert code(misfit(NAMED, bad, to_user_id=False)) == 132012


@pytest.mark.parametrize(
    ("status", "expected"), [("PAUSED", 132015), ("DISABLED", 132016), ("REJECTED", 132001)]
)
def test_only_an_approved_template_goes_out(status: str, expected: int) -> None:
    assert code(misfit(made(status=status), asked("x"), to_user_id=False)) == expected


def test_a_body_that_grows_too_long_is_refused() -> None:
    assert code(misfit(made(), asked("x" * 1024), to_user_id=False)) == 132005


def test_a_code_cannot_go_to_a_user_id() -> None:
    secret = made(category="AUTHENTICATION")
    assert code(misfit(secret, asked("1234"), to_user_id=True)) == 131062
    assert code(misfit(secret, asked("1234"), to_user_id=False)) is None


def test_the_phone_shows_the_filled_template_and_its_buttons() -> None:
    payload = {"type": "button", "sub_type": "quick_reply", "index": "0"}
    button = payload | {"parameters": [{"type": "payload", "payload": "confirm:1"}]}
    shown = rendered(REMINDER, asked("Dana", "Monday", extra=[button]))
    assert shown["text"] == "Hello Dana, your appointment is on Monday. See you then."
    assert [(each["kind"], each["id"]) for each in shown["buttons"]] == [
        ("quick_reply", "confirm:1"),
        ("url", ""),
    ]


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ([{"type": "text", "text": "a"}, {"type": "text", "text": "b", "parameter_name": "c"}], 132012),
        ([{"type": "text", "text": "a\nb"}, {"type": "text", "text": "b"}], 132018),
    ],
)
async def test_mixed_or_broken_parameters_are_refused(bench: Bench, parameters: Any, expected: int) -> None:
    template: Json = {"name": REMINDER.name, "language": {"code": "en_US"}}
    template["components"] = [{"type": "body", "parameters": parameters}]
    body = {"messaging_product": "whatsapp", "to": f"+{DANA.phone}", "type": "template", "template": template}
    assert (await bench.graph(body)).json()["error"]["code"] == expected


@pytest.mark.anyio
async def test_a_template_goes_out_with_the_window_closed_and_costs_as_its_category(bench: Bench) -> None:
    filled = asked("Dana", "Monday") | {"name": REMINDER.name, "language": {"code": "en_US"}}
    body = {"messaging_product": "whatsapp", "to": f"+{DANA.phone}", "type": "template", "template": filled}
    answer = await bench.graph(body)
    assert answer.json()["messages"][0]["message_status"] == "accepted"
    await bench.settle()
    assert bench.product.steps() == ["sent", "delivered"]
    assert bench.product.items("statuses")[0]["pricing"]["category"] == "utility"
