import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.documents.catalogue import Catalogue, catalogue_from_table
from knowledge.documents.extract import extract, guarded
from knowledge.documents.outcome import Limits, Refused
from knowledge.entries import Document, EntryKey
from knowledge.messages import LANGUAGES, catalogue
from tests.knowledge.documents import papers

KEY = EntryKey("d")


def read(data: bytes, name: str = "a.txt", **options: object) -> Document:
    outcome = extract(data, name=name, key=KEY, **options)  # type: ignore[arg-type]
    assert isinstance(outcome, Document), outcome
    return outcome


def texts(document: Document) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs]


def refusal(data: bytes, name: str, limits: Limits | None = None) -> str:
    outcome = extract(data, name=name, key=KEY, limits=limits)
    assert isinstance(outcome, Refused), outcome
    for language in LANGUAGES:
        assert outcome.reason in catalogue(language)["reasons"]
    return outcome.reason


def test_a_document_takes_its_title_from_the_merchant_then_the_file_then_its_name() -> None:
    data = papers.word_document()
    assert read(data, "m.docx", title="Mi manual").title == "Mi manual"
    assert read(data, "m.docx").title == "Manual de la tienda"
    assert read(b"hola", "folder/reglas.txt").title == "reglas"
    assert read(b"hola", "folder/reglas.txt").source == "reglas.txt"


def test_paragraphs_are_numbered_from_one() -> None:
    document = read("Título\n\nUno.\r\n \r\nDos\nlíneas.".encode())
    assert [(one.anchor, one.text) for one in document.paragraphs] == [
        ("#1", "Título"),
        ("#2", "Uno."),
        ("#3", "Dos\nlíneas."),
    ]


def test_lines_are_numbered_as_in_the_file() -> None:
    document = read(b"uno\n\n  dos\n", by="line")
    assert [(one.anchor, one.text) for one in document.paragraphs] == [("#L1", "uno"), ("#L3", "dos")]
    assert document.by == "line"


def test_a_file_without_lines_of_its_own_is_cut_in_paragraphs() -> None:
    assert read(papers.word_document(), "m.docx", by="line").by == "paragraph"


def test_what_a_file_is_is_seen_from_its_content() -> None:
    assert texts(read(papers.word_document(), "wrong.pdf"))[0] == "Cambios"
    assert "Envíos" in texts(read(papers.pdf(), "wrong.txt"))
    assert texts(read(b"<!doctype html><p>Hola</p><p>Adios</p>", "wrong.txt")) == ["Hola", "Adios"]


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b" \n\t ", "a.txt", "empty"),
        (b"hola", "a.pdf", "not_a_pdf"),
        (b"hola", "a.docx", "not_a_docx"),
        (b"hola", "a.xlsx", "not_a_xlsx"),
        (b"%PDF-1.7\nnada que sirva", "a.pdf", "broken"),
        (papers.pdf()[:900], "a.pdf", "broken"),
        (papers.locked_pdf(), "a.pdf", "encrypted"),
        (papers.pictures_only_pdf(), "a.pdf", "scanned"),
        (b"PK\x03\x04 no es un archivo comprimido", "a.docx", "broken"),
        (papers.archive({"hola.txt": b"hola"}), "a.zip", "unsupported"),
        (papers.archive({"word/document.xml": b"<x"}), "a.docx", "broken"),
        (papers.archive({"xl/workbook.xml": b"<x"}), "a.xlsx", "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a.docx", "encrypted"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "a.doc", "old_word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 nada", "a.xls", "broken"),
        (bytes(range(256)) * 4, "a.bin", "unsupported"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a.png", "unsupported"),
        (b"*** --- ***", "a.txt", "no_words"),
        (b"<html><nav>Inicio</nav></html>", "a.html", "no_words"),
    ],
)
def test_a_file_that_gives_no_text_is_refused_with_the_reason(data: bytes, name: str, reason: str) -> None:
    assert refusal(data, name) == reason


@pytest.mark.parametrize(
    ("data", "name", "limits", "reason"),
    [
        (b"hola", "a.txt", Limits(bytes=3), "too_large"),
        (papers.pdf(3), "a.pdf", Limits(pages=2), "too_many_pages"),
        (papers.pdf(3), "a.pdf", Limits(characters=100), "too_long"),
        (papers.pdf(3), "a.pdf", Limits(seconds=-1), "too_slow"),
        (
            papers.archive({"word/document.xml": bytes(50_000)}),
            "a.docx",
            Limits(unpacked_bytes=10_000),
            "unpacks_too_large",
        ),
        (b"a,b\n" * 20, "a.csv", Limits(rows=10), "too_many_rows"),
        (papers.workbook({"A": [["a"]] * 20}), "a.xlsx", Limits(rows=10), "too_many_rows"),
        (b"uno\n\n" * 20, "a.txt", Limits(paragraphs=10), "too_long"),
        (b"palabra " * 20, "a.txt", Limits(characters=10), "too_long"),
    ],
)
def test_a_file_beyond_the_limits_is_refused(data: bytes, name: str, limits: Limits, reason: str) -> None:
    assert refusal(data, name, limits) == reason


def test_a_library_that_panics_means_a_damaged_file() -> None:
    class PanicException(BaseException):
        """What a Rust library raises."""

    def read_it() -> Refused:
        raise PanicException

    assert guarded(read_it) == Refused(reason="broken")


def test_stopping_the_process_is_not_a_damaged_file() -> None:
    def stop() -> Refused:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        guarded(stop)


SAMPLES = (
    papers.pdf(1),
    papers.word_document(),
    papers.workbook({"A": [["nombre", "precio"], ["x", 1]]}),
    b"<html><p>a<b>",
)
heads = st.sampled_from(
    [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"<html>", b"\xff\xfe", b"a;b\n"]
)
names = st.sampled_from(["a.pdf", "a.docx", "a.xlsx", "a.csv", "a.html", "a.md", "a.txt", "a", ""])


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with a piece replaced or cut off."""
    data = draw(st.sampled_from(SAMPLES))
    start = draw(st.integers(0, len(data)))
    return data[:start] + draw(st.binary(max_size=40)) + data[start + draw(st.integers(0, 400)) :]


@settings(max_examples=200, deadline=None)
@given(
    st.tuples(heads, st.binary(max_size=300)).map(b"".join) | damaged(),
    names,
    st.sampled_from(["line", "paragraph"]),
)
def test_no_bytes_make_it_raise(data: bytes, name: str, by: str) -> None:
    assert isinstance(extract(data, name=name, key=KEY, by=by), Document | Refused)
    assert isinstance(catalogue_from_table(data, name=name), Catalogue | Refused)
