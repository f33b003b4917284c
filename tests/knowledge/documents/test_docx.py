from knowledge.documents.docx import read_docx
from knowledge.documents.outcome import Pieces
from tests.knowledge.documents import papers


def test_headings_lists_and_tables_are_read_in_order() -> None:
    pieces = read_docx(papers.word_document())
    assert isinstance(pieces, Pieces)
    introduction = "Para cambiar un producto traiga:"
    assert [(piece.text, piece.heading) for piece in pieces.pieces] == [
        ("Cambios", ""),
        (introduction, "Cambios"),
        ("la factura", introduction),
        ("el empaque", introduction),
        ("Talla: S; Precio: 10.000", introduction),
        ("Talla: M; Precio: 12.000", introduction),
        ("Envíos", ""),
        ("Enviamos a todo el país.", "Envíos"),
    ]
