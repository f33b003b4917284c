"""Ids in Meta's shapes. A wamid hides the customer's number in base64, here as there."""

import base64
import secrets

from sandbox.meta.models import Customer, Direction, MediaId, Wamid

_TAILS = {Direction.INBOUND: b"\x12\x18\x20", Direction.OUTBOUND: b"\x11\x18\x12"}


def new_wamid(direction: Direction, customer: Customer | None, dialled: str = "") -> Wamid:
    person = (customer.whatsapp_id if customer else dialled or "0").encode()
    tail = _TAILS[direction]
    serial = secrets.token_hex(tail[-1] // 2).upper().encode()
    raw = b"\x1c\x18" + bytes([len(person)]) + person + b"\x15\x02\x00" + tail + serial + b"\x00"
    return Wamid("wamid." + base64.b64encode(raw).decode())


def new_media_id() -> MediaId:
    return MediaId(str(secrets.randbelow(9 * 10**14) + 10**14))


def new_trace() -> str:
    return "A" + secrets.token_urlsafe(16).replace("-", "x")


def new_challenge() -> str:
    return str(secrets.randbelow(2 * 10**9) + 1)
