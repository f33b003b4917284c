"""Payloads as Meta sends them, built for tests: escaped like Meta's, one customer by default."""

import json
from typing import Any

WABA = "100000000000001"
NUMBER_ID = "200000000000001"
DISPLAY = "12025550143"
WA_ID = "573001112233"
USER_ID = "CO.10203040506070809010"
SECONDS = 1795446000


def delivery(*changes: dict[str, Any], waba: str = WABA) -> dict[str, Any]:
    return {"object": "whatsapp_business_account", "entry": [{"id": waba, "changes": list(changes)}]}


def change(number_id: str = NUMBER_ID, field: str = "messages", **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": DISPLAY, "phone_number_id": number_id}
    return {"field": field, "value": {"messaging_product": "whatsapp", "metadata": metadata, **value}}


def message(message_id: str, *, seconds: int = SECONDS, **content: Any) -> dict[str, Any]:
    sender = {"from": WA_ID, "from_user_id": USER_ID}
    given = content or {"type": "text", "text": {"body": "hola"}}
    return {**sender, "id": message_id, "timestamp": str(seconds), **given}


def text(message_id: str, body: str, *, seconds: int = SECONDS, **more: Any) -> dict[str, Any]:
    return message(message_id, seconds=seconds, type="text", text={"body": body}, **more)


def status(message_id: str, word: str, *, seconds: int = SECONDS, **more: Any) -> dict[str, Any]:
    return {"id": message_id, "status": word, "timestamp": str(seconds), "recipient_id": WA_ID, **more}


def encoded(document: object) -> bytes:
    """Bytes as Meta writes them: non-ASCII and slashes escaped."""
    return json.dumps(document, ensure_ascii=True, separators=(",", ":")).replace("/", "\\/").encode()


def messages_body(*messages: dict[str, Any], number_id: str = NUMBER_ID) -> bytes:
    return encoded(delivery(change(number_id, messages=list(messages))))


def statuses_body(*statuses: dict[str, Any], number_id: str = NUMBER_ID) -> bytes:
    return encoded(delivery(change(number_id, statuses=list(statuses))))
