from knowledge.documents.layout import is_heading, pieces_of


def headed(*blocks: str) -> list[tuple[str, str]]:
    return [(piece.text, piece.heading) for piece in pieces_of(blocks)]


def test_a_short_line_heads_what_follows_it_until_the_next() -> None:
    assert headed(
        "Mi tienda", "Hola a todos.", "Envíos", "Salen el lunes.", "Cuestan 5.", "Pagos", "Con tarjeta."
    ) == [
        ("Mi tienda", ""),
        ("Hola a todos.", ""),
        ("Envíos", ""),
        ("Salen el lunes.", "Envíos"),
        ("Cuestan 5.", "Envíos"),
        ("Pagos", ""),
        ("Con tarjeta.", "Pagos"),
    ]


def test_a_question_heads_its_answer() -> None:
    assert headed("¿Tienen wifi en el local?", "Sí, gratis.")[1] == (
        "Sí, gratis.",
        "¿Tienen wifi en el local?",
    )


def test_indented_lines_stand_under_the_last_sentence_before_them() -> None:
    assert headed(
        "Hay planes. Los precios son estos.", "    Básico: $5", "    Pro: $9", "Otra cosa aparte."
    ) == [
        ("Hay planes. Los precios son estos.", ""),
        ("Básico: $5", "Los precios son estos."),
        ("Pro: $9", "Los precios son estos."),
        ("Otra cosa aparte.", ""),
    ]


def test_bullets_stand_under_a_line_that_ends_in_a_colon() -> None:
    assert headed("Traiga esto:", "- cédula", "- dinero")[1:] == [
        ("- cédula", "Traiga esto:"),
        ("- dinero", "Traiga esto:"),
    ]
    assert headed("Esto es todo.", "- cédula")[1] == ("- cédula", "")


def test_prices_and_sentences_are_no_headings() -> None:
    assert is_heading("Política de cambios")
    for line in (
        "Tacos 25",
        "Cerrado los lunes.",
        "minúscula",
        "  Sangrada",
        "- Lista",
        "Una\ndos",
        "Así que " * 9,
    ):
        assert not is_heading(line), line
