"""The send call's mind: checks a request as Meta would, takes the message, and decides its fate."""

from dataclasses import dataclass
from datetime import timedelta

from sandbox.clock import Clock
from sandbox.meta.broker import Broker, MessageChanged, Typing
from sandbox.meta.ids import new_wamid
from sandbox.meta.lifecycle import Lifecycle, Voyage
from sandbox.meta.message_rules import first_problem, is_read_receipt
from sandbox.meta.models import BusinessNumber, ChatMessage, Direction, Json, Wamid
from sandbox.meta.objections import Objections
from sandbox.meta.recipients import Recipient, recipient_of
from sandbox.meta.refusals import Refusal
from sandbox.meta.store import Store
from sandbox.meta.templates import rendered

TYPING_SECONDS = 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbox:
    window: timedelta | None
    clock: Clock
    store: Store
    objections: Objections
    lifecycle: Lifecycle
    broker: Broker

    def take(self, number: BusinessNumber, body: Json) -> Json | Refusal:
        """Carry out one request of the messages endpoint: the answer's body, or why not."""
        if problem := first_problem(body):
            return problem
        if is_read_receipt(body):
            return self._receipt(number, body)
        recipient = recipient_of(self.store, number, body)
        if isinstance(recipient, Refusal):
            return recipient
        return self.objections.first(number, recipient, body) or self._accept(number, recipient, body)

    def _receipt(self, number: BusinessNumber, body: Json) -> Json | Refusal:
        message = self.store.find(body["message_id"])
        if message is None or not _received_by(message, number):
            return Refusal(131009, "The message_id is not that of a message received by this number.")
        for changed in self.store.mark_read(message):
            self.broker.publish(MessageChanged(changed))
        if "typing_indicator" in body and message.customer:
            self.broker.publish(Typing(number.phone_number_id, message.customer, TYPING_SECONDS))
        return {"success": True}

    def _accept(self, number: BusinessNumber, recipient: Recipient, body: Json) -> Json:
        message = self._message(number, recipient, body)
        self.store.keep(message)
        if recipient.customer and recipient.digits:
            self.store.note_written_by_phone(number, recipient.customer, message.sent_at)
        if not recipient.swallowed:
            self.broker.publish(MessageChanged(message))
            self.lifecycle.begin(self._voyage(recipient, message))
        accepted: Json = {"id": message.wamid}
        if message.kind == "template":
            accepted["message_status"] = "accepted"
        contacts = [recipient.as_contact(number)]
        return {"messaging_product": "whatsapp", "contacts": contacts, "messages": [accepted]}

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
        content: Json = {"type": kind, kind: body[kind]}
        if kind == "template":
            asked = body["template"]
            template = self.store.templates[asked["name"], asked["language"]["code"]]
            content |= {"shown": rendered(template, asked), "category": template.category.lower()}
        return content

    def _voyage(self, recipient: Recipient, message: ChatMessage) -> Voyage:
        return Voyage(
            message=message,
            category=message.content.get("category", "service"),
            failure=self._fate(recipient, message),
            dialled=recipient.whatsapp_id if recipient.digits else "",
        )

    def _fate(self, recipient: Recipient, message: ChatMessage) -> Refusal | None:
        if recipient.customer is None:
            return Refusal(131026, "Message Undeliverable.")
        if message.kind == "template" or self._window_open(message):
            return None
        details = "more than 24 hours have passed since the customer last replied to this number."
        return Refusal(131047, f"Message failed to send because {details}")

    def _window_open(self, message: ChatMessage) -> bool:
        if self.window is None:
            return True
        last = self.store.last_inbound(message.phone_number_id, message.customer or "")
        return last is not None and message.sent_at - last <= self.window


def _received_by(message: ChatMessage, number: BusinessNumber) -> bool:
    return message.direction is Direction.INBOUND and message.phone_number_id == number.phone_number_id
