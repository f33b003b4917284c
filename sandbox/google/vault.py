"""Codes, tokens and grants: what was issued to whom, for how long, and what killed it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.google.ids import Mint
from sandbox.google.models import ClientId, Subject
from sandbox.google.settings import GoogleSettings

_TESTING = timedelta(days=7)
_UNUSED = timedelta(days=183)
_MOST_LIVE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What a person allowed a program, all consents together."""

    subject: Subject
    client_id: ClientId
    scopes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    code: str
    subject: Subject
    client_id: ClientId
    redirect_uri: str
    scopes: tuple[str, ...]
    challenge: str
    challenge_method: str
    nonce: str
    offline: bool
    time_limited: bool
    expires: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    token: str
    subject: Subject
    client_id: ClientId
    scopes: tuple[str, ...]
    used: datetime
    expires: datetime | None
    limited_seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessToken:
    token: str
    subject: Subject
    client_id: ClientId
    scopes: tuple[str, ...]
    expires: datetime


class Vault:
    def __init__(self, settings: GoogleSettings, clock: Clock, mint: Mint) -> None:
        self._settings = settings
        self._clock = clock
        self._mint = mint
        self.testing = settings.testing
        self.grants: dict[tuple[Subject, ClientId], Grant] = {}
        self._codes: dict[str, Code] = {}
        self.refresh: dict[str, RefreshToken] = {}
        self.access: dict[str, AccessToken] = {}

    def restore(
        self,
        grants: Iterable[Grant],
        refresh: Iterable[RefreshToken],
        access: Iterable[AccessToken],
    ) -> None:
        self.grants = {(each.subject, each.client_id): each for each in grants}
        self.refresh = {each.token: each for each in refresh}
        self.access = {each.token: each for each in access}

    def granted(self, subject: Subject, client_id: ClientId) -> tuple[str, ...]:
        grant = self.grants.get((subject, client_id))
        return grant.scopes if grant else ()

    def consent(self, subject: Subject, client_id: ClientId, scopes: tuple[str, ...]) -> Grant:
        together = dict.fromkeys((*self.granted(subject, client_id), *scopes))
        grant = Grant(subject=subject, client_id=client_id, scopes=tuple(together))
        self.grants[subject, client_id] = grant
        return grant

    def issue_code(self, draft: Code) -> str:
        life = timedelta(seconds=self._settings.code_seconds)
        code = replace(draft, code=self._mint.code(), expires=self._clock.now() + life)
        self._codes[code.code] = code
        return code.code

    def take_code(self, text: str) -> Code | None:
        """A code opens once, and not for long."""
        code = self._codes.pop(text, None)
        return code if code and code.expires > self._clock.now() else None

    def issue_refresh(self, code: Code) -> RefreshToken:
        now = self._clock.now()
        limited = self.testing or code.time_limited
        token = RefreshToken(
            token=self._mint.refresh_token(),
            subject=code.subject,
            client_id=code.client_id,
            scopes=code.scopes,
            used=now,
            expires=now + _TESTING if limited else None,
            limited_seconds=int(_TESTING.total_seconds()) - 1 if code.time_limited else None,
        )
        self.refresh[token.token] = token
        self._drop_oldest(code)
        return token

    def live_refresh(self, text: str, client_id: ClientId) -> RefreshToken | None:
        """A token that still works; using it keeps it from dying of disuse."""
        token, now = self.refresh.get(text), self._clock.now()
        if token is None or token.client_id != client_id:
            return None
        if now - token.used > _UNUSED or (token.expires and now >= token.expires):
            return None
        self.refresh[text] = replace(token, used=now)
        return token

    def issue_access(self, subject: Subject, client_id: ClientId, scopes: tuple[str, ...]) -> AccessToken:
        token = AccessToken(
            token=self._mint.access_token(),
            subject=subject,
            client_id=client_id,
            scopes=scopes,
            expires=self._clock.now() + timedelta(seconds=self._settings.access_seconds + 1),
        )
        self.access[token.token] = token
        return token

    def live_access(self, text: str) -> AccessToken | None:
        token = self.access.get(text)
        return token if token and token.expires > self._clock.now() else None

    def revoke(self, text: str) -> bool:
        """Either token ends the whole grant."""
        found = self.refresh.get(text) or self.access.get(text)
        if found is None:
            return False
        self.end_grant(found.subject, found.client_id)
        return True

    def end_grant(self, subject: Subject, client_id: ClientId | None = None) -> None:
        """The person, or the program, ends what was allowed: nothing that was issued for it works any more."""

        def stays(each: Grant | RefreshToken | AccessToken | Code) -> bool:
            return each.subject != subject or client_id not in {None, each.client_id}

        self.grants = {key: each for key, each in self.grants.items() if stays(each)}
        self.refresh = {key: each for key, each in self.refresh.items() if stays(each)}
        self.access = {key: each for key, each in self.access.items() if stays(each)}
        self._codes = {key: each for key, each in self._codes.items() if stays(each)}

    def expire_access(self, subject: Subject) -> None:
        self.access = {key: each for key, each in self.access.items() if each.subject != subject}

    def expire_refresh(self, subject: Subject) -> None:
        """Refresh tokens die by themselves, as after seven days in testing; the grant stays."""
        self.refresh = {key: each for key, each in self.refresh.items() if each.subject != subject}
        self.expire_access(subject)

    def shrink(self, subject: Subject, scope: str) -> None:
        """The person takes one right back; what is refreshed from now on lacks it."""
        for key, grant in self.grants.items():
            if grant.subject == subject:
                left = tuple(each for each in grant.scopes if each != scope)
                self.grants[key] = replace(grant, scopes=left)
        self.expire_access(subject)

    def _drop_oldest(self, code: Code) -> None:
        """More than a hundred live tokens for one person and program push the oldest out without a word."""
        own = [
            each.token
            for each in self.refresh.values()
            if (each.subject, each.client_id) == (code.subject, code.client_id)
        ]
        for token in own[:-_MOST_LIVE]:
            del self.refresh[token]
