"""Everything that the stand-in remembers, in one object and in memory."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from sandbox.errors import CustomerUnknown, MessageUnknown, NumberUnknown
from sandbox.meta.models import (
    RANK,
    BusinessNumber,
    ChatMessage,
    Customer,
    CustomerKey,
    Direction,
    Failure,
    MediaId,
    PhoneNumberId,
    Status,
    StoredMedia,
    Subscription,
    Template,
    WabaId,
    Wamid,
)
from sandbox.settings import SandboxSettings

NUMBER_STAYS_SHOWN = timedelta(days=30)


class Store:
    def __init__(self, settings: SandboxSettings) -> None:
        self.numbers: dict[PhoneNumberId, BusinessNumber] = {}
        self.customers: dict[CustomerKey, Customer] = {each.key: each for each in settings.customers}
        self.templates = {(each.name, each.language): each for each in settings.templates}
        self.media: dict[MediaId, StoredMedia] = {}
        self.subscriptions: dict[WabaId, Subscription] = {}
        self._messages: dict[Wamid, ChatMessage] = {}
        self._chats: defaultdict[tuple[str, str | None], list[Wamid]] = defaultdict(list)
        self._written_by_phone: dict[tuple[PhoneNumberId, CustomerKey], datetime] = {}
        for number in settings.numbers:
            self.add_number(number)

    def add_number(self, number: BusinessNumber) -> None:
        self.numbers[number.phone_number_id] = number
        self.subscriptions.setdefault(number.waba_id, Subscription())

    def number(self, phone_number_id: str) -> BusinessNumber:
        try:
            return self.numbers[PhoneNumberId(phone_number_id)]
        except KeyError:
            raise NumberUnknown(phone_number_id) from None

    def numbers_of(self, waba_id: str) -> list[BusinessNumber]:
        return [number for number in self.numbers.values() if number.waba_id == waba_id]

    def customer(self, key: str) -> Customer:
        try:
            return self.customers[CustomerKey(key)]
        except KeyError:
            raise CustomerUnknown(key) from None

    def add_customer(self, customer: Customer) -> None:
        self.customers[customer.key] = customer

    def customer_by_phone(self, digits: str) -> Customer | None:
        found = (each for each in self.customers.values() if digits in {each.phone, each.whatsapp_id})
        return next(found, None)

    def customer_by_user_id(self, number: BusinessNumber, user_id: str) -> Customer | None:
        return next((one for one in self.customers.values() if one.user_id_for(number) == user_id), None)

    def template(self, name: str, language: str) -> Template | None:
        return self.templates.get((name, language))

    def next_sequence(self) -> int:
        return len(self._messages) + 1

    def keep(self, message: ChatMessage) -> None:
        if message.wamid not in self._messages:
            self._chats[message.phone_number_id, message.customer].append(message.wamid)
        self._messages[message.wamid] = message

    def message(self, wamid: str) -> ChatMessage:
        try:
            return self._messages[Wamid(wamid)]
        except KeyError:
            raise MessageUnknown(wamid) from None

    def find(self, wamid: str) -> ChatMessage | None:
        return self._messages.get(Wamid(wamid))

    def chat(self, phone_number_id: str, customer: str) -> list[ChatMessage]:
        return [self._messages[wamid] for wamid in self._chats.get((phone_number_id, customer), ())]

    def advance(self, wamid: Wamid, status: Status, failure: Failure | None = None) -> ChatMessage | None:
        """Move a message forward; ``None`` when it stands there already or further on."""
        message = self._messages[wamid]
        if RANK[status] <= RANK[message.status]:
            return None
        self._messages[wamid] = replace(message, status=status, failure=failure)
        return self._messages[wamid]

    def mark_read(self, receipt: ChatMessage) -> list[ChatMessage]:
        """A read receipt covers what the customer wrote before as well."""
        earlier = (
            each
            for each in self.chat(receipt.phone_number_id, receipt.customer or "")
            if each.direction is Direction.INBOUND and each.sequence <= receipt.sequence
        )
        return _moved(self.advance(each.wamid, Status.READ) for each in earlier)

    def last_inbound(self, phone_number_id: str, customer: str) -> datetime | None:
        written = [
            each.sent_at
            for each in self.chat(phone_number_id, customer)
            if each.direction is Direction.INBOUND and each.kind != "reaction"
        ]
        return max(written, default=None)

    def note_written_by_phone(self, number: BusinessNumber, customer: Customer, now: datetime) -> None:
        self._written_by_phone[number.phone_number_id, customer.key] = now

    def shows_number(self, number: BusinessNumber, customer: Customer, now: datetime) -> bool:
        """Hidden numbers show to a business that wrote to them by number within 30 days."""
        written = self._written_by_phone.get((number.phone_number_id, customer.key))
        return not customer.hides_number or (written is not None and now - written <= NUMBER_STAYS_SHOWN)


def _moved(changes: Iterable[ChatMessage | None]) -> list[ChatMessage]:
    return [each for each in changes if each is not None]
