"""Text of a web page without what surrounds it: menus, banners, forms, footers."""

import re
from collections.abc import Iterator

from lxml import etree, html  # type: ignore[import-untyped]  # lxml ships no types

from knowledge.documents.layout import last_sentence
from knowledge.documents.outcome import Piece, Pieces, Refused
from knowledge.documents.tables import rows_in_words

_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "canvas",
        "iframe",
        "object",
        "embed",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "input",
        "textarea",
        "dialog",
        "menu",
        "video",
        "audio",
        "map",
        "head",
    ]
)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|sidebar|footer|header|cookies?|consent|banner|popup|modal|share|social"
    r"|newsletter|subscribe|comments?|related|pagination|skip-link|ads?|advert)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "p",
        "li",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "figcaption",
        "caption",
        "summary",
        "address",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "div",
        "section",
        "article",
        "main",
        "td",
        "th",
        "tr",
        "table",
        "ul",
        "ol",
        "dl",
        "body",
        "details",
        "hr",
    ]
)
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"])
_LINKED_SHARE = 0.7
_LONGEST_CELL = 300


def read_html(text: str) -> Pieces | Refused:
    """Paragraphs of the page's main part, each under the nearest heading."""
    try:
        page = html.document_fromstring(_without_declaration(text))
    except (etree.LxmlError, ValueError, AssertionError):
        return Refused(reason="broken")
    title = " ".join((page.findtext(".//title") or "").split())
    _prune(page)
    _spell_out(page)
    return Pieces(pieces=tuple(_pieces(_main(page))), title=title)


def _without_declaration(text: str) -> str:
    """Lxml refuses text that still names an encoding."""
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text)


def _prune(page: html.HtmlElement) -> None:
    for element in list(page.iter()):
        if (
            not isinstance(element.tag, str)
            or element.tag in _DROPPED
            or _is_hidden(element)
            or _is_boilerplate(element)
        ):
            _drop(element)


def _drop(element: html.HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _is_hidden(element: html.HtmlElement) -> bool:
    style = (element.get("style") or "").replace(" ", "").lower()
    hidden = element.get("hidden") is not None or element.get("aria-hidden") == "true"
    return hidden or "display:none" in style or element.get("role") in {"navigation", "banner", "contentinfo"}


def _is_boilerplate(element: html.HtmlElement) -> bool:
    if element.tag in {"html", "body", "main", "article"}:
        return False
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _BOILERPLATE.search(named) is not None


def _main(page: html.HtmlElement) -> html.HtmlElement:
    """The one element that says it is the main part, else the whole body."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = page.findall(path)
        if len(found) == 1 and len(_text(found[0])) > 200:
            return found[0]
    body = page.find(".//body")
    return body if body is not None else page


def _pieces(root: html.HtmlElement) -> Iterator[Piece]:
    section = opening = ""
    for element, text in _blocks(root):
        if _is_data_table(element):
            rows = [[_text(cell) for cell in row.iter("td", "th")] for row in element.iter("tr")]
            yield from (Piece(text=row, heading=opening or section) for row in rows_in_words(rows))
        elif element.tag in _HEADINGS:
            section, opening = text, ""
            yield Piece(text=text)
        elif element.tag == "li":
            yield Piece(text=text, heading=opening or section)
        elif not _is_link_list(element, text):
            yield Piece(text=text, heading=section)
            opening = last_sentence(text) if text.endswith(":") else ""


def _blocks(root: html.HtmlElement) -> Iterator[tuple[html.HtmlElement, str]]:
    """Elements that hold text of their own and no further block; text between blocks belongs to the outer one."""
    waiting: list[html.HtmlElement | tuple[html.HtmlElement, str]] = [root]
    while waiting:
        element = waiting.pop()
        if isinstance(element, tuple):
            yield element
            continue
        if _is_data_table(element) or not _holds_blocks(element):
            text = _text(element)
            if text:
                yield element, text
            continue
        waiting += reversed(_parts(element))


def _is_data_table(element: html.HtmlElement) -> bool:
    """A table of cells, not one that an old page uses for its layout."""
    if element.tag != "table" or any(
        True for _ in element.iterdescendants("table", "h1", "h2", "h3", "ul", "ol")
    ):
        return False
    return all(len(cell.text_content()) < _LONGEST_CELL for cell in element.iter("td", "th"))


def _holds_blocks(element: html.HtmlElement) -> bool:
    return any(child is not element and child.tag in _BLOCKS for child in element.iter())


def _parts(element: html.HtmlElement) -> list[html.HtmlElement | tuple[html.HtmlElement, str]]:
    """An element's child blocks in order, with runs of its own inline text between them."""
    parts: list[html.HtmlElement | tuple[html.HtmlElement, str]] = []
    inline = [element.text or ""]
    for child in element:
        if child.tag in _BLOCKS or _holds_blocks(child):
            _flush(element, inline, parts)
            parts.append(child)
        else:
            inline.append(str(child.text_content()))
        inline.append(child.tail or "")
    _flush(element, inline, parts)
    return parts


def _flush(
    element: html.HtmlElement, inline: list[str], parts: list[html.HtmlElement | tuple[html.HtmlElement, str]]
) -> None:
    text = " ".join("".join(inline).split())
    if text:
        parts.append((element, text))
    inline.clear()


def _text(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def _spell_out(page: html.HtmlElement) -> None:
    """Keep apart what the page shows apart, and say where links lead: that may be just what is asked for."""
    for element in page.iter("br", *_BLOCKS):
        element.tail = f" {element.tail or ''}"
    for link in page.iter("a"):
        target = re.sub(r"^(?:mailto:|tel:)", "", link.get("href") or "")
        if target != (link.get("href") or "") or target.startswith(("http://", "https://")):
            shown = link.text_content()
            link.tail = f"{'' if target in shown else f' ({target})'}{link.tail or ''}"


def _is_link_list(element: html.HtmlElement, text: str) -> bool:
    linked = sum(len(link.text_content()) for link in element.iter("a"))
    return linked > _LINKED_SHARE * len(text) and len(text.split()) < 12
