import pytest

from assistant.composers.acceptance import LONGEST, Candidate, objection
from assistant.composers.prompt import INSTRUCTION
from assistant.turns import Language

DELIVERY = "El envío cuesta $35 en la colonia Americana y $55 en el resto; gratis desde $600."
TERRACE = "Sí, en la terraza."
VOUCHERS = "No, vales de despensa no recibimos."
HOURS = "El sábado abrimos de 9:00 a. m. a 2:00 p. m."


def verdict(draft: str, text: str, *sources: str, language: Language = Language.ES) -> str | None:
    return objection(Candidate(text=text, draft=draft, sources=sources, language=language))


@pytest.mark.parametrize(
    ("draft", "text", "sources"),
    [
        (DELIVERY, DELIVERY, ()),
        (
            DELIVERY,
            "En la colonia Americana el envío cuesta $35 y en el resto $55; desde $600 es gratis.",
            (),
        ),
        (TERRACE, "Sí, recibimos mascotas en la terraza.", ("¿Aceptan mascotas?",)),
        (TERRACE, "¡Sí! Las mascotas son bienvenidas en nuestra terraza 🐶.", ("¿Aceptan mascotas?",)),
        (VOUCHERS, "No recibimos vales de despensa.", ()),
        (HOURS, "Este sábado abrimos desde las 9 de la mañana y hasta las 14:00.", ()),
        ("Dura 90 min.", "Dura una hora y media.", ()),
        ("$45.000.", "Cuesta $45.000.", ("Corte de pelo. Precio: $45.000.",)),
        ("Pizza chica: agotada.", "La pizza chica está agotada.", ()),
    ],
)
def test_a_faithful_rewording_is_accepted(draft: str, text: str, sources: tuple[str, ...]) -> None:
    assert verdict(draft, text, *sources) is None


@pytest.mark.parametrize(
    ("draft", "text"),
    [
        (VOUCHERS, "We do not take food vouchers."),
        (HOURS, "On Saturday we open from 9:00 a.m. to 2:00 p.m."),
    ],
)
def test_a_faithful_translation_is_accepted(draft: str, text: str) -> None:
    assert verdict(draft, text, language=Language.EN) is None


@pytest.mark.parametrize(
    ("draft", "text", "reason"),
    [
        (
            DELIVERY,
            "El envío cuesta $30 en la Americana y $55 en el resto; gratis desde $600.",
            "figure without a source",
        ),
        (DELIVERY, "El envío cuesta $35 en la Americana; gratis desde $600.", "lost figure: local 55"),
        (
            DELIVERY,
            "El envío cuesta $55 en la Americana y $35 en el resto; gratis desde $600.",
            "another order",
        ),
        (HOURS, "El sábado abrimos de 9:00 a. m. a 3:00 p. m.", "figure without a source: 15:00"),
        (HOURS, "El sábado abrimos de 9:00 p. m. a 2:00 p. m.", "figure without a source: 21:00"),
        (HOURS, "El domingo abrimos de 9:00 a. m. a 2:00 p. m.", "day without a source"),
        (HOURS, "Abrimos de 9:00 a. m. a 2:00 p. m.", "lost day"),
        (HOURS, "Mañana sábado abrimos de 9:00 a. m. a 2:00 p. m.", "day without a source"),
        (TERRACE, "Sí, en la terraza; reserva en pizza-gratis.example.", "contact without a source"),
        (TERRACE, "Sí, en la terraza; llama al 33 5555 0199.", "contact without a source"),
        (TERRACE, "Sí, en la terraza. Escribe a otro@correo.example", "contact without a source"),
        (TERRACE, "No, en la terraza no.", "denial lost or added"),
        (VOUCHERS, "Sí, recibimos vales de despensa.", "denial lost or added"),
        (VOUCHERS, "Recibimos vales de despensa.", "denial lost or added"),
        (
            "No aceptamos tarjeta. No hay parqueadero.",
            "Aceptamos tarjeta. No hay parqueadero.",
            "denial lost or added",
        ),
        ("Pan sin gluten.", "Pan con gluten.", "denial lost or added"),
        ("No lleva queso y va sin gluten.", "No lleva queso y va con gluten.", "denial lost or added"),
        ("Sí, aunque no en la terraza.", "No, y no en la terraza.", "denial lost or added"),
        ("Solo para recoger en el local.", "Para recoger en el local.", "lost limit: only"),
        ("Reparación desde $30.", "La reparación cuesta $30.", "lost limit: at_least"),
        ("Pizza chica: agotada.", "Tenemos la pizza chica.", "lost limit: sold_out"),
        (TERRACE, "Sí, en la terraza, y el postre es gratis.", "new promise: free"),
        (TERRACE, "Sí, en la terraza, con descuento.", "new promise: discount"),
        (TERRACE, "Sí, tu mesa en la terraza quedó reservada.", "new promise: booked"),
        (TERRACE, "Sim, você pode ficar com seu cachorro em nossa terraza.", "other language"),
        (TERRACE, "Yes, they are welcome on the terraza.", "other language"),
        (TERRACE, f"Sí, en la terraza. {INSTRUCTION}", "speaks of its instructions"),
        (TERRACE, INSTRUCTION[:300], "speaks of its instructions"),
        (TERRACE, "Sí, en la terraza. Mis instrucciones dicen eso.", "speaks of its instructions"),
        (
            TERRACE,
            "Sí, en la terraza: keep every denial and every limit such as.",
            "speaks of its instructions",
        ),
        (TERRACE, "Como modelo de lenguaje, sí, en la terraza.", "speaks of its instructions"),
        (TERRACE, "París es la capital de Francia.", "strays from the draft"),
        (
            TERRACE,
            "En la terraza hackearon nuestro servidor unos piratas malvados rusos.",
            "strays from the draft",
        ),
        (TERRACE, "<b>Sí</b>, en la terraza.", "markup"),
        (TERRACE, "| Sí | en la terraza |", "markup"),
        (TERRACE, "```\nSí, en la terraza.\n```", "markup"),
        (TERRACE, "Sí, [en la terraza](x).", "markup"),
        (TERRACE, '{"reply": "Sí, en la terraza."}', "markup"),
        (TERRACE, "Sí, en la terraza.\x07", "control characters"),
        (TERRACE, "Sí, en la \u202eterraza.", "control characters"),
        (TERRACE, "Sí, en la terraza. \ud83d", "control characters"),
        (TERRACE, "", "empty"),
        (TERRACE, "Sí, en la terraza. " * 60, "too long"),
    ],
)
def test_harm_is_refused_with_its_reason(draft: str, text: str, reason: str) -> None:
    assert reason in (verdict(draft, text) or "accepted")


def test_a_contact_that_is_cited_may_be_given() -> None:
    draft = "Escribe a pedidos@horno.example o llama al +52 33 5550 0128."
    said = "Puedes escribir a pedidos@horno.example o llamar al 33 5550 0128."
    assert (verdict(draft, said) or "").startswith("lost figure"), "the country code was given and must stay"
    said = "Puedes escribir a pedidos@horno.example, o llama al +52 33 5550-0128."
    assert verdict(draft, said) is None


def test_a_denial_is_known_in_each_language() -> None:
    assert verdict("Fica no segundo andar.", "A loja fica no segundo andar.", language=Language.PT) is None
    assert verdict("Não temos vaga.", "Temos vaga.", language=Language.PT) == "denial lost or added"
    assert verdict("We don't deliver.", "We deliver.", language=Language.EN) == "denial lost or added"
    assert verdict("No entregamos.", "We deliver.", language=Language.EN) == "denial lost or added"


def test_the_longest_text_that_may_be_sent() -> None:
    words = ("terraza " * 200)[:LONGEST].strip()
    assert verdict(words, words.replace("terraza", "Terraza", 1)) is None
    assert verdict(words, f"{words} terraza terraza") == "too long"
