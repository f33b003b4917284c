"""Joins the edge's view of the diary's trays to the diary's own: the only place that knows both."""

from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from sqlmodel import Session

from calendar_sync import tray
from calendar_sync.codec import from_plain
from calendar_sync.connections import prefixes
from calendar_sync.ids import OutcomeId, RequestId
from calendar_sync.outcomes import Message, Outcome, Report, TemplateCall
from calendar_sync.requests import LinkCode, LinkDenied, Push, Request
from kernel.clock import Clock
from kernel.ids import MerchantId
from kernel.sealing import Sealer
from webhooks import oauth
from webhooks.ids import ConversationId
from webhooks.reports import ReportIn, keep_report
from webhooks.trays import Option, OutcomeOut, RequestIn, Said, TemplateOut


@dataclass(frozen=True, slots=True)
class BookingTrays:
    """What the edge is given to put requests in and take outcomes out."""

    sealer: Sealer
    clock: Clock

    def put_request(self, session: Session, request: RequestIn) -> None:
        tray.put_request(session, self.sealer, as_request(request), self.clock.now())

    def take_outcome(self, session: Session, merchant: MerchantId, outcome_id: UUID) -> OutcomeOut | None:
        taken = tray.take_outcome(session, self.sealer, merchant, OutcomeId(outcome_id))
        if isinstance(taken, Report):
            keep_report(session, _report(taken), self.clock.now())
            return None
        return None if taken is None else _outcome(taken)


@dataclass(frozen=True, slots=True)
class GoogleDoorTrays:
    """What the edge is given to forward Google's redirects and pushes."""

    sealer: Sealer
    clock: Clock

    def merchant_of_state(self, state: str) -> MerchantId | None:
        return prefixes.merchant_of_state(state)

    def merchant_of_channel(self, channel: str) -> MerchantId | None:
        return prefixes.merchant_of_channel(channel)

    def put_redirect(self, session: Session, merchant: MerchantId, redirect: oauth.Redirect) -> None:
        key = RequestId(uuid4())
        if redirect.error:
            denied = LinkDenied(id=key, merchant=merchant, state=redirect.state, error=redirect.error[:64])
            tray.put_request(session, self.sealer, denied, self.clock.now())
            return
        code = LinkCode(
            id=key, merchant=merchant, state=redirect.state, code=redirect.code, scope=redirect.scope
        )
        tray.put_request(session, self.sealer, code, self.clock.now())

    def put_push(self, session: Session, merchant: MerchantId, push: oauth.Push) -> None:
        request = Push(
            id=RequestId(uuid4()),
            merchant=merchant,
            channel_id=push.channel_id,
            resource_id=push.resource_id,
            token=push.token,
            state=push.state,
            number=push.number,
        )
        tray.put_request(session, self.sealer, request, self.clock.now())


def as_request(request: RequestIn) -> Request:
    """The diary's own value; it refuses what is not in its vocabulary."""
    given = asdict(request)
    customer = {"id": given.pop("customer_id"), "phone": given.pop("phone"), "name": given.pop("name")}
    renamed = {"id": given.pop("request_id"), "merchant": given.pop("merchant_id"), "customer": customer}
    return from_plain(Request, given | renamed)


def _outcome(taken: Outcome) -> OutcomeOut | None:
    if taken.conversation_id is None:
        return None
    return OutcomeOut(
        conversation_id=ConversationId(taken.conversation_id),
        kind=taken.kind.value,
        request_id=taken.request_id,
        messages=[_said(message) for message in taken.messages],
        awaiting=None if taken.awaiting is None else taken.awaiting.value,
        template=None if taken.template is None else _template(taken.template),
    )


def _said(message: Message) -> Said:
    return Said(
        body=message.body,
        buttons=[Option(id=button.id, title=button.title) for button in message.buttons],
        rows=[Option(id=row.id, title=row.title, description=row.description) for row in message.rows],
        list_title=message.list_title,
        ask_contact=message.ask_contact,
    )


def _template(call: TemplateCall) -> TemplateOut:
    return TemplateOut(name=call.name, language=call.language, values=call.values, buttons=call.buttons)


def _report(taken: Report) -> ReportIn:
    return ReportIn(
        id=taken.id,
        merchant_id=taken.merchant,
        kind=taken.kind.value,
        request_id=taken.request_id,
        facts=dict(taken.facts),
    )
