"""How what the diary wrote becomes WhatsApp's messages: buttons, lists, the contact request, or a template."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from webhooks.controls import BOOKING_PREFIX
from webhooks.gate import Origin, Purpose
from webhooks.messages import (
    BODY_LIMIT,
    TEXT_LIMIT,
    Button,
    Outgoing,
    Row,
    Section,
    buttons,
    choice_list,
    contact_request,
    length,
    template,
    text,
)
from webhooks.models import TurnRow
from webhooks.outbox import Letter
from webhooks.trays import Option, OutcomeOut, Said, TemplateOut

MARGIN = timedelta(minutes=2)
"""A window that closes sooner than this is taken for closed: the message has to get through the outbox first."""
DONE = frozenset({"booked", "rescheduled", "cancelled", "confirmed", "owner_moved", "owner_cancelled"})
"""Outcomes that tell of something that is so now: they leave even if a person has taken over meanwhile."""
REMINDER = "reminder"


def letters_of(
    outcome: OutcomeOut,
    window_closes_at: datetime | None,
    now: datetime,
    *,
    ready: str = "",
    turn: TurnRow | None = None,
) -> list[Letter]:
    """The letters of an outcome, one wherever WhatsApp allows it. `ready`: an answer to go before it."""
    is_open = window_closes_at is not None and now + MARGIN < window_closes_at
    if not is_open and outcome.template is not None:
        return [_template_letter(outcome, outcome.template)]
    letters: list[Letter] = []
    for said in outcome.messages:
        letters += _letters(outcome, said, ready, turn)
        ready, turn = "", None
    return letters


def _letters(outcome: OutcomeOut, said: Said, ready: str, turn: TurnRow | None) -> list[Letter]:
    joined = "\n\n".join(filter(None, (ready, said.body)))
    if length(joined) <= _room(said):
        return [_letter(outcome, said, joined, turn, before=ready)]
    # Too long for one: the answer is the reply, the diary's choices follow it.
    fence = turn.fence if turn else None
    first = Letter(
        message=text(ready),
        words=ready,
        origin=Origin.ANSWER,
        turn_id=turn.id if turn else None,
        fence=fence,
    )
    return [first, _letter(outcome, said, said.body, None, fence=fence)]


def _letter(
    outcome: OutcomeOut,
    said: Said,
    body: str,
    turn: TurnRow | None,
    *,
    before: str = "",
    fence: int | None = None,
) -> Letter:
    return Letter(
        message=outgoing(said, body),
        words=_shown(said),
        origin=Origin.CALENDAR,
        purpose=_purpose(outcome),
        turn_id=turn.id if turn else None,
        fence=turn.fence if turn else fence,
        outcome=outcome.kind,
        before=before,
    )


def outgoing(said: Said, body: str) -> Outgoing:
    """The message as WhatsApp takes it."""
    if said.rows:
        rows = tuple(Row(_id(row), row.title, row.description) for row in said.rows)
        return choice_list(body, said.list_title, [Section("", rows)])
    if said.buttons:
        return buttons(body, [Button(_id(button), button.title) for button in said.buttons])
    return contact_request(body) if said.ask_contact else text(body)


def _template_letter(outcome: OutcomeOut, call: TemplateOut) -> Letter:
    payloads = [f"{BOOKING_PREFIX}{payload}" for payload in call.buttons]
    body = outcome.messages[0].body if outcome.messages else " · ".join(call.values)
    return Letter(
        message=template(call.name, call.language, call.values, payloads),
        words=body,
        origin=Origin.CALENDAR,
        purpose=_purpose(outcome),
        outcome=outcome.kind,
    )


def _purpose(outcome: OutcomeOut) -> Purpose:
    if outcome.kind == REMINDER:
        return Purpose.REMINDER
    return Purpose.RECEIPT if outcome.kind in DONE else Purpose.REPLY


def _room(said: Said) -> int:
    return BODY_LIMIT if said.buttons or said.ask_contact else TEXT_LIMIT


def _id(option: Option) -> str:
    return f"{BOOKING_PREFIX}{option.id}"


def _shown(said: Said) -> str:
    """What the merchant reads in the transcript: the words and what could be tapped."""
    choices: Sequence[Option] = (*said.rows, *said.buttons)
    return "\n".join([said.body, *(f"▫ {choice.title}" for choice in choices)])
