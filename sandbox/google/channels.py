"""Who wants to hear of which calendar, and until when."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlsplit

from sandbox.clock import Clock
from sandbox.google.calls import Call, Opened
from sandbox.google.ids import Mint
from sandbox.google.models import CalendarId, Channel, Json
from sandbox.google.refusals import NOT_FOUND, Refusal, invalid, required
from sandbox.google.settings import GoogleSettings

_ID = re.compile(r"[A-Za-z0-9\-_+/=]{1,64}")
_HERE = {"127.0.0.1", "localhost", "::1"}
_LONGEST_TOKEN = 256


class Channels:
    def __init__(self, settings: GoogleSettings, clock: Clock, mint: Mint) -> None:
        self._settings = settings
        self._clock = clock
        self._mint = mint
        self._open: dict[str, Channel] = {}

    def watching(self, calendar_id: CalendarId) -> list[Channel]:
        now = self._clock.now()
        return [
            each for each in self._open.values() if each.calendar_id == calendar_id and each.expires > now
        ]

    def every(self) -> list[Channel]:
        return list(self._open.values())

    def restore(self, channels: Iterable[Channel]) -> None:
        self._open = {each.channel_id: each for each in channels}

    def open(self, call: Call, at: Opened) -> Channel | Refusal:
        body = call.body
        if wrong := self._wrong(body):
            return wrong
        channel = Channel(
            channel_id=body["id"],
            resource_id=self._mint.resource_id(at.calendar.calendar_id),
            calendar_id=at.calendar.calendar_id,
            subject=call.account.subject,
            client_id=call.client_id,
            address=body["address"],
            token=body.get("token"),
            expires=self._expiry(body, call.now),
        )
        self._open[channel.channel_id] = channel
        return channel

    def stop(self, call: Call) -> Refusal | None:
        """Only the person and the program that opened it can close it."""
        channel = self._open.get(str(call.body.get("id")))
        mine = channel and (channel.subject, channel.client_id) == (call.account.subject, call.client_id)
        if not channel or not mine or channel.resource_id != call.body.get("resourceId"):
            return NOT_FOUND
        del self._open[channel.channel_id]
        return None

    def drop(self, channel_id: str) -> bool:
        """Gone without a word, as when Google forgets one."""
        return self._open.pop(channel_id, None) is not None

    def counted(self, channel: Channel, step: int) -> Channel:
        """The channel with its next message's number: rising, with gaps."""
        told = replace(self._open.get(channel.channel_id, channel), told=channel.told + step)
        if channel.channel_id in self._open:
            self._open[channel.channel_id] = told
        return told

    def _wrong(self, body: Json) -> Refusal | None:
        for name in ("id", "type", "address"):
            if not body.get(name):
                return required(name, f"Missing required field: {name}")
        if not _ID.fullmatch(str(body["id"])):
            return invalid("id", "Invalid channel id")
        if body["id"] in self._open:
            return Refusal(400, "channelIdNotUnique", f"Channel id {body['id']} not unique", location="id")
        if body["type"] not in {"web_hook", "webhook"}:
            return invalid("type", f"Unknown channel type: {body['type']}")
        if len(body.get("token") or "") > _LONGEST_TOKEN:
            return invalid("token", "Channel token is too long")
        return _wrong_address(str(body["address"]))

    def _expiry(self, body: Json, now: datetime) -> datetime:
        """Asked for as a moment or as a lifetime; longer than the usual is cut to the usual."""
        latest = now + timedelta(seconds=self._settings.channel_seconds)
        if str(body.get("expiration", "")).isdigit():
            return min(latest, datetime.fromtimestamp(int(body["expiration"]) / 1000, UTC))
        ttl = str((body.get("params") or {}).get("ttl", ""))
        return min(latest, now + timedelta(seconds=int(ttl))) if ttl.isdigit() else latest


def _wrong_address(address: str) -> Refusal | None:
    """Google wants https. Addresses of this machine are let through, or nothing could be tried here."""
    found = urlsplit(address)
    if found.scheme == "https" or (found.scheme == "http" and found.hostname in _HERE):
        return None
    return Refusal(400, "push.webhookUrlNotHttps", f"WebHook callback must be HTTPS: {address}")


def resource_uri(calendar_id: str) -> str:
    return f"https://www.googleapis.com/calendar/v3/calendars/{quote(calendar_id)}/events?alt=json"


def channel_view(channel: Channel) -> Json:
    view: Json = {
        "kind": "api#channel",
        "id": channel.channel_id,
        "resourceId": channel.resource_id,
        "resourceUri": resource_uri(channel.calendar_id),
        "expiration": str(int(channel.expires.timestamp() * 1000)),
    }
    return view | ({"token": channel.token} if channel.token else {})
