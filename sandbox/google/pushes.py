"""Tells channels that something changed, without saying what; loses, doubles or delays it if told to."""

from collections import deque
from dataclasses import dataclass, field
from email.utils import format_datetime

import httpx

from sandbox.background import Background
from sandbox.clock import Clock
from sandbox.google.channels import Channels, resource_uri
from sandbox.google.faults import FaultBoard, FaultKind
from sandbox.google.models import CalendarId, Channel
from sandbox.google.settings import GoogleSettings

_TAKEN = {102, 200, 201, 202, 204}
_TRIED_AGAIN = {0, 500, 502, 503, 504}
_REMEMBERED = 500
_GAP = 7


@dataclass(frozen=True, slots=True)
class Push:
    """One notification as it was sent. ``status`` 0: nobody answered; -1: lost on purpose."""

    at: str
    channel_id: str
    state: str
    number: int
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pushes:
    settings: GoogleSettings
    clock: Clock
    client: httpx.AsyncClient
    channels: Channels
    faults: FaultBoard
    background: Background
    sent: deque[Push] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))

    def welcome(self, channel: Channel) -> None:
        """A new channel's first message, which may well come before the answer to the call that opened it."""
        self.background.start(self._deliver(self.channels.counted(channel, 1), "sync"))

    def changed(self, calendar_id: CalendarId) -> None:
        for channel in self.channels.watching(calendar_id):
            self._tell(self.channels.counted(channel, _GAP))

    def _tell(self, channel: Channel) -> None:
        if self.faults.strike(FaultKind.PUSH_LOST, calendar=channel.calendar_id):
            self._note(channel, "exists", -1)
            return
        late = self.faults.strike(FaultKind.PUSH_LATE, calendar=channel.calendar_id)
        twice = self.faults.strike(FaultKind.PUSH_TWICE, calendar=channel.calendar_id)
        for _ in range(2 if twice else 1):
            self.background.start(self._deliver(channel, "exists", late.seconds if late else 0))

    async def _deliver(self, channel: Channel, state: str, seconds: float = 0) -> None:
        if seconds:
            await self.clock.sleep(seconds)
        for delay in (0.0, *self.settings.push_retry_delays):
            if delay:
                await self.clock.sleep(delay)
            status = await self._post(channel, state)
            self._note(channel, state, status)
            if status not in _TRIED_AGAIN:
                break

    async def _post(self, channel: Channel, state: str) -> int:
        patience = self.settings.push_patience
        try:
            answer = await self.client.post(
                channel.address, headers=push_headers(channel, state), timeout=patience
            )
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0
        return answer.status_code

    def _note(self, channel: Channel, state: str, status: int) -> None:
        at = self.clock.now().isoformat()
        self.sent.append(Push(at, channel.channel_id, state, channel.told, status))


def push_headers(channel: Channel, state: str) -> dict[str, str]:
    headers = {
        "X-Goog-Channel-ID": channel.channel_id,
        "X-Goog-Message-Number": str(channel.told),
        "X-Goog-Resource-ID": channel.resource_id,
        "X-Goog-Resource-State": state,
        "X-Goog-Resource-URI": resource_uri(channel.calendar_id),
        "X-Goog-Channel-Expiration": format_datetime(channel.expires, usegmt=True),
        "Content-Length": "0",
    }
    return headers | ({"X-Goog-Channel-Token": channel.token} if channel.token else {})
