"""Small talk: what counts as it, what never does, and what is said."""

from itertools import product

import pytest

from assistant.smalltalk import SmallTalk, SmallTalkKind, asks_for_person, read, reply
from assistant.turns import Language

K = SmallTalkKind

LINES = [
    ("holaaa", K.GREETING),
    ("hola bueenas tardess", K.GREETING),
    ("holaaa buens tardes", K.GREETING),
    ("buenasss vecina", K.GREETING),
    ("wena compadre", K.GREETING),
    ("bom diaaa", K.GREETING),
    ("heyyy", K.GREETING),
    ("hola me puedes ayudar?", K.GREETING),
    ("tenho uma duvida", K.GREETING),
    ("que mas pues", K.HOW_ARE_YOU),
    ("q onda wey", K.HOW_ARE_YOU),
    ("que hubo", K.HOW_ARE_YOU),
    ("quiubo parce", K.HOW_ARE_YOU),
    ("como andas", K.HOW_ARE_YOU),
    ("oi, blz?", K.HOW_ARE_YOU),
    ("oi tudo bem", K.HOW_ARE_YOU),
    ("whats up", K.HOW_ARE_YOU),
    ("blz", K.OKAY),
    ("tudo bem", K.OKAY),
    ("ok perfecto", K.OKAY),
    ("listo", K.OKAY),
    ("dale, buenisimo", K.OKAY),
    ("👍", K.OKAY),
    ("graciasss", K.THANKS),
    ("grasias", K.THANKS),
    ("gracais", K.THANKS),
    ("vlw mano", K.THANKS),
    ("valeu", K.THANKS),
    ("muito obrigadaa", K.THANKS),
    ("thx!", K.THANKS),
    ("no, gracias", K.THANKS),
    ("🙏🙏", K.THANKS),
    ("gracias por la pizza", K.THANKS),
    ("chauu buen finde", K.GOODBYE),
    ("tchau, até amanhã", K.GOODBYE),
    ("see ya", K.GOODBYE),
    ("ups perdon numero equivocado", K.APOLOGY),
    ("desculpa, mensagem errada", K.APOLOGY),
    ("sorry, wrong chat", K.APOLOGY),
    ("jajajaj", K.LAUGH),
    ("kkkkkk", K.LAUGH),
    ("rsrsrs", K.LAUGH),
    ("😂😂", K.LAUGH),
    ("cuentame un chiste", K.JOKE),
    ("me conta uma piada", K.JOKE),
    ("tell me a joke please", K.JOKE),
    ("sos un crack", K.COMPLIMENT),
    ("adorei tudo, parabéns!", K.COMPLIMENT),
    ("que ricas sus empanadas", K.COMPLIMENT),
    ("❤️", K.COMPLIMENT),
    ("eres un robot o una persona?", K.ROBOT),
    ("hola, eres un bot?", K.ROBOT),
    ("vc é um robô?", K.ROBOT),
    ("are you a bot or a real person?", K.ROBOT),
    ("estoy hablando con una persona real?", K.ROBOT),
    ("quiero hablar con una persona", K.HUMAN),
    ("pasame con un asesor", K.HUMAN),
    ("quero falar com atendente", K.HUMAN),
    ("can i talk to a human pls", K.HUMAN),
    ("asesor por favor", K.HUMAN),
    ("no quiero hablar con un robot", K.HUMAN),
    ("🐶", K.EMOJI),
    ("...", K.EMPTY),
    ("", K.EMPTY),
]

NOT_SMALL_TALK = [
    "hola, cuanto vale la limpieza",
    "hola tienen parqueadero",
    "gracias y el horario?",
    "buenas, venden gatos",
    "ok y a que hora abren",
    "oi quanto custa",
    "hi price?",
    "buenas tardes domicilio",
    "2",
    "si",
    "mañana a las 3",
    "la segunda",
    "ok hoy",
    "bueno y el de 3 kilos",
    "gracias la direccion",
    "que rica la torta de chocolate cuanto vale?",
    "gracias por la info, cuanto cuesta la grande",
    "obrigada qual o endereço",
]


@pytest.mark.parametrize(("text", "kind"), LINES)
def test_small_talk_is_read_for_what_it_is(text: str, kind: SmallTalkKind) -> None:
    found = read(text)
    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize("text", NOT_SMALL_TALK)
def test_a_line_that_asks_or_tells_something_is_not_small_talk(text: str) -> None:
    assert read(text) is None


def test_a_question_beside_the_wish_for_a_person_is_kept() -> None:
    assert read("cuanto vale el corte? si no saben quiero hablar con una persona") is None


def test_the_wish_for_a_person_is_found_inside_a_story() -> None:
    assert asks_for_person(
        "me llego roto el sofa y nadie me responde, quiero hablar con una persona por favor"
    )


def test_a_word_with_a_meaning_of_its_own_is_not_taken_for_a_slip() -> None:
    # One letter from "vales"/"listo", but words of the shop.
    assert read("hola precios") is None


@pytest.mark.parametrize(
    ("text", "part"),
    [("buenas tardes", "afternoon"), ("bom dia", "morning"), ("buenas noches", "evening"), ("hola", "")],
)
def test_a_greeting_is_returned_in_kind(text: str, part: str) -> None:
    assert read(text) == SmallTalk(K.GREETING, part)


def test_good_night_is_answered_with_good_night() -> None:
    said = {
        reply(SmallTalk(K.GREETING, "evening"), text, Language.ES, "La Esquina")
        for text in ("a", "b", "c", "d")
    }
    assert all(text.startswith("¡Buenas noches!") for text in said)


@pytest.mark.parametrize(("kind", "language"), list(product(SmallTalkKind, Language)))
def test_every_kind_has_a_reply_in_every_language(kind: SmallTalkKind, language: Language) -> None:
    text = reply(SmallTalk(kind), "hola", language, "Café Ñandú")
    assert text
    assert "{" not in text


@pytest.mark.parametrize("language", list(Language))
def test_the_robot_question_is_answered_honestly(language: Language) -> None:
    honest = {
        Language.ES: "asistente automático",
        Language.PT: "assistente automático",
        Language.EN: "automatic assistant",
    }
    for text in ("a", "b", "c", "d"):
        assert honest[language] in reply(SmallTalk(K.ROBOT), text, language, "X")


def test_the_same_text_always_gets_the_same_reply_and_others_get_others() -> None:
    said = [reply(SmallTalk(K.THANKS), text, Language.ES, "X") for text in ("gracias", "gracias", "GRACIAS ")]
    assert len(set(said)) == 1
    assert len({reply(SmallTalk(K.THANKS), str(number), Language.ES, "X") for number in range(20)}) > 1


def test_a_merchant_name_with_braces_does_no_harm() -> None:
    assert "{x}" in reply(SmallTalk(K.ROBOT), "a", Language.EN, "{x}")
