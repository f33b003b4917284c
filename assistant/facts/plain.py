"""Answers from the short facts: address, ways to reach the shop, ways to pay, rows of other tables."""

from collections.abc import Sequence

from assistant.facts.findings import Finding
from assistant.speech import Voice, capital
from knowledge.entries import Address, Contact, Payments, Record


def say_address(address: Address, voice: Voice) -> Finding:
    text = voice.say("address", "at", address=address.text)
    return Finding(text=text, citations=(str(address.key),), why=("address",))


def say_contact(contact: Contact, voice: Voice, wanted: str = "") -> Finding:
    """All ways to reach the shop, or those whose label or kind is wanted."""
    lines = [
        (label, voice.say("contact", "phone", label=capital(label), number=number))
        for label, number in contact.phones
    ]
    if contact.email:
        lines.append(("email correo mail", voice.say("contact", "email", email=contact.email)))
    lines += [
        (label, voice.say("contact", "link", label=capital(label), url=url)) for label, url in contact.links
    ]
    chosen = [line for label, line in lines if wanted and wanted in label.lower()] or [
        line for _, line in lines
    ]
    return Finding(text="\n".join(chosen), citations=(str(contact.key),), why=("contact",))


def say_payments(payments: Payments, voice: Voice, listed: Sequence[str], *, method_named: bool) -> Finding:
    """Yes with the merchant's own wording of the method; the list where none or an unlisted one was named."""
    if listed:
        text = voice.say("payments", "accepted", method=voice.listed(listed))
    else:
        text = voice.say(
            "payments", "others" if method_named else "list", methods=voice.listed(payments.methods)
        )
    return Finding(
        text=text, citations=(str(payments.key),), why=(f"payments: {', '.join(listed) or 'the list'}",)
    )


def say_record(record: Record, words: str) -> Finding:
    """A row of a table of the merchant's own, in words."""
    return Finding(
        text=capital(words), citations=(str(record.key),), why=(f"{record.section}: {record.name}",)
    )
