"""What the state of things has against a well-formed send: template, target, media, speed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from sandbox.clock import Clock
from sandbox.meta.models import BusinessNumber, Json, MediaId
from sandbox.meta.rates import Brakes
from sandbox.meta.recipients import Recipient
from sandbox.meta.refusals import Refusal
from sandbox.meta.store import Store
from sandbox.meta.templates import misfit

MEDIA_KINDS = ("image", "video", "audio", "document", "sticker")
_OLDEST_REACTION_TARGET = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Objections:
    clock: Clock
    store: Store
    brakes: Brakes

    def first(self, number: BusinessNumber, recipient: Recipient, body: Json) -> Refusal | None:
        found = (objection for objection in self._all(number, recipient, body) if objection)
        return next(found, None)

    def _all(self, number: BusinessNumber, recipient: Recipient, body: Json) -> Iterator[Refusal | None]:
        kind = body.get("type", "text")
        if kind == "template":
            asked = body["template"]
            template = self.store.template(asked["name"], asked["language"]["code"])
            yield misfit(template, asked, to_user_id=not recipient.digits)
        if kind == "reaction":
            yield self._bad_target(number, body["reaction"]["message_id"])
        if kind in MEDIA_KINDS and "id" in body[kind]:
            yield self._missing_media(number, body[kind]["id"])
        person = recipient.whatsapp_id or recipient.given
        yield self.brakes.objection(number.phone_number_id, person, self.clock.now())

    def _bad_target(self, number: BusinessNumber, wamid: str) -> Refusal | None:
        target = self.store.find(wamid)
        if target is None or target.phone_number_id != number.phone_number_id:
            return Refusal(131009, "The message to react to does not exist.")
        if target.kind == "reaction" or self.clock.now() - target.sent_at > _OLDEST_REACTION_TARGET:
            return Refusal(131009, "The message to react to is a reaction itself, or older than 30 days.")
        return None

    def _missing_media(self, number: BusinessNumber, media_id: str) -> Refusal | None:
        media = self.store.media.get(MediaId(media_id))
        if media and media.phone_number_id == number.phone_number_id and media.expires_at > self.clock.now():
            return None
        return Refusal(131009, f"Media id {media_id} does not exist or has expired.")
