from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.webhooks.samples import needs_reference, reference
from webhooks.errors import MessageRefused
from webhooks.messages import (
    Address,
    Button,
    Outgoing,
    Row,
    Section,
    buttons,
    choice_list,
    cut,
    envelope,
    length,
    reaction,
    read_receipt,
    template,
    text,
)

TO = Address(wa_id="573001112233", user_id="CO.1")


def schema_check(body: dict[str, Any]) -> None:
    jsonschema.validate(body, reference("schemas", "whatsapp_outbound.schema.json"))


@needs_reference
@pytest.mark.parametrize(
    "message",
    [
        text("Hola"),
        text("a" * 5000),
        text("😀" * 4096),
        reaction("wamid.1", "👍"),
        reaction("wamid.1", ""),
        buttons("b" * 2000, [Button("a", "Sí"), Button("b", "No")], header="h" * 99, footer="f" * 99),
        choice_list("Elige", "Ver horas", [Section("", [Row("1", "3:00 p. m.", "con " + "Ana " * 40)])]),
        choice_list(
            "Elige",
            "Ver",
            [Section("s" * 40, [Row("1", "a")]), Section("Martes", [Row("2", "b")])],
            header="x",
        ),
        template("reminder", "es", ["Ana", "lunes\n3:00   p. m."]),
        template("reminder", "es_MX", {"customer": "Ana"}),
        template("hello", "pt_BR"),
    ],
    ids=lambda message: message.type,
)
def test_every_message_fits_the_schema_of_whatsapps_limits(message: Outgoing) -> None:
    schema_check(envelope(message, TO, opaque="outbox:1", reply_to="wamid.0"))
    schema_check(envelope(message, Address(user_id="CO.10203040506070809010")))


@needs_reference
@pytest.mark.parametrize("typing", [True, False])
def test_a_read_receipt_fits_the_schema(typing: bool) -> None:
    schema_check(read_receipt("wamid.1", typing=typing))


@needs_reference
def test_a_text_is_written_as_the_reference_writes_it() -> None:
    wanted = reference("whatsapp_outbound", "authored", "req_text.json")
    message = text("Your appointment is booked for Mon 3:00 PM.")
    assert envelope(message, Address(wa_id="12025550188"), opaque="outbox:0b6f") == wanted


def test_the_number_wins_over_the_user_id_and_gets_its_plus() -> None:
    assert TO.as_json() == {"to": "+573001112233"}
    assert Address(user_id="CO.1").as_json() == {"recipient": "CO.1"}
    with pytest.raises(MessageRefused):
        Address().as_json()


def test_a_reaction_never_carries_a_context() -> None:
    assert "context" not in envelope(reaction("wamid.1", "👍"), TO, reply_to="wamid.0")


def choices(count: int, title: str = "t") -> list[Button]:
    return [Button(f"id{n}", f"{title}{n}") for n in range(count)]


@pytest.mark.parametrize("count", [0, 4])
def test_buttons_are_one_to_three(count: int) -> None:
    with pytest.raises(MessageRefused, match="1 to 3"):
        buttons("x", choices(count))


@pytest.mark.parametrize(
    "refused",
    [
        [Button("a", "t" * 21)],
        [Button("a", "😀" * 11)],
        [Button("a", " ")],
        [Button("", "t")],
        [Button("a" * 257, "t")],
        [Button("a", "t"), Button("a", "u")],
        [Button("a", "t"), Button("b", "t")],
    ],
)
def test_a_button_that_whatsapp_would_refuse_is_refused_here(refused: list[Button]) -> None:
    with pytest.raises(MessageRefused):
        buttons("x", refused)


def test_ten_rows_are_the_limit_over_all_sections_together() -> None:
    rows = [Row(str(n), str(n)) for n in range(12)]
    choice_list("x", "y", [Section("a", rows[:5]), Section("b", rows[5:10])])
    with pytest.raises(MessageRefused, match="over all sections"):
        choice_list("x", "y", [Section("a", rows[:6]), Section("b", rows[6:11])])


@pytest.mark.parametrize(
    "sections",
    [
        [Section("", [Row("1", "a")]), Section("b", [Row("2", "b")])],
        [Section("a", [Row("1", "a"), Row("1", "b")])],
        [Section("a", [Row("1", "t" * 25)])],
        [Section("a", [Row("r" * 201, "t")])],
    ],
)
def test_a_list_that_whatsapp_would_refuse_is_refused_here(sections: list[Section]) -> None:
    with pytest.raises(MessageRefused):
        choice_list("x", "y", sections)


@pytest.mark.parametrize("empty", ["", " \n"])
def test_nothing_is_sent_as_a_text_or_a_parameter(empty: str) -> None:
    with pytest.raises(MessageRefused):
        text(empty)
    with pytest.raises(MessageRefused):
        template("t", "es", [empty])


def test_our_own_id_must_fit_into_the_callback_data() -> None:
    with pytest.raises(MessageRefused):
        envelope(text("x"), TO, opaque="o" * 513)


def test_a_long_text_is_cut_after_a_sentence_and_else_after_a_word() -> None:
    assert cut("Abrimos a las 9. Cerramos a las 7 de la noche.", 24) == "Abrimos a las 9.…"
    assert cut("Abrimos de lunes a viernes todo el año", 24) == "Abrimos de lunes a…"
    assert cut("corto", 24) == "corto"


@given(st.text(max_size=80), st.integers(min_value=2, max_value=40))
def test_a_cut_text_always_fits_and_begins_like_the_whole(body: str, limit: int) -> None:
    shown = cut(body, limit)
    assert length(shown) <= limit
    assert body.startswith(shown.removesuffix("…")) or shown == body
