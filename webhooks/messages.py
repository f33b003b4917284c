"""Outgoing messages within WhatsApp's limits. A text is never split; what is too long is cut at a sentence or word.

Lengths are counted in UTF-16 units, the strictest of the ways in which Meta might count an emoji.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from webhooks.errors import MessageRefused

TEXT_LIMIT = 4096
BODY_LIMIT = 1024
TITLE_LIMIT = 20
ROW_TITLE_LIMIT = 24
ROW_DESCRIPTION_LIMIT = 72
SECTION_TITLE_LIMIT = 24
SMALL_LIMIT = 60
OPAQUE_LIMIT = 512
MAX_BUTTONS = 3
MAX_ROWS = 10
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Address:
    """Where to send: a number, or the user id of somebody whose number is hidden."""

    wa_id: str | None = None
    user_id: str | None = None

    def as_json(self) -> dict[str, str]:
        """The number wins, as it does at Meta; without its plus Meta might prepend the shop's own country."""
        if self.wa_id:
            return {"to": "+" + self.wa_id.lstrip("+")}
        if self.user_id:
            return {"recipient": self.user_id}
        raise MessageRefused("an address needs a number or a user id")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message without its address: WhatsApp's `type` and what goes under that key."""

    type: str
    content: Mapping[str, Any] = field(hash=False)


@dataclass(frozen=True, slots=True)
class Button:
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class Row:
    id: str
    title: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    rows: Sequence[Row]


def envelope(message: Outgoing, address: Address, *, opaque: str = "", reply_to: str = "") -> dict[str, Any]:
    """The whole request body. `opaque` comes back with every status."""
    _within("biz_opaque_callback_data", opaque, OPAQUE_LIMIT)
    body: dict[str, Any] = {"messaging_product": "whatsapp", "recipient_type": "individual"}
    body |= address.as_json()
    if reply_to and message.type != "reaction":
        body["context"] = {"message_id": reply_to}
    if opaque:
        body["biz_opaque_callback_data"] = opaque
    return body | {"type": message.type, message.type: dict(message.content)}


def read_receipt(message_id: str, *, typing: bool) -> dict[str, Any]:
    """Blue ticks for a message and all before it; typing shows until we answer, 25 seconds at most."""
    body: dict[str, Any] = {"messaging_product": "whatsapp", "status": "read", "message_id": message_id}
    return body | ({"typing_indicator": {"type": "text"}} if typing else {})


def text(body: str, *, preview: bool = False) -> Outgoing:
    return Outgoing("text", {"body": cut(_present("body", body), TEXT_LIMIT), "preview_url": preview})


def reaction(message_id: str, emoji: str) -> Outgoing:
    """An emoji on one of the customer's messages; an empty one takes it back."""
    return Outgoing("reaction", {"message_id": message_id, "emoji": emoji})


def buttons(body: str, choices: Sequence[Button], *, header: str = "", footer: str = "") -> Outgoing:
    if not 1 <= len(choices) <= MAX_BUTTONS:
        raise MessageRefused(f"{len(choices)} buttons; WhatsApp takes 1 to {MAX_BUTTONS}")
    _distinct("button ids", [choice.id for choice in choices])
    _distinct("button titles", [choice.title for choice in choices])
    replies = [{"type": "reply", "reply": _button(choice)} for choice in choices]
    parts = _frame(cut(_present("body", body), BODY_LIMIT), header, footer)
    return Outgoing("interactive", {"type": "button", **parts, "action": {"buttons": replies}})


def choice_list(
    body: str, label: str, sections: Sequence[Section], *, header: str = "", footer: str = ""
) -> Outgoing:
    rows = [row for section in sections for row in section.rows]
    if not 1 <= len(rows) <= MAX_ROWS:
        raise MessageRefused(f"{len(rows)} rows; WhatsApp takes 1 to {MAX_ROWS} over all sections")
    if len(sections) > 1 and not all(section.title for section in sections):
        raise MessageRefused("every section needs a title when there are several")
    _distinct("row ids", [row.id for row in rows])
    action = {"button": _fitting("button", label, TITLE_LIMIT), "sections": [_section(s) for s in sections]}
    parts = _frame(cut(_present("body", body), TEXT_LIMIT), header, footer)
    return Outgoing("interactive", {"type": "list", **parts, "action": action})


def contact_request(body: str) -> Outgoing:
    """Asks for the number that WhatsApp hides: one tap shares it."""
    text_part = {"text": cut(_present("body", body), BODY_LIMIT)}
    action = {"name": "request_contact_info"}
    return Outgoing("interactive", {"type": "contact_request", "body": text_part, "action": action})


def template(
    name: str,
    language: str,
    parameters: Mapping[str, str] | Sequence[str] = (),
    payloads: Sequence[str] = (),
) -> Outgoing:
    """A template with named parameters (a mapping) or positional ones (a sequence), never both.

    `payloads`: what its quick-reply buttons say when they are tapped, in the template's order.
    """
    content: dict[str, Any] = {"name": _present("name", name), "language": {"code": language}}
    components: list[dict[str, Any]] = []
    if parameters:
        components.append({"type": "body", "parameters": _parameters(parameters)})
    components += [_quick_reply(index, payload) for index, payload in enumerate(payloads)]
    return Outgoing("template", content | ({"components": components} if components else {}))


def length(body: str) -> int:
    return len(body.encode("utf-16-le", "surrogatepass")) // 2


def cut(body: str, limit: int) -> str:
    """The text, shortened to the limit at the end of a sentence if one is near, else of a word."""
    if length(body) <= limit:
        return body
    kept = body.encode("utf-16-le", "surrogatepass")[: 2 * (limit - 1)].decode("utf-16-le", "ignore")
    sentence = max(kept.rfind(mark) for mark in (". ", "! ", "? ", ".\n", "\n\n")) + 1
    if sentence > len(kept) // 2:
        return kept[:sentence].rstrip() + _ELLIPSIS
    word = max(kept.rfind(" "), kept.rfind("\n"))
    return (kept[:word] if word > len(kept) // 2 else kept).rstrip() + _ELLIPSIS


def _quick_reply(index: int, payload: str) -> dict[str, Any]:
    _within("payload", _present("payload", payload), 256)
    parameters = [{"type": "payload", "payload": payload}]
    return {"type": "button", "sub_type": "quick_reply", "index": str(index), "parameters": parameters}


def _parameters(parameters: Mapping[str, str] | Sequence[str]) -> list[dict[str, str]]:
    if isinstance(parameters, Mapping):
        return [
            {"type": "text", "parameter_name": name, "text": _flat(value)}
            for name, value in parameters.items()
        ]
    return [{"type": "text", "text": _flat(value)} for value in parameters]


def _flat(value: str) -> str:
    # Meta refuses newlines, tabs and more than four spaces in a row inside a parameter.
    return _present("parameter", " ".join(value.split()))


def _frame(body: str, header: str, footer: str) -> dict[str, Any]:
    parts: dict[str, Any] = {"body": {"text": body}}
    if header:
        parts["header"] = {"type": "text", "text": cut(header, SMALL_LIMIT)}
    if footer:
        parts["footer"] = {"text": cut(footer, SMALL_LIMIT)}
    return parts


def _button(choice: Button) -> dict[str, str]:
    _within("button id", _present("button id", choice.id), 256)
    return {"id": choice.id, "title": _fitting("button title", choice.title, TITLE_LIMIT)}


def _section(section: Section) -> dict[str, Any]:
    rows = [_row(row) for row in section.rows]
    title = {"title": cut(section.title, SECTION_TITLE_LIMIT)} if section.title else {}
    return {**title, "rows": rows}


def _row(row: Row) -> dict[str, str]:
    _within("row id", _present("row id", row.id), 200)
    shown = {"id": row.id, "title": _fitting("row title", row.title, ROW_TITLE_LIMIT)}
    described = {"description": cut(row.description, ROW_DESCRIPTION_LIMIT)} if row.description else {}
    return {**shown, **described}


def _fitting(what: str, label: str, limit: int) -> str:
    _within(what, _present(what, label), limit)
    return label


def _present(what: str, value: str) -> str:
    if not value.strip():
        raise MessageRefused(f"{what} is empty")
    return value


def _within(what: str, value: str, limit: int) -> None:
    if length(value) > limit:
        raise MessageRefused(f"{what} has {length(value)} characters; WhatsApp takes {limit}")


def _distinct(what: str, values: Sequence[str]) -> None:
    if len(set(values)) < len(values):
        raise MessageRefused(f"{what} must differ")
