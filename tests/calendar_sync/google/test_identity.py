from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from pydantic import SecretStr

from calendar_sync.google.identity import Account, Untrusted, verified, whose
from calendar_sync.google.tokens import Tokens, tokens_of
from calendar_sync.google.troubles import Failed
from calendar_sync.google.wires import Wires
from tests.calendar_sync.google.little_google import LittleGoogle, app_at, error
from tests.calendar_sync.google.little_oauth import id_token, signing_key

CLAIMS = {
    "iss": "https://accounts.google.com",
    "aud": "client",
    "sub": "1001",
    "email": "owner@shop.test",
    "nonce": "n",
    "iat": 1795446000,
}
APP = app_at()


def check(token: str, nonce: str = "n") -> Account | Untrusted:
    return verified(SecretStr(token), {"k1": signing_key().public_key()}, APP, nonce)


def test_a_good_token_names_the_account() -> None:
    assert check(id_token(CLAIMS)) == Account(
        sub="1001", email="owner@shop.test", issued_at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    )


def test_googles_other_name_for_itself_is_known() -> None:
    assert isinstance(check(id_token(CLAIMS | {"iss": "accounts.google.com"})), Account)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"iss": "https://evil.test"}, "issuer"),
        ({"aud": "another"}, "audience"),
        ({"aud": ["client", "another"]}, "audience"),
        ({"nonce": "old"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"sub": ""}, "subject"),
    ],
)
def test_a_token_for_somebody_else_is_refused(changes: dict[str, Any], reason: str) -> None:
    assert check(id_token(CLAIMS | changes)) == Untrusted(reason)


def test_a_token_signed_by_somebody_else_is_refused() -> None:
    assert check(id_token(CLAIMS, key=generate_private_key(65537, 2048))) == Untrusted("signature")


def test_claims_that_were_changed_after_signing_are_refused() -> None:
    head, _body, signature = id_token(CLAIMS).split(".")
    other = id_token(CLAIMS | {"sub": "6666"}).split(".")[1]
    assert check(f"{head}.{other}.{signature}") == Untrusted("signature")


@pytest.mark.parametrize("alg", ["none", "HS256"])
def test_no_other_algorithm_is_taken(alg: str) -> None:
    assert check(id_token(CLAIMS, alg=alg)) == Untrusted("algorithm")


@pytest.mark.parametrize("token", ["", "a.b", "a.b.c", "....", id_token(CLAIMS, kid="unknown"), "e30.W10.x"])
def test_what_is_no_token_is_refused(token: str) -> None:
    assert check(token) == Untrusted("shape")


def tokens(**values: Any) -> Tokens:
    return tokens_of({"access_token": "good"} | values)


def asked(google: LittleGoogle, given: Tokens) -> Account | Untrusted | Failed:
    return whose(APP, Wires(APP, google.make), given, "n")


def test_keys_are_fetched_from_google() -> None:
    google = LittleGoogle()
    assert isinstance(asked(google, tokens(id_token=id_token(CLAIMS))), Account)
    assert google.asked == ["GET /certs"]


def test_without_an_id_token_userinfo_is_asked() -> None:
    google = LittleGoogle()
    account = asked(google, tokens())
    assert isinstance(account, Account)
    assert account.sub == "1001"


@pytest.mark.parametrize("given", [{}, {"id_token": id_token(CLAIMS)}])
def test_no_answer_names_nobody(given: dict[str, str]) -> None:
    google = LittleGoogle()
    google.fail("", error(503, "backendError"))
    assert isinstance(asked(google, tokens(**given)), Failed)


def test_keys_may_come_as_certificates() -> None:
    from datetime import timedelta

    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.serialization import Encoding

    from calendar_sync.google.identity import _keys

    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "google")])
    at = datetime(2026, 1, 1, tzinfo=UTC)
    built = x509.CertificateBuilder(name, name, signing_key().public_key(), 1, at, at + timedelta(days=1))
    pem = built.sign(signing_key(), SHA256()).public_bytes(Encoding.PEM).decode()
    import json

    keys = _keys(json.dumps({"k1": pem}).encode())
    assert isinstance(verified(SecretStr(id_token(CLAIMS)), keys, APP, "n"), Account)


@pytest.mark.parametrize("body", [b"", b"[]", b'{"keys": 5}', b'{"k1": "no pem"}'])
def test_keys_that_cannot_be_read_are_no_keys(body: bytes) -> None:
    from calendar_sync.google.identity import _keys

    assert _keys(body) == {}


def test_the_issuer_comes_from_the_settings() -> None:
    app = replace(APP, issuer="http://127.0.0.1:9")
    token = SecretStr(id_token(CLAIMS | {"iss": "http://127.0.0.1:9"}))
    assert isinstance(verified(token, {"k1": signing_key().public_key()}, app, "n"), Account)
