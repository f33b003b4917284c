"""The key that signs identity tokens, and its public half in the two forms that Google publishes."""

import base64
import hashlib
import json
from datetime import datetime, timedelta
from functools import cache, cached_property

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.x509.oid import NameOID

from sandbox.clock import Clock
from sandbox.google.models import Account, Json

ISSUER = "https://accounts.google.com"
_LIFE = timedelta(seconds=3600)


@cache
def _fresh_key() -> rsa.RSAPrivateKey:
    """One for all stand-ins of the process: to make it takes a moment."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Signer:
    """Makes its key when it is first needed."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def id_token(
        self, account: Account, client_id: str, *, nonce: str, access_token: str, scopes: frozenset[str]
    ) -> str:
        now = self._clock.now()
        claims: Json = {
            "iss": ISSUER,
            "azp": client_id,
            "aud": client_id,
            "sub": account.subject,
            "at_hash": _text(hashlib.sha256(access_token.encode()).digest()[:16]),
            "iat": int(now.timestamp()),
            "exp": int((now + _LIFE).timestamp()),
        }
        claims |= {"nonce": nonce} if nonce else {}
        return self._signed(claims | person_claims(account, scopes))

    def jwks(self) -> Json:
        numbers = self._key.public_key().public_numbers()
        key = {"kty": "RSA", "alg": "RS256", "use": "sig", "kid": self._key_id}
        return {"keys": [key | {"n": _number(numbers.n), "e": _number(numbers.e)}]}

    def certificates(self) -> Json:
        return {self._key_id: self._certificate(self._clock.now())}

    @cached_property
    def _key(self) -> rsa.RSAPrivateKey:
        return _fresh_key()

    @cached_property
    def _key_id(self) -> str:
        return hashlib.sha256(str(self._key.public_key().public_numbers().n).encode()).hexdigest()[:40]

    def _signed(self, claims: Json) -> str:
        header = {"alg": "RS256", "kid": self._key_id, "typ": "JWT"}
        parts = [_text(json.dumps(each, separators=(",", ":")).encode()) for each in (header, claims)]
        signature = self._key.sign(".".join(parts).encode(), padding.PKCS1v15(), hashes.SHA256())
        return ".".join([*parts, _text(signature)])

    def _certificate(self, now: datetime) -> str:
        name = x509.Name(
            [x509.NameAttribute(NameOID.COMMON_NAME, "federated-signon.system.gserviceaccount.com")]
        )
        built = (
            x509.CertificateBuilder(subject_name=name, issuer_name=name)
            .public_key(self._key.public_key())
            .serial_number(1)
            .not_valid_before(now - timedelta(days=1))
            .not_valid_after(now + timedelta(days=15))
            .sign(self._key, hashes.SHA256())
        )
        return built.public_bytes(serialization.Encoding.PEM).decode()


def person_claims(account: Account, scopes: frozenset[str]) -> Json:
    claims: Json = {}
    if "userinfo.email" in scopes:
        claims |= {"email": account.email, "email_verified": True}
    if "userinfo.profile" in scopes:
        given, _, family = account.name.partition(" ")
        claims |= {"name": account.name, "given_name": given, "family_name": family}
    return claims


def _number(value: int) -> str:
    return _text(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
