"""Bodies as Meta writes them, and the signature over exactly those bytes."""

import hashlib
import hmac
import json

from sandbox.meta.models import Json

SIGNATURE_HEADER = "X-Hub-Signature-256"


def encode(payload: Json) -> bytes:
    r"""Escape what Meta escapes: non-ASCII as \uXXXX and slashes as \/, so that re-serialising shows."""
    return json.dumps(payload, separators=(",", ":")).replace("/", "\\/").encode("ascii")


def sign(body: bytes, app_secret: str) -> str:
    return "sha256=" + hmac.new(app_secret.encode(), body, hashlib.sha256).hexdigest()


def signed_headers(body: bytes, app_secret: str) -> dict[str, str]:
    return {
        "Content-Type": "application/json",
        "User-Agent": "facebookexternalua",
        SIGNATURE_HEADER: sign(body, app_secret),
    }


def app_secret_proof(token: str, app_secret: str) -> str:
    return hmac.new(app_secret.encode(), token.encode(), hashlib.sha256).hexdigest()
