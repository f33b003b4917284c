"""A merchant's own price list as catalogue rows: columns found by their headings, in es, pt and en."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from knowledge.documents.extract import read_sheets
from knowledge.documents.outcome import Limits, Refused
from knowledge.documents.tables import Sheet
from knowledge.entries import Item
from knowledge.interchange_row import Findings, Row
from knowledge.interchange_rows import read_item
from knowledge.messages import Problem
from knowledge.readers import fold

_HEADINGS = {
    "id": "id codigo code sku ref referencia clave",
    "name": "nombre producto servicio articulo item name product service nome produto servico tratamiento"
    " tratamento plato prato treatment dish concepto",
    "description": "descripcion description descricao detalle detalles details detalhes incluye",
    "price": "precio price preco valor costo custo tarifa pvp importe cost fee",
    "unit": "unidad unit unidade presentacion",
    "duration_min": "duracion duration duracao tiempo tempo minutos minutes",
    "bookable": "reservable agendable bookable agendavel reservavel",
    "days": "dias days",
    "availability": "disponibilidad availability disponibilidade disponible",
    "valid_until": "vigencia vigente validade",
}
_FIELD_OF = {word: field for field, words in _HEADINGS.items() for word in words.split()}
_ROW_NAMES = frozenset(
    (*_HEADINGS, "key", "price_from", "prices", "variants", "duration", "staff", "phrasings", "extra")
)
_HEADER_WITHIN = 20
_ON_REQUEST = re.compile(
    r"(?:a |por |previa )?(?:convenir|consultar|consulta|cotizar|cotizacion|acordar|combinar|negociar)|segun .*"
    r"|sob consulta|on request|ask|varia.*|depend.*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """The good rows of a price list, and what was wrong with each of the others, by sheet and row."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...] = ()


def catalogue_from_table(
    data: bytes, *, name: str, taken: Sequence[str] = (), limits: Limits | None = None
) -> Catalogue | Refused:
    """Rows of a workbook or CSV as items; `taken` are keys that other entries of the merchant have."""
    sheets = read_sheets(data, name=name, limits=limits or Limits())
    if isinstance(sheets, Refused):
        return sheets
    findings = Findings()
    for key in taken:
        findings.claim(key, "")
    heads = [(sheet, head) for sheet in sheets if (head := _head_of(sheet)) is not None]
    if not heads:
        return Refused(reason="no_header")
    items = [item for sheet, head in heads for item in _items(sheet, head, findings)]
    for sheet in sheets:
        if any(map(any, sheet.rows)) and all(sheet is not read for read, _ in heads):
            findings.add(sheet.name, "no_header")
    if not items and not findings.problems:
        return Refused(reason="no_rows")
    return Catalogue(items=tuple(items), problems=tuple(findings.problems))


def _head_of(sheet: Sheet) -> int | None:
    """The first row that names a name column and one more that is known."""
    for number, row in enumerate(sheet.rows[:_HEADER_WITHIN]):
        fields = {_field(cell) for cell in row} - {None}
        if "name" in fields and (len(fields) > 1 or sum(map(bool, row)) == 1):
            return number
    return None


def _field(heading: str) -> str | None:
    """What a heading means: "Precio (COP)", "Duración en minutos", "Nombre del servicio" by their first word."""
    words = re.findall(r"[a-z]+", fold(heading))
    return _FIELD_OF.get(words[0]) if words else None


def _columns(head: Sequence[str]) -> list[str]:
    """A name for every column: a field's, where it is the first of its kind, else the heading itself."""
    columns: list[str] = []
    for heading in head:
        field = _field(heading)
        shown = field if field and field not in columns else _unreserved(heading.strip())
        number = 2
        while shown and shown in columns:
            shown = f"{_unreserved(heading.strip())} {number}"
            number += 1
        columns.append(shown)
    return columns


def _unreserved(heading: str) -> str:
    return heading.upper() if heading in _ROW_NAMES else heading


def _items(sheet: Sheet, head: int, findings: Findings) -> Iterator[Item]:
    headings = sheet.rows[head]
    columns = _columns(headings)
    price_heading = _unreserved(headings[columns.index("price")]) if "price" in columns else ""
    group = ""
    for number, cells in enumerate(sheet.rows[head + 1 :], head + 2):
        filled = [cell for cell in cells if cell]
        if len(filled) == 1 and _is_group(filled[0]):
            group = filled[0].rstrip(":")
        elif filled:
            named = {column: cell for column, cell in zip(columns, cells, strict=False) if column and cell}
            if _ON_REQUEST.fullmatch(fold(named.get("price", ""))):
                named[price_heading] = named.pop("price")
            where = f"{sheet.name}!{number}" if sheet.name else str(number)
            item = _item(named, group, Row(named, where, findings))
            if item is not None:
                yield item


def _is_group(text: str) -> bool:
    """A row of one cell that heads those below it: "CORTES", "Bebidas:"."""
    return text.isupper() or text.endswith(":")


def _item(named: Mapping[str, str], group: str, row: Row) -> Item | None:
    if group:
        row.put_back("", group)
    if "id" not in named:
        row.put_back("id", _key(named.get("name", ""), row.findings))
    return read_item(row, frozenset())


def _key(name: str, findings: Findings) -> str:
    """A key from the name, the same every time the list is uploaded: "corte-clasico"."""
    slug = "-".join(re.findall(r"[a-z0-9]+", fold(name)))[:60] or "item"
    key, number = slug, 2
    while findings.is_taken(key):
        key, number = f"{slug}-{number}", number + 1
    return key
