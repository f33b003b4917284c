"""The limits of the send call as tables: what each kind of message may hold."""

from collections.abc import Mapping

from sandbox.meta.shapes import Anything, Choice, Flag, Number, Record, Several, Shape, Tagged, Text

BSUID = r"^[A-Z]{2}\.(ENT\.)?[A-Za-z0-9]{1,128}$"
_LINK = r"^https?://"
_ID = Text(256)
_WORD = Text(4096, least=0)
_UNLISTED_INTERACTIVE = (
    "product",
    "product_list",
    "catalog_message",
    "call_permission_request",
    "carousel",
    "order_details",
    "order_status",
    "voice_call",
    "address_message",
)


def _media(*, caption: bool = False, filename: bool = False, voice: bool = False) -> Record:
    extras: dict[str, tuple[bool, Shape]] = {
        "caption": (caption, Text(1024)),
        "filename": (filename, Text(240)),
        "voice": (voice, Flag()),
    }
    optional: dict[str, Shape] = {"id": _ID, "link": Text(2000, pattern=_LINK)}
    optional |= {key: shape for key, (allowed, shape) in extras.items() if allowed}
    return Record(optional=optional, exactly_one_of=("id", "link"))


MEDIA: Mapping[str, Record] = {
    "image": _media(caption=True),
    "video": _media(caption=True),
    "audio": _media(voice=True),
    "document": _media(caption=True, filename=True),
    "sticker": _media(),
}


def _boxed(most: int) -> Record:
    return Record(required={"text": Text(most)})


def _header(*kinds: str) -> Tagged:
    shapes: dict[str, Shape] = {"text": Text(60), **MEDIA}
    return Tagged({kind: Record(required={"type": Anything(), kind: shapes[kind]}) for kind in kinds})


_FULL_HEADER = _header("text", "image", "video", "document")
_REPLY_BUTTON = Record(
    required={
        "type": Choice(("reply",)),
        "reply": Record(required={"id": Text(256), "title": Text(20)}),
    }
)
_ROW = Record(required={"id": Text(200), "title": Text(24)}, optional={"description": Text(72)})
_SECTION = Record(required={"rows": Several(_ROW, 10)}, optional={"title": Text(24)})


def _interactive(action: Record, *, body: int = 1024, header: Shape | None = None) -> Record:
    optional: dict[str, Shape] = {"header": header, "footer": _boxed(60)} if header else {}
    return Record(required={"type": Anything(), "body": _boxed(body), "action": action}, optional=optional)


def _named(name: str, parameters: Record | None = None) -> Record:
    required: dict[str, Shape] = {"name": Choice((name,))}
    return Record(required=required | ({"parameters": parameters} if parameters else {}))


_FLOW = Record(
    required={"flow_message_version": Choice(("3",)), "flow_cta": Text(20)},
    optional={
        "flow_id": _ID,
        "flow_name": _WORD,
        "flow_token": _WORD,
        "flow_action": Choice(("navigate", "data_exchange")),
        "flow_action_payload": Record(open=True),
        "mode": Choice(("draft", "published")),
    },
    exactly_one_of=("flow_id", "flow_name"),
)
_CTA_URL = Record(required={"display_text": Text(20), "url": Text(2000, pattern=_LINK)})
_UNLISTED = Record(required={"type": Anything()}, open=True)

INTERACTIVE = Tagged(
    {
        "button": _interactive(Record(required={"buttons": Several(_REPLY_BUTTON, 3)}), header=_FULL_HEADER),
        "list": _interactive(
            Record(required={"button": Text(20), "sections": Several(_SECTION, 10)}),
            body=4096,
            header=_header("text"),
        ),
        "cta_url": _interactive(_named("cta_url", _CTA_URL), header=_FULL_HEADER),
        "location_request_message": _interactive(_named("send_location")),
        "contact_request": _interactive(_named("request_contact_info")),
        "flow": _interactive(_named("flow", _FLOW), header=_FULL_HEADER),
        **dict.fromkeys(_UNLISTED_INTERACTIVE, _UNLISTED),
    }
)

_PARAMETER = Tagged(
    {
        "text": Record(
            required={"type": Anything(), "text": Text(32768, least=0)},
            optional={"parameter_name": Text(60, pattern=r"^[a-z0-9_]+$")},
        ),
        "payload": Record(required={"type": Anything(), "payload": Text(256)}),
        **{
            kind: Record(required={"type": Anything(), kind: MEDIA[kind]})
            for kind in ("image", "video", "document")
        },
        **dict.fromkeys(
            ("currency", "date_time", "location", "action", "coupon_code", "product", "limited_time_offer"),
            Record(open=True),
        ),
    }
)
_COMPONENT = Record(
    required={
        "type": Choice(("header", "body", "button", "carousel", "limited_time_offer", "order_status")),
    },
    optional={"parameters": Several(_PARAMETER, 50, least=0)},
    open=True,
)
TEMPLATE = Record(
    required={
        "name": Text(512, pattern=r"^[a-z0-9_]+$"),
        "language": Record(required={"code": Text(20)}, optional={"policy": _WORD}),
    },
    optional={"components": Several(_COMPONENT, 20, least=0)},
)

_PLACE = Record(
    required={"latitude": Number(-90, 90), "longitude": Number(-180, 180)},
    optional={"name": _WORD, "address": _WORD},
)
_CARD = Record(
    required={"name": Record(required={"formatted_name": Text(1024)}, open=True)},
    open=True,
)
PAYLOADS: Mapping[str, Shape] = {
    "text": Record(required={"body": Text(4096)}, optional={"preview_url": Flag()}),
    "interactive": INTERACTIVE,
    "template": TEMPLATE,
    "reaction": Record(required={"message_id": _ID, "emoji": Text(32, least=0)}),
    "location": _PLACE,
    "contacts": Several(_CARD, 257),
    **MEDIA,
}

_HEAD: Mapping[str, Shape] = {
    "messaging_product": Choice(("whatsapp",)),
    "recipient_type": Choice(("individual", "group")),
    "to": Text(64, pattern=r"\d|" + BSUID),
    "recipient": Text(140, pattern=BSUID),
    "context": Record(required={"message_id": _ID}),
    "biz_opaque_callback_data": Text(512, least=0),
    "message_activity_sharing": Flag(),
    "ttl": Anything(),
    "type": Anything(),
}


def _message(kind: str) -> Record:
    others = {name: Anything() for name in PAYLOADS if name != kind}
    return Record(required={kind: PAYLOADS[kind]}, optional={**_HEAD, **others})


MESSAGE = Tagged({kind: _message(kind) for kind in PAYLOADS}, default="text")
READ_RECEIPT = Record(
    required={
        "messaging_product": Choice(("whatsapp",)),
        "status": Choice(("read",)),
        "message_id": _ID,
    },
    optional={"typing_indicator": Record(required={"type": Choice(("text",))})},
)
