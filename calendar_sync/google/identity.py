"""Whose account was linked: `sub` from the id token, its signature checked with Google's own keys.

The e-mail may change and is kept for display only. The token is fresh because it carries the nonce of this attempt,
which is ten minutes old at most; its times are read to learn how far this machine's clock is off.
"""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey, RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import load_pem_x509_certificate
from pydantic import SecretStr

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.tokens import Tokens
from calendar_sync.google.troubles import Failed, classify
from calendar_sync.google.wires import Reply, Wires

_OK = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A Google account."""

    sub: str
    email: str = ""
    name: str = ""
    issued_at: datetime | None = None
    """Google's clock when it signed."""


@dataclass(frozen=True, slots=True)
class Untrusted:
    """The id token is not what it must be; `reason` for the log."""

    reason: str


def whose(app: GoogleApp, wires: Wires, tokens: Tokens, nonce: str) -> Account | Untrusted | Failed:
    """The account that gave its consent."""
    if tokens.id_token is None:
        return _asked(app, wires, tokens.access)
    reply = wires.get(app.certs)
    if isinstance(reply, Failed):
        return reply
    if reply.status != _OK:
        return classify(reply.status, reply.body)
    return verified(tokens.id_token, _keys(reply.body), app, nonce)


def verified(
    token: SecretStr, keys: Mapping[str, RSAPublicKey], app: GoogleApp, nonce: str
) -> Account | Untrusted:
    """The account that an id token names, if Google signed it, for us, for this attempt."""
    try:
        head, body, signature = token.get_secret_value().split(".")
        header, claims = _part(head), _part(body)
        key = keys[str(header["kid"])]
        if header["alg"] != "RS256":
            return Untrusted("algorithm")
        key.verify(_decoded(signature), f"{head}.{body}".encode(), PKCS1v15(), SHA256())
    except (ValueError, LookupError, TypeError):
        return Untrusted("shape")
    except InvalidSignature:
        return Untrusted("signature")
    return _account(claims) if not (fault := _fault(claims, app, nonce)) else Untrusted(fault)


def _fault(claims: Mapping[str, Any], app: GoogleApp, nonce: str) -> str:
    """The first claim that is not as it must be."""
    expected = {
        "issuer": claims.get("iss") in {app.issuer, app.issuer.removeprefix("https://")},
        "audience": claims.get("aud") == app.client_id,
        "nonce": claims.get("nonce") == nonce,
        "subject": bool(claims.get("sub")),
    }
    return next((name for name, holds in expected.items() if not holds), "")


def _account(claims: Mapping[str, Any]) -> Account:
    issued = claims.get("iat")
    return Account(
        sub=str(claims["sub"]),
        email=str(claims.get("email", "")),
        name=str(claims.get("name", "")),
        issued_at=datetime.fromtimestamp(issued, UTC) if isinstance(issued, int) else None,
    )


def _asked(app: GoogleApp, wires: Wires, access: SecretStr) -> Account | Untrusted | Failed:
    """From userinfo, for an answer without an id token."""
    reply = wires.get(app.userinfo, access.get_secret_value())
    if isinstance(reply, Failed):
        return reply
    if reply.status != _OK:
        return classify(reply.status, reply.body)
    claims = _json(reply)
    return _account(claims) if claims.get("sub") else Untrusted("subject")


def _json(reply: Reply) -> Mapping[str, Any]:
    try:
        read = json.loads(reply.body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}


def _keys(body: bytes) -> dict[str, RSAPublicKey]:
    """Google publishes its keys in two shapes: a JWK set, and certificates by key id."""
    try:
        published = json.loads(body)
        if "keys" in published:
            return {
                entry["kid"]: _of_numbers(entry) for entry in published["keys"] if entry.get("kty") == "RSA"
            }
        certificates = {kid: load_pem_x509_certificate(pem.encode()) for kid, pem in published.items()}
    except (ValueError, LookupError, TypeError, AttributeError):
        return {}
    keys = {kid: certificate.public_key() for kid, certificate in certificates.items()}
    return {kid: key for kid, key in keys.items() if isinstance(key, RSAPublicKey)}


def _of_numbers(entry: Mapping[str, str]) -> RSAPublicKey:
    modulus, exponent = (int.from_bytes(_decoded(entry[name]), "big") for name in ("n", "e"))
    return RSAPublicNumbers(exponent, modulus).public_key()


def _part(text: str) -> dict[str, Any]:
    read = json.loads(_decoded(text))
    if not isinstance(read, dict):
        raise TypeError
    return read


def _decoded(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as reason:
        raise ValueError("not base64") from reason
