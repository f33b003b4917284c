"""The token endpoint's rules: a code once and with its verifier, a refresh token as long as it lives."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.google.keys import Signer
from sandbox.google.models import ClientId, Json, OAuthClient, Subject
from sandbox.google.refusals import (
    CLIENT_UNKNOWN,
    GRANT_BAD,
    GRANT_DEAD,
    GRANT_TYPE_UNKNOWN,
    REDIRECT_DIFFERS,
    SECRET_WRONG,
    VERIFIER_MISSING,
    VERIFIER_WRONG,
    OAuthRefusal,
)
from sandbox.google.scopes import shorts
from sandbox.google.settings import GoogleSettings
from sandbox.google.store import Store
from sandbox.google.vault import AccessToken, Code, Vault


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenDesk:
    settings: GoogleSettings
    store: Store
    vault: Vault
    signer: Signer

    def answer(self, form: Mapping[str, str]) -> Json | OAuthRefusal:
        client = self._client(form)
        if isinstance(client, OAuthRefusal):
            return client
        match form.get("grant_type"):
            case "authorization_code":
                return self._exchanged(client, form)
            case "refresh_token":
                return self._refreshed(client, form)
            case _:
                return GRANT_TYPE_UNKNOWN

    def _client(self, form: Mapping[str, str]) -> OAuthClient | OAuthRefusal:
        client = self.store.clients.get(ClientId(form.get("client_id", "")))
        if client is None:
            return CLIENT_UNKNOWN
        right = hmac.compare_digest(client.client_secret.encode(), form.get("client_secret", "").encode())
        return client if right else SECRET_WRONG

    def _exchanged(self, client: OAuthClient, form: Mapping[str, str]) -> Json | OAuthRefusal:
        code = self.vault.take_code(form.get("code", ""))
        if code is None or code.client_id != client.client_id:
            return GRANT_BAD
        if code.redirect_uri != form.get("redirect_uri"):
            return REDIRECT_DIFFERS
        if wrong := _wrong_verifier(code, form.get("code_verifier", "")):
            return wrong
        access = self.vault.issue_access(code.subject, code.client_id, code.scopes)
        answer = self._answer(access) | self._identity(access, code.nonce)
        if code.offline:
            refresh = self.vault.issue_refresh(code)
            limited = refresh.limited_seconds
            answer |= {"refresh_token": refresh.token}
            answer |= {"refresh_token_expires_in": limited} if limited else {}
        return answer

    def _refreshed(self, client: OAuthClient, form: Mapping[str, str]) -> Json | OAuthRefusal:
        refresh = self.vault.live_refresh(form.get("refresh_token", ""), client.client_id)
        if refresh is None:
            return GRANT_DEAD
        granted = self.vault.granted(refresh.subject, refresh.client_id)
        scopes = tuple(each for each in refresh.scopes if each in granted)
        if not scopes:
            return GRANT_DEAD
        access = self.vault.issue_access(refresh.subject, refresh.client_id, scopes)
        return self._answer(access) | self._identity(access, "")

    def _answer(self, access: AccessToken) -> Json:
        return {
            "access_token": access.token,
            "expires_in": self.settings.access_seconds,
            "scope": " ".join(access.scopes),
            "token_type": "Bearer",
        }

    def _identity(self, access: AccessToken, nonce: str) -> Json:
        if "openid" not in access.scopes:
            return {}
        account = self.store.accounts[Subject(access.subject)]
        token = self.signer.id_token(
            account, access.client_id, nonce=nonce, access_token=access.token, scopes=shorts(access.scopes)
        )
        return {"id_token": token}


def _wrong_verifier(code: Code, verifier: str) -> OAuthRefusal | None:
    if not code.challenge:
        return None
    if not verifier:
        return VERIFIER_MISSING
    made = verifier if code.challenge_method == "plain" else challenge_of(verifier)
    return None if hmac.compare_digest(made.encode(), code.challenge.encode()) else VERIFIER_WRONG


def challenge_of(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")
