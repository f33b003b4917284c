"""Whom a send call means: a phone number, a business-scoped user id, or nobody."""

import re
from dataclasses import dataclass

from sandbox.meta.message_shapes import BSUID
from sandbox.meta.models import BusinessNumber, Customer, Json
from sandbox.meta.refusals import Refusal
from sandbox.meta.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """``digits`` is empty when a user id was used; ``swallowed`` when Meta takes it and nothing comes of it."""

    given: str
    customer: Customer | None
    digits: str = ""
    swallowed: bool = False

    @property
    def whatsapp_id(self) -> str:
        return self.customer.whatsapp_id if self.customer else self.digits

    def as_contact(self, number: BusinessNumber) -> Json:
        contact: Json = {"input": self.given}
        if self.digits:
            contact["wa_id"] = self.whatsapp_id
        if self.customer:
            contact["user_id"] = self.customer.user_id_for(number)
        return contact


def recipient_of(store: Store, number: BusinessNumber, body: Json) -> Recipient | Refusal:
    """``to`` wins when both are given."""
    if "to" in body:
        return _by_phone(store, number, body["to"])
    customer = store.customer_by_user_id(number, body["recipient"])
    if customer is None:
        return Refusal(131009, "Recipient user id is not valid for this business.")
    return Recipient(given=body["recipient"], customer=customer)


def _by_phone(store: Store, number: BusinessNumber, given: str) -> Recipient | Refusal:
    if re.search(BSUID, given):
        # Reported by third parties: a user id in `to` is accepted and never delivered.
        return Recipient(given=given, customer=None, swallowed=True)
    digits = re.sub(r"\D", "", given)
    if not 7 <= len(digits) <= 15:
        return Refusal(131009, "The parameter to is not a valid phone number.")
    if digits == re.sub(r"\D", "", number.display_phone_number):
        return Refusal(131021, "The sender and the recipient are the same.")
    if number.allow_list is not None and digits not in number.allow_list:
        return Refusal(131030, "Recipient phone number not in allowed list.")
    return Recipient(given=given, customer=store.customer_by_phone(digits), digits=digits)
