"""Meta's signatures: what proves that a delivery, or a call of ours, comes from who it says."""

import hmac
from collections.abc import Mapping

PREFIX = "sha256="


def sign(app_secret: bytes, body: bytes) -> str:
    """The value of `X-Hub-Signature-256` for these exact bytes."""
    return PREFIX + hmac.digest(app_secret, body, "sha256").hex()


def is_genuine(app_secret: bytes, body: bytes, header: str | None) -> bool:
    """Compare in constant time; the body must be the raw bytes, since re-serialising breaks the digest."""
    if header is None:
        return False
    return hmac.compare_digest(sign(app_secret, body).encode(), header.strip().encode("utf-8", "replace"))


def appsecret_proof(app_secret: bytes, token: str) -> str:
    """Proof for calls to Meta that the token is used by the app that owns it."""
    return hmac.digest(app_secret, token.encode(), "sha256").hex()


def handshake(query: Mapping[str, str], verify_token: str) -> str | None:
    """The challenge to echo, or None when the request is not a subscription with our token."""
    given = query.get("hub.verify_token", "")
    ours = hmac.compare_digest(given.encode("utf-8", "replace"), verify_token.encode())
    if query.get("hub.mode") != "subscribe" or not ours:
        return None
    return query.get("hub.challenge", "")
