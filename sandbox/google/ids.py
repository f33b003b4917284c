"""Ids and tokens in the shape of Google's. With the same seed, the same ones in the same order."""

import base64
import hashlib
import secrets
from collections import Counter
from collections.abc import Mapping


class Mint:
    def __init__(self, seed: str = "") -> None:
        self.seed = seed or secrets.token_hex(16)
        self.struck: Counter[str] = Counter()

    @property
    def run(self) -> str:
        """Tells this world from every other one."""
        return hashlib.sha256(f"{self.seed}:run".encode()).hexdigest()[:12]

    def restore(self, seed: str, struck: Mapping[str, int]) -> None:
        self.seed, self.struck = seed, Counter(struck)

    def event_id(self) -> str:
        """Base32hex in lower case, the only letters that an event's id may have."""
        return base64.b32hexencode(self._stamp("event")).decode().rstrip("=").lower()[:26]

    def resource_id(self, calendar_id: str) -> str:
        return self._text(hashlib.sha256(f"{self.seed}:{calendar_id}".encode()).digest())[:27]

    def code(self) -> str:
        return f"4/0A{self._text(self._stamp('code'))}"

    def access_token(self) -> str:
        return f"ya29.{self._text(self._stamp('access'))}"

    def refresh_token(self) -> str:
        return f"1//0{self._text(self._stamp('refresh'))}"

    def calendar_id(self) -> str:
        return f"c_{self._stamp('calendar').hex()}@group.calendar.google.com"

    def _stamp(self, kind: str) -> bytes:
        self.struck[kind] += 1
        return hashlib.sha256(f"{self.seed}:{kind}:{self.struck[kind]}".encode()).digest()

    @staticmethod
    def _text(stamp: bytes) -> str:
        return base64.urlsafe_b64encode(stamp).decode().rstrip("=")
