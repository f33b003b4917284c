import pytest

from knowledge.scrub import scrub


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("mi correo es ana.p@mail.co, ¿hacen envíos?", "mi correo es [email], ¿hacen envíos?"),
        ("llámenme al 300 555 0182", "llámenme al [number]"),
        ("+57 (300) 555-0182 es mi número", "[number] es mi número"),
        ("cédula 1.032.456.789 hay convenio?", "cédula 1.032.456.789 hay convenio?"),
        ("mi cédula es 1032456789", "mi cédula es [number]"),
        ("hola me llamo juan perez y quiero cita", "hola me llamo [name] y quiero cita"),
        ("Soy María Gómez, ¿tienen turno?", "Soy [name], ¿tienen turno?"),
        ("soy alérgica al maní, hay opciones?", "soy alérgica al maní, hay opciones?"),
        ("reserva a nombre de Luz Ruiz para el lunes", "reserva a nombre de [name] para el lunes"),
        ("my name is John Smith, do you ship?", "my name is [name], do you ship?"),
        ("meu nome é João Silva quero corte", "meu nome é [name] quero corte"),
        ("envían a la Calle 45 # 12-30 apto 2?", "envían a la [address] apto 2?"),
        ("miren https://x.co/a?b=1 esto", "miren [link] esto"),
        ("tienen algo de $1.500.000?", "tienen algo de $1.500.000?"),
        ("hay cupo el 2026-11-02?", "hay cupo el 2026-11-02?"),
        ("cuánto valen 25,000 HSMs", "cuánto valen 25,000 HSMs"),
    ],
)
def test_what_tells_who_asked_is_masked_and_the_question_stays(said: str, kept: str) -> None:
    assert scrub(said) == kept
