"""A chat message as the phone shows it: what every kind of message, in either direction, boils down to."""

from collections.abc import Callable, Mapping

from sandbox.meta.models import ChatMessage, Direction, Json, Status
from sandbox.meta.store import Store

_MEDIA = ("image", "video", "audio", "document", "sticker")


def bubble(message: ChatMessage, store: Store) -> Json:
    face = _face(message.content)
    shown: Json = {
        "id": message.wamid,
        "sequence": message.sequence,
        "side": "customer" if message.direction is Direction.INBOUND else "merchant",
        "number": message.phone_number_id,
        "customer": message.customer,
        "at": message.sent_at.isoformat(),
        "status": str(message.status),
        "kind": message.kind,
        "text": "",
        "choices": [],
    }
    return shown | face | _marks(message, store)


def _face(content: Json) -> Json:
    """Customers may send what no builder makes; the phone shows that as the unknown thing it is."""
    try:
        return _FACES.get(content["type"], _unknown)(content)
    except (KeyError, TypeError, AttributeError):
        return _unknown(content)


def _marks(message: ChatMessage, store: Store) -> Json:
    marks: Json = {"callback_data": message.callback_data, "reply_to": None, "failure": None}
    quoted = store.find(message.reply_to) if message.reply_to else None
    if quoted:
        marks["reply_to"] = {
            "id": quoted.wamid,
            "text": _face(quoted.content)["text"],
        }
    if message.failure and message.status is Status.FAILED:
        marks["failure"] = {"code": message.failure.code, "reason": message.failure.reason}
    return marks


def _text(content: Json) -> Json:
    return {"text": content["text"]["body"]}


def _button(content: Json) -> Json:
    return {"text": content["button"]["text"]}


def _file(content: Json) -> Json:
    kind = content["type"]
    body = content[kind]
    file = {key: body[key] for key in ("id", "link", "filename", "mime_type") if key in body}
    return {"text": body.get("caption", ""), "file": file}


def _place(content: Json) -> Json:
    return {"text": content["location"].get("name", ""), "place": content["location"]}


def _cards(content: Json) -> Json:
    cards = content["contacts"]
    names = [card["name"]["formatted_name"] for card in cards]
    phones = [phone.get("phone", "") for card in cards for phone in card.get("phones", [])]
    return {"text": ", ".join(names), "card": {"names": names, "phones": phones}}


def _reaction(content: Json) -> Json:
    reaction = content["reaction"]
    target, emoji = reaction["message_id"], reaction.get("emoji", "")
    return {"text": emoji, "reaction": {"target": target, "emoji": emoji}}


def _template(content: Json) -> Json:
    shown = content["shown"]
    return {key: shown[key] for key in ("header", "text", "footer")} | {"choices": shown["buttons"]}


def _interactive(content: Json) -> Json:
    body = content.get("interactive", {})
    reply = body.get("button_reply") or body.get("list_reply")
    if reply:
        return {"text": reply["title"]}
    framed = {part: body.get(part, {}).get("text", "") for part in ("header", "footer")}
    framed["text"] = body.get("body", {}).get("text", "")
    return framed | _ACTIONS.get(str(body.get("type")), _no_action)(body.get("action", {}))


def _no_action(_action: Json) -> Json:
    return {}


def _reply_buttons(action: Json) -> Json:
    return {"choices": [{"kind": "reply"} | button["reply"] for button in action["buttons"]]}


def _menu(action: Json) -> Json:
    rows = [row for section in action["sections"] for row in section["rows"]]
    return {
        "choices": [{"kind": "row"} | row for row in rows],
        "menu": {"button": action["button"], "sections": action["sections"]},
    }


def _link_button(action: Json) -> Json:
    parameters = action["parameters"]
    title, url = parameters["display_text"], parameters["url"]
    return {"choices": [{"kind": "url", "id": "", "title": title, "url": url}]}


def _asking_for(kind: str) -> Callable[[Json], Json]:
    return lambda _action: {"choices": [{"kind": kind, "id": "", "title": ""}]}


def _unknown(content: Json) -> Json:
    return {"text": f"[{content['type']}]"}


_ACTIONS: Mapping[str, Callable[[Json], Json]] = {
    "button": _reply_buttons,
    "list": _menu,
    "cta_url": _link_button,
    "location_request_message": _asking_for("location"),
    "contact_request": _asking_for("contact"),
}
_FACES: Mapping[str, Callable[[Json], Json]] = {
    "text": _text,
    "button": _button,
    "interactive": _interactive,
    "template": _template,
    "location": _place,
    "contacts": _cards,
    "reaction": _reaction,
    **dict.fromkeys(_MEDIA, _file),
}
