"""The send call's mind: checks a request as Meta would, takes the message, and decides its fate."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.meta.broker import Broker, MessageChanged, Typing
from sandbox.meta.ids import new_wamid
from sandbox.meta.lifecycle import Lifecycle, Voyage
from sandbox.meta.message_rules import first_problem, is_read_receipt
from sandbox.meta.models import BusinessNumber, ChatMessage, Direction, Json, MediaId, Wamid
from sandbox.meta.rates import NumberBrake, PairBrake
from sandbox.meta.recipients import Recipient, recipient_of
from sandbox.meta.refusals import Refusal
from sandbox.meta.store import Store
from sandbox.meta.templates import misfit, rendered
from sandbox.settings import Limits

TYPING_SECONDS = 25.0
_OLDEST_REACTION_TARGET = timedelta(days=30)
_MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    limits: Limits
    clock: Clock
    store: Store
    lifecycle: Lifecycle
    broker: Broker
    _pairs: dict[tuple[str, str], PairBrake] = field(default_factory=dict)
    _numbers: defaultdict[str, list[NumberBrake]] = field(default_factory=lambda: defaultdict(list))

    def take(self, number: BusinessNumber, body: Json) -> Json | Refusal:
        """Carry out one request of the messages endpoint: the answer's body, or why not."""
        if problem := first_problem(body):
            return problem
        if is_read_receipt(body):
            return self._receipt(number, body)
        recipient = recipient_of(self.store, number, body)
        if isinstance(recipient, Refusal):
            return recipient
        problem = next(self._objections(number, recipient, body), None)
        return problem or self._accept(number, recipient, body)

    def _receipt(self, number: BusinessNumber, body: Json) -> Json | Refusal:
        message = self.store.find(body["message_id"])
        if (
            message is None
            or message.direction is not Direction.INBOUND
            or message.phone_number_id != number.phone_number_id
        ):
            return Refusal(131009, "The message_id is not that of a message received by this number.")
        for changed in self.store.mark_read(message):
            self.broker.publish(MessageChanged(changed))
        if "typing_indicator" in body and message.customer:
            self.broker.publish(Typing(number.phone_number_id, message.customer, TYPING_SECONDS))
        return {"success": True}

    def _objections(self, number: BusinessNumber, recipient: Recipient, body: Json) -> Iterator[Refusal]:
        kind = body.get("type", "text")
        if kind == "template":
            yield from _given(self._template_misfit(recipient, body["template"]))
        if kind == "reaction":
            yield from _given(self._bad_reaction_target(number, body["reaction"]["message_id"]))
        if kind in _MEDIA_KINDS:
            yield from _given(self._missing_media(number, body[kind].get("id")))
        yield from _given(self._too_fast(number, recipient))

    def _template_misfit(self, recipient: Recipient, asked: Json) -> Refusal | None:
        template = self.store.template(asked["name"], asked["language"]["code"])
        return misfit(template, asked, to_user_id=not recipient.digits)

    def _bad_reaction_target(self, number: BusinessNumber, wamid: str) -> Refusal | None:
        target = self.store.find(wamid)
        if target is None or target.phone_number_id != number.phone_number_id:
            return Refusal(131009, "The message to react to does not exist.")
        if target.kind == "reaction" or self.clock.now() - target.sent_at > _OLDEST_REACTION_TARGET:
            return Refusal(131009, "The message to react to is a reaction itself, or older than 30 days.")
        return None

    def _missing_media(self, number: BusinessNumber, media_id: str | None) -> Refusal | None:
        if media_id is None:
            return None
        media = self.store.media.get(MediaId(media_id))
        if media and media.phone_number_id == number.phone_number_id and media.expires_at > self.clock.now():
            return None
        return Refusal(131009, f"Media id {media_id} does not exist or has expired.")

    def _too_fast(self, number: BusinessNumber, recipient: Recipient) -> Refusal | None:
        now = self.clock.now()
        brake = self.brake_of(number)
        if not brake.allows(now):
            return Refusal(130429, "Cloud API message throughput has been reached.")
        pair = self._pairs.setdefault(
            (number.phone_number_id, recipient.whatsapp_id or recipient.given),
            PairBrake(self.limits.pair_seconds, self.limits.pair_burst),
        )
        if not pair.allows(now):
            details = "Too many messages sent from this phone number to the same phone number"
            return Refusal(131056, f"{details} in a short period of time.")
        brake.count(now)
        return None

    def brake_of(self, number: BusinessNumber) -> NumberBrake:
        """Shared by both directions."""
        brakes = self._numbers[number.phone_number_id]
        if not brakes:
            brakes.append(NumberBrake(self.limits.messages_per_second))
        return brakes[0]

    def _accept(self, number: BusinessNumber, recipient: Recipient, body: Json) -> Json:
        message = self._message(number, recipient, body)
        self.store.keep(message)
        if recipient.customer and recipient.digits:
            self.store.note_written_by_phone(number, recipient.customer, message.sent_at)
        if not recipient.swallowed:
            self.broker.publish(MessageChanged(message))
            self.lifecycle.begin(self._voyage(recipient, message, body))
        answer: Json = {"id": message.wamid}
        if message.kind == "template":
            answer["message_status"] = "accepted"
        contacts = [recipient.as_contact(number)]
        return {"messaging_product": "whatsapp", "contacts": contacts, "messages": [answer]}

    def _message(self, number: BusinessNumber, recipient: Recipient, body: Json) -> ChatMessage:
        reply_to = body.get("context", {}).get("message_id")
        return ChatMessage(
            wamid=new_wamid(Direction.OUTBOUND, recipient.customer, recipient.digits),
            sequence=self.store.next_sequence(),
            direction=Direction.OUTBOUND,
            phone_number_id=number.phone_number_id,
            customer=recipient.customer.key if recipient.customer else None,
            sent_at=self.clock.now(),
            content=self._content(body),
            reply_to=Wamid(reply_to) if reply_to else None,
            callback_data=body.get("biz_opaque_callback_data"),
        )

    def _content(self, body: Json) -> Json:
        kind = body.get("type", "text")
        if kind != "template":
            return {"type": kind, kind: body[kind]}
        template = self.store.templates[body["template"]["name"], body["template"]["language"]["code"]]
        return {"type": kind, "template": body["template"], "shown": rendered(template, body["template"])}

    def _voyage(self, recipient: Recipient, message: ChatMessage, body: Json) -> Voyage:
        category = "service"
        if message.kind == "template":
            asked = body["template"]
            category = self.store.templates[asked["name"], asked["language"]["code"]].category.lower()
        failure = self._fate(recipient, message)
        dialled = recipient.whatsapp_id if recipient.digits else ""
        return Voyage(message=message, category=category, failure=failure, dialled=dialled)

    def _fate(self, recipient: Recipient, message: ChatMessage) -> Refusal | None:
        if recipient.customer is None:
            return Refusal(131026, "Message Undeliverable.")
        if message.kind == "template" or self._window_open(message, message.sent_at):
            return None
        details = "more than 24 hours have passed since the customer last replied to this number."
        return Refusal(131047, f"Message failed to send because {details}")

    def _window_open(self, message: ChatMessage, now: datetime) -> bool:
        if self.limits.window_hours is None:
            return True
        last = self.store.last_inbound(message.phone_number_id, message.customer or "")
        return last is not None and now - last <= timedelta(hours=self.limits.window_hours)


def _given(problem: Refusal | None) -> Iterator[Refusal]:
    if problem:
        yield problem
