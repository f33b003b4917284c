"""Address, contact and payments, from the top of a merchant's file."""

from collections.abc import Mapping

from knowledge.entries import Address, Contact, Payments
from knowledge.interchange_row import Row, as_text, plain


def read_address(row: Row) -> Address | None:
    content = row.take("address")
    phrasings: tuple[str, ...] = ()
    if isinstance(content, Mapping) and "text" in content:
        section = Row(content, "address", row.findings)
        content, phrasings = section.take("text"), section.texts("phrasings")
        section.refuse_rest()
    text = plain(content)
    return Address(text=text, phrasings=phrasings) if text else None


def read_contact(row: Row) -> Contact | None:
    phones = _labelled(row.take("phones", "phone"), "phone")
    email = row.text("email")
    links = _labelled(row.take("links"), "link") + _loose_links(row)
    more = row.take("contact")
    phrasings: tuple[str, ...] = ()
    if isinstance(more, Mapping):
        section = Row(more, "contact", row.findings)
        phrasings = section.texts("phrasings")
        section.refuse_rest()
    if not (phones or email or links):
        return None
    return Contact(phones=phones, email=email, links=links, phrasings=phrasings)


def _labelled(content: object, label: str) -> tuple[tuple[str, str], ...]:
    """Labelled texts: a mapping, a list of pairs, a list of texts or a single one."""
    if isinstance(content, Mapping):
        return tuple((str(name), plain(value)) for name, value in content.items() if value is not None)
    listed = content if isinstance(content, list) else [] if content is None else [content]
    pairs = (one if isinstance(one, list) and len(one) == 2 else (label, one) for one in listed)
    return tuple((plain(name), plain(value)) for name, value in pairs)


def _loose_links(row: Row) -> tuple[tuple[str, str], ...]:
    """Unknown names whose text is a web address or a handle: `instagram: "@shop"`, `website: https://…`."""
    rest = row.rest()
    links = []
    for name, value in rest.items():
        text = as_text(value) or ""
        if text.startswith(("http://", "https://", "www.", "@")) and " " not in text:
            links.append((name, text))
        else:
            row.put_back(name, value)
    return tuple(links)


def read_payments(row: Row) -> Payments | None:
    content = row.take("payments")
    phrasings: tuple[str, ...] = ()
    if isinstance(content, Mapping) and "methods" in content:
        section = Row(content, "payments", row.findings)
        content, phrasings = section.take("methods"), section.texts("phrasings")
        section.refuse_rest()
    listed = content if isinstance(content, list) else [content]
    methods = tuple(text for text in map(plain, listed) if text)
    return Payments(methods=methods, phrasings=phrasings) if methods else None
