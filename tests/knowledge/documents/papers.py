"""Files of every kind, made in memory."""

import io
import zipfile
from collections.abc import Sequence

import docx
import fpdf
import openpyxl


def workbook(sheets: dict[str, Sequence[Sequence[object]]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def word_document() -> bytes:
    document = docx.Document()
    document.core_properties.title = "Manual de la tienda"
    document.add_heading("Cambios", 1)
    document.add_paragraph("Para cambiar un producto traiga:")
    document.add_paragraph("la factura", style="List Bullet")
    document.add_paragraph("el empaque", style="List Bullet")
    table = document.add_table(3, 2)
    for row, cells in zip(table.rows, [("Talla", "Precio"), ("S", "10.000"), ("M", "12.000")], strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_heading("Envíos", 2)
    document.add_paragraph("Enviamos a todo el país.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


PARAGRAPHS = (
    (
        "Aceptamos devoluciones durante los 30 días siguientes a la compra, siempre que el producto no esté usado y"
        " tenga su etiqueta. El dinero se devuelve por el mismo medio de pago."
    ),
    (
        "Los envíos salen de lunes a viernes antes del mediodía. Los pedidos hechos el sábado se despachan el lunes"
        " siguiente, y cuestan 12.000 pesos a cualquier ciudad."
    ),
    (
        "La garantía de los relojes es de doce meses y cubre defectos de fábrica. No cubre golpes ni agua. Se pide la"
        " factura o la cédula del comprador para hacerla efectiva en tienda."
    ),
)


def pdf(pages: int = 3) -> bytes:
    """A running head, a heading, two paragraphs and a page number on every page."""
    paper = fpdf.FPDF()
    paper.set_font("helvetica", size=12)
    for number in range(pages):
        paper.add_page()
        paper.cell(text="Relojería Luna - Manual interno")
        paper.ln(12)
        paper.cell(text=["Devoluciones", "Envíos", "Garantías"][number % 3])
        paper.ln(10)
        paper.multi_cell(0, 6, text=PARAGRAPHS[number % 3])
        paper.ln(4)
        paper.multi_cell(0, 6, text=f"Pregunte por la persona encargada número {number + 1}.")
        paper.ln(20)
        paper.cell(text=f"Página {number + 1} de {pages}")
    return bytes(paper.output())


def locked_pdf() -> bytes:
    paper = fpdf.FPDF()
    paper.set_encryption(owner_password="a", user_password="b")
    paper.add_page()
    paper.set_font("helvetica")
    paper.cell(text="secreto")
    return bytes(paper.output())


def pictures_only_pdf() -> bytes:
    paper = fpdf.FPDF()
    paper.add_page()
    paper.rect(10, 10, 50, 50)
    return bytes(paper.output())


def archive(entries: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in entries.items():
            packed.writestr(name, content)
    return buffer.getvalue()
