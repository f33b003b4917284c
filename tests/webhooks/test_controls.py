import pytest

from webhooks.contents import Media, MediaKind, Reaction, Tap, TemplateTap, Text
from webhooks.controls import (
    Control,
    ControlKind,
    consent_payload,
    control_payload,
    read_control,
)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("BAJA", ControlKind.OPT_OUT),
        ("Stop!", ControlKind.OPT_OUT),
        ("  stop 🛑 ", ControlKind.OPT_OUT),
        ("Hola, no quiero más mensajes por favor", ControlKind.OPT_OUT),
        ("No me envíen más mensajes, gracias.", ControlKind.OPT_OUT),
        ("Não quero mais mensagens", ControlKind.OPT_OUT),
        ("don't message me", ControlKind.OPT_OUT),
        ("ALTA", ControlKind.OPT_IN),
        ("start", ControlKind.OPT_IN),
        ("asesor", ControlKind.PERSON),
        ("¿Puedo hablar con una persona?", ControlKind.PERSON),
        ("buenas tardes, quiero hablar con un asesor porfa", ControlKind.PERSON),
        ("quero falar com um atendente", ControlKind.PERSON),
        ("Borren mis datos", ControlKind.ERASE),
        ("¿Pueden borrar mis datos, por favor?", ControlKind.ERASE),
        ("¿Qué datos tienen de mí?", ControlKind.EXPORT),
        ("apaguem meus dados", ControlKind.ERASE),
    ],
)
def test_a_whole_message_that_is_a_control_is_one(said: str, kind: ControlKind) -> None:
    assert read_control(Text(said)) == Control(kind)


@pytest.mark.parametrize(
    "said",
    [
        "¿baja el precio?",
        "¿baja?",
        "stop?",
        "¿desde cuántos baja el precio?",
        "quiero la membresía más baja",
        "cancelar",
        "quiero cancelar mi cita",
        "es para una persona",
        "¿cuánto vale para una persona?",
        "una persona mayor puede entrar?",
        "mis datos: Ana, 300 111 2233",
        "no",
        "hola",
        "gracias",
        "",
        "🛑",
        "¿pueden darme de alta el viernes?",
    ],
)
def test_a_message_that_only_holds_such_a_word_goes_on(said: str) -> None:
    assert read_control(Text(said)) is None


@pytest.mark.parametrize("given", [True, False])
def test_a_consent_button_says_for_what_it_is(given: bool) -> None:
    payload = consent_payload("reminders", given=given)
    kind = ControlKind.CONSENT_GIVEN if given else ControlKind.CONSENT_WITHDRAWN
    assert read_control(Tap(payload, "Sí")) == Control(kind, "reminders")
    assert read_control(TemplateTap(payload, "Sí")) == Control(kind, "reminders")


def test_a_control_button_is_read_by_its_payload_and_a_foreign_one_by_its_label() -> None:
    assert read_control(Tap(control_payload(ControlKind.PERSON), "Atención")) == Control(ControlKind.PERSON)
    assert read_control(TemplateTap("Stop promotions", "Stop promotions")) == Control(ControlKind.OPT_OUT)
    assert read_control(Tap("control:nothing", "Ver horas")) is None
    assert read_control(Tap("slot:1", "3:00 PM")) is None


def test_what_is_not_words_is_no_control() -> None:
    assert read_control(Media(kind=MediaKind.IMAGE, id="1", caption="stop")) is None
    assert read_control(Reaction("wamid.1", "🛑")) is None
