from knowledge.documents.markdown import read_markdown
from knowledge.documents.outcome import Pieces

TEXT = """---
layout: page
---
# Nuestra casa

Texto *con* [enlace](https://a.example/b).

## Envíos

Van a:

- Cali
- Pasto

| Zona | Precio |
|---|---|
| Norte | 8.000 |
"""


def test_marks_go_and_structure_stays() -> None:
    outcome = read_markdown(TEXT)
    assert isinstance(outcome, Pieces)
    assert outcome.title == "Nuestra casa"
    assert [(piece.text, piece.heading) for piece in outcome.pieces] == [
        ("Nuestra casa", ""),
        ("Texto con enlace (https://a.example/b).", "Nuestra casa"),
        ("Envíos", ""),
        ("Van a:", "Envíos"),
        ("Cali", "Van a:"),
        ("Pasto", "Van a:"),
        ("Zona: Norte; Precio: 8.000", "Van a:"),
    ]
