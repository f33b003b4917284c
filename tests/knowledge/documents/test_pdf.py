from knowledge.documents.outcome import Limits, Pieces
from knowledge.documents.pdf import paragraphs, read_pdf
from tests.knowledge.documents import papers


def test_lines_become_paragraphs_under_their_headings_without_heads_and_page_numbers() -> None:
    pieces = read_pdf(papers.pdf(), Limits())
    assert isinstance(pieces, Pieces)
    read = [(piece.text, piece.heading) for piece in pieces.pieces]
    assert read[3:6] == [
        ("Envíos", ""),
        (papers.PARAGRAPHS[1], "Envíos"),
        ("Pregunte por la persona encargada número 2.", "Envíos"),
    ]
    assert not any("Manual interno" in text or "Página" in text for text, _ in read)


def test_a_word_cut_at_the_line_end_is_whole_again() -> None:
    wide = "x" * 30
    assert paragraphs([f"{wide} garan-\ntía de fábrica."]) == [f"{wide} garantía de fábrica."]


def test_a_sentence_goes_on_over_the_page() -> None:
    assert paragraphs(["La garantía es de", "doce meses."]) == ["La garantía es de doce meses."]


def test_bullets_stay_apart() -> None:
    assert paragraphs(["Traiga lo siguiente:\n- cédula\n- dinero"]) == [
        "Traiga lo siguiente:",
        "- cédula",
        "- dinero",
    ]
