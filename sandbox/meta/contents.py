"""What a customer can send, as the part of a webhook message that its type names."""

import base64
import json
from collections.abc import Iterable

from sandbox.meta.models import Json, StoredMedia, Wamid


def text(body: str) -> Json:
    return {"type": "text", "text": {"body": body}}


def button_reply(button_id: str, title: str) -> Json:
    reply = {"id": button_id, "title": title}
    return {"type": "interactive", "interactive": {"type": "button_reply", "button_reply": reply}}


def list_reply(row_id: str, title: str, description: str = "") -> Json:
    reply = {"id": row_id, "title": title} | _given(description=description)
    return {"type": "interactive", "interactive": {"type": "list_reply", "list_reply": reply}}


def flow_reply(response: Json, body: str = "Sent") -> Json:
    reply = {"name": "flow", "body": body, "response_json": json.dumps(response)}
    return {"type": "interactive", "interactive": {"type": "nfm_reply", "nfm_reply": reply}}


def interactive_without_body() -> Json:
    """What arrives, together with a 131000 beside it, when Meta cannot render a reply."""
    return {"type": "interactive"}


def button(payload: str, label: str) -> Json:
    """The quick reply of a template; interactive buttons answer with ``button_reply``."""
    return {"type": "button", "button": {"payload": payload, "text": label}}


def media(kind: str, stored: StoredMedia, *, url: str = "", caption: str = "") -> Json:
    """Image, video, audio, document or sticker. The hash is base64 here and hex in ``GET /{media}``."""
    body: Json = {
        "id": stored.media_id,
        "mime_type": stored.mime_type,
        "sha256": base64.b64encode(stored.sha256).decode(),
    }
    body |= _given(url=url, caption=caption)
    if kind == "document":
        body |= _given(filename=stored.filename)
    if kind == "audio":
        body["voice"] = "opus" in stored.mime_type
    if kind == "sticker":
        body["animated"] = False
    return {"type": kind, kind: body}


def location(latitude: float, longitude: float, *, name: str = "", address: str = "") -> Json:
    place: Json = {"latitude": latitude, "longitude": longitude} | _given(name=name, address=address)
    return {"type": "location", "location": place}


def contacts(name: str, phone: str, *, asked_for: bool = False) -> Json:
    """A card; ``asked_for`` when it answers our own contact request."""
    card: Json = {
        "name": {"formatted_name": name, "first_name": name.split(maxsplit=1)[0]},
        "phones": [{"phone": f"+{phone}", "wa_id": phone, "type": "MOBILE"}],
        "origin": "contact_request" if asked_for else "other",
    }
    if not asked_for:
        card["vcard"] = f"BEGIN:VCARD\nVERSION:3.0\nFN:{name}\nTEL:+{phone}\nEND:VCARD"
    return {"type": "contacts", "contacts": [card]}


def reaction(target: Wamid, emoji: str | None) -> Json:
    """A removed reaction comes with an empty emoji or with none at all: ``""`` and ``None``."""
    body: Json = {"message_id": target} | ({} if emoji is None else {"emoji": emoji})
    return {"type": "reaction", "reaction": body}


def order(catalog_id: str, items: Iterable[Json], note: str = "") -> Json:
    return {"type": "order", "order": {"catalog_id": catalog_id, "text": note, "product_items": [*items]}}


def number_changed(name: str, old: str, new: str, new_user_id: str = "") -> Json:
    system = {
        "body": f"User {name} changed from {old} to {new}",
        "wa_id": new,
        "type": "user_changed_number",
    }
    return {"type": "system", "system": system | _given(user_id=new_user_id)}


def user_id_changed(name: str, new_user_id: str) -> Json:
    system = {
        "body": f"User {name} has changed user id",
        "user_id": new_user_id,
        "type": "user_changed_user_id",
    }
    return {"type": "system", "system": system}


def identity_changed(created: int, key_hash: str = "SANDBOXHASH=") -> Json:
    identity = {"acknowledged": True, "created_timestamp": str(created), "hash": key_hash}
    system = {"body": "User identity changed", "type": "customer_identity_changed"}
    return {"identity": identity, "type": "system", "system": system}


def edit(original: Wamid, new: Json) -> Json:
    return {"type": "edit", "edit": {"original_message_id": original, "message": new}}


def revoke(original: Wamid) -> Json:
    return {"type": "revoke", "revoke": {"original_message_id": original}}


def request_welcome() -> Json:
    return {"type": "request_welcome"}


def unsupported(kind: str = "", code: int = 131051) -> Json:
    reason = "Message type unknown" if code == 131051 else "This message is unavailable"
    error = {"code": code, "title": reason, "message": reason, "error_data": {"details": f"{reason}."}}
    content: Json = {"errors": [error], "type": "unsupported"}
    return content | ({"unsupported": {"type": kind}} if kind else {})


def never_seen_before() -> Json:
    """A type that no documentation names: products must keep it and answer 200."""
    return {"type": "hologram", "hologram": {"anything": True}}


def _given(**texts: str) -> Json:
    return {key: value for key, value in texts.items() if value}
