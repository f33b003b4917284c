import pytest

from knowledge.documents.html import read_html
from knowledge.documents.outcome import Pieces

PAGE = """<!doctype html><html><head><title>Luna | Preguntas</title><style>p {}</style></head><body>
<nav><a href="/">Inicio</a></nav><div class="cookie-banner">Usamos cookies</div>
<div hidden>Oculto</div><div style="display: none">Oculto</div>
<main><h1>Preguntas</h1><h2>¿Hacen envíos?</h2>
<p>Sí, a <b>todo</b> el país con <a href="https://envios.example">Envíos</a>.<br>Cuestan $5.000</p>
<p>Traiga:</p><ul><li>Cédula</li><li>Dinero</li></ul>
<table><tr><th>Zona</th><th>Precio</th></tr><tr><td><p>Norte</p></td><td>8.000</td></tr></table>
texto <i>suelto</i> sin párrafo</main>
<script>alert(1)</script><footer>© Luna</footer></body></html>"""


def read(page: str) -> list[tuple[str, str]]:
    outcome = read_html(page)
    assert isinstance(outcome, Pieces)
    return [(piece.text, piece.heading) for piece in outcome.pieces]


def test_a_page_is_read_without_what_surrounds_it() -> None:
    assert read(PAGE) == [
        ("Preguntas", ""),
        ("¿Hacen envíos?", ""),
        ("Sí, a todo el país con Envíos (https://envios.example). Cuestan $5.000", "¿Hacen envíos?"),
        ("Traiga:", "¿Hacen envíos?"),
        ("Cédula", "Traiga:"),
        ("Dinero", "Traiga:"),
        ("Zona: Norte; Precio: 8.000", "Traiga:"),
        ("texto suelto sin párrafo", "¿Hacen envíos?"),
    ]


def test_an_old_page_laid_out_in_a_table_is_read_as_text() -> None:
    page = "<table><tr><td><h2>Pagos</h2><p>Con tarjeta.</p></td></tr></table>"
    assert read(page) == [("Pagos", ""), ("Con tarjeta.", "Pagos")]


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<",
        "<html",
        "<!-- -->",
        "&#0;&bad;",
        "<p>" * 5000,
        "<div>" * 3000 + "x",
        '<?xml version="1.0" encoding="x"?><p>a',
    ],
)
def test_a_broken_page_does_not_break_the_reader(page: str) -> None:
    read_html(page)


def test_a_list_of_links_is_a_menu_whatever_it_is_called() -> None:
    page = '<div><a href="/a">Uno</a> <a href="/b">Dos</a></div><p>Texto del sitio.</p>'
    assert read(page) == [("Texto del sitio.", "")]
