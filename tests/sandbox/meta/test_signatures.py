"""The signature and the bytes that it is made over."""

from sandbox.driver import signed_delivery
from sandbox.meta.payloads import Channel, Item, value_error
from sandbox.meta.refusals import Refusal
from sandbox.meta.signatures import app_secret_proof, encode, sign
from tests.sandbox.cast import SALON
from tests.sandbox.references import reference


def test_signatures_agree_with_the_reference_vectors() -> None:
    vector = reference("vectors/x_hub_signature_256.json")
    for case in vector["cases"]:
        assert sign(case["body"].encode(), vector["app_secret"]) == case["header"]


def test_the_encoder_writes_the_bytes_of_the_reference_vector() -> None:
    vector = reference("vectors/x_hub_signature_256.json")
    assert encode({"t": "héllo 😀 /"}) == vector["cases"][1]["body"].encode()


def test_the_proof_of_the_app_secret_agrees_with_its_vector() -> None:
    vector = reference("vectors/appsecret_proof.json")
    assert app_secret_proof(vector["access_token"], vector["app_secret"]) == vector["appsecret_proof"]


def test_a_delivery_is_signed_over_exactly_its_bytes() -> None:
    item: Item = value_error(Channel.of(SALON), Refusal(130429, "¡alto!/"))
    body, headers = signed_delivery([item], "otro secreto")
    assert headers["X-Hub-Signature-256"] == sign(body, "otro secreto")
    assert b"\\u00a1alto!\\/" in body
