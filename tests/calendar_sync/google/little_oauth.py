"""The token endpoint of the Google that fits in a test."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256

from calendar_sync.google.scopes import CHOICES


@cache
def signing_key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def text_of(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def id_token(
    claims: dict[str, Any], *, key: RSAPrivateKey | None = None, alg: str = "RS256", kid: str = "k1"
) -> str:
    head = text_of(json.dumps({"alg": alg, "kid": kid}).encode())
    body = text_of(json.dumps(claims).encode())
    signature = (key or signing_key()).sign(f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    return f"{head}.{body}.{text_of(signature)}"


def jwks() -> dict[str, Any]:
    numbers = signing_key().public_key().public_numbers()
    n, e = (text_of(value.to_bytes(size, "big")) for value, size in ((numbers.n, 256), (numbers.e, 3)))
    return {"keys": [{"kid": "k1", "kty": "RSA", "alg": "RS256", "use": "sig", "n": n, "e": e}]}


@dataclass
class Consent:
    """What the owner agreed to on the consent page."""

    code: str
    challenge: str
    nonce: str
    scope: str
    sub: str = "1001"
    used: bool = False


@dataclass
class LittleOAuth:
    google: Any
    access: set[str] = field(default_factory=lambda: {"good"})
    refresh: dict[str, str] = field(default_factory=dict)
    """Refresh token to scope."""
    consents: dict[str, Consent] = field(default_factory=dict)
    revoked: list[str] = field(default_factory=list)
    claims: dict[str, Any] = field(default_factory=dict)
    extra: dict[str, Any] = field(default_factory=dict)
    """More of the token answer."""

    def knows(self, token: str) -> bool:
        return token in self.access

    def agree(self, query: dict[str, str], scope: str | None = None, sub: str = "1001") -> str:
        """The owner presses "allow" on the page with these parameters; the code comes back."""
        code = secrets.token_hex(8)
        self.consents[code] = Consent(
            code,
            query["code_challenge"],
            query.get("nonce", ""),
            query["scope"] if scope is None else scope,
            sub,
        )
        return code

    def grant(self, scope: str = " ".join(CHOICES["a"])) -> str:
        """A refresh token, as if somebody had linked."""
        token = f"1//{secrets.token_hex(8)}"
        self.refresh[token] = scope
        return token

    def serve(self, path: str, form: dict[str, list[str]], headers: dict[str, str]) -> tuple[int, Any]:
        values = {key: value[-1] for key, value in form.items()}
        if path == "/token":
            return self._token(values)
        if path == "/revoke":
            return self._revoke(values["token"])
        if path == "/certs":
            return 200, jwks()
        if path == "/userinfo" and self.knows(headers["authorization"].removeprefix("Bearer ")):
            return 200, {"sub": "1001", "email": "owner@shop.test"}
        return 404, {}

    def _token(self, form: dict[str, str]) -> tuple[int, Any]:
        if form["client_secret"] != "secret":
            return 401, {"error": "invalid_client"}
        if form["grant_type"] == "refresh_token":
            if form["refresh_token"] not in self.refresh:
                return 400, {
                    "error": "invalid_grant",
                    "error_description": "Token has been expired or revoked.",
                }
            return 200, self._answer(self.refresh[form["refresh_token"]])
        consent = self.consents.get(form["code"])
        if consent is None or consent.used or not _fits(consent, form["code_verifier"]):
            return 400, {"error": "invalid_grant", "error_description": "Bad Request"}
        consent.used = True
        claims = {
            "iss": "https://accounts.google.com",
            "aud": "client",
            "sub": consent.sub,
            "email": "owner@shop.test",
            "nonce": consent.nonce,
            "iat": 1795446000,
        }
        token = {"refresh_token": self.grant(consent.scope), "id_token": id_token(claims | self.claims)}
        return 200, self._answer(consent.scope) | token | self.extra

    def _answer(self, scope: str) -> dict[str, Any]:
        access = f"ya29.{secrets.token_hex(6)}"
        self.access.add(access)
        return {"access_token": access, "expires_in": 3599, "scope": scope, "token_type": "Bearer"}

    def _revoke(self, token: str) -> tuple[int, Any]:
        if token not in self.refresh and token not in self.access:
            return 400, {"error": "invalid_token"}
        self.revoked.append(token)
        self.refresh.pop(token, None)
        self.access.clear()
        return 200, {}


def _fits(consent: Consent, verifier: str) -> bool:
    return text_of(hashlib.sha256(verifier.encode()).digest()) == consent.challenge
