import pytest

from tests.webhooks.samples import needs_reference, reference
from webhooks.signature import appsecret_proof, handshake, is_genuine, sign

SECRET = b"app-secret-for-tests"


@needs_reference
def test_the_reference_vectors_are_genuine_and_no_other_bytes_are() -> None:
    vectors = reference("vectors", "x_hub_signature_256.json")
    for case in vectors["cases"]:
        body = case["body"].encode()
        assert is_genuine(vectors["app_secret"].encode(), body, case["header"])
        assert not is_genuine(vectors["app_secret"].encode(), body + b" ", case["header"])
        assert not is_genuine(b"another secret", body, case["header"])


@pytest.mark.parametrize(
    "header", [None, "", "sha256=", "sha1=00", "sha256=ñ", "sha256=" + "0" * 64, "\ud800"]
)
def test_a_missing_or_bent_header_is_refused_without_an_error(header: str | None) -> None:
    assert not is_genuine(SECRET, b"{}", header)


def test_a_signature_over_reserialised_json_is_refused() -> None:
    assert not is_genuine(SECRET, '{"t":"hé/"}'.encode(), sign(SECRET, b'{"t":"h\\u00e9\\/"}'))


@needs_reference
def test_the_apps_proof_agrees_with_the_reference_vector() -> None:
    vector = reference("vectors", "appsecret_proof.json")
    proof = appsecret_proof(vector["app_secret"].encode(), vector["access_token"])
    assert proof == vector["appsecret_proof"]


def test_the_handshake_echoes_the_challenge_only_for_our_token_and_mode() -> None:
    query = {"hub.mode": "subscribe", "hub.challenge": "1158201444", "hub.verify_token": "SYNTH"}
    assert handshake(query, "SYNTH") == "1158201444"
    assert handshake(query, "OTHER") is None
    assert handshake({**query, "hub.mode": "unsubscribe"}, "SYNTH") is None
    assert handshake({}, "SYNTH") is None
