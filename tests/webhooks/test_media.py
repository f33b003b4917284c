import base64
import hashlib
from collections.abc import Callable

import httpx
import pytest

from webhooks.errors import MediaRefused
from webhooks.media import download, may_have_token

CONTENT = b"an image"
DIGEST = hashlib.sha256(CONTENT)
ADDRESS = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1"
GRAPH = httpx.URL("https://graph.test:8443")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        (ADDRESS, True),
        ("https://graph.test:8443/file", True),
        ("https://mmg.whatsapp.net/x", True),
        ("http://lookaside.fbsbx.com/x", False),
        ("https://evilfbsbx.com/x", False),
        ("https://fbsbx.com.evil.example/x", False),
        ("https://graph.test/file", False),
        ("http://graph.test:8443/file", False),
        ("https://fbsbx.com@evil.example/x", False),
        ("file:///etc/passwd", False),
    ],
)
def test_the_token_travels_to_metas_hosts_and_the_graph_host_only(address: str, allowed: bool) -> None:
    assert may_have_token(httpx.URL(address), GRAPH) is allowed


def client_with(handler: Callable[[httpx.Request], httpx.Response]) -> httpx.Client:
    return httpx.Client(base_url=GRAPH, transport=httpx.MockTransport(handler))


def serving(_request: httpx.Request) -> httpx.Response:
    return httpx.Response(200, content=CONTENT)


@pytest.mark.parametrize("spelling", [DIGEST.hexdigest(), base64.b64encode(DIGEST.digest()).decode()])
def test_a_file_is_taken_when_its_digest_agrees_in_either_spelling(spelling: str) -> None:
    found = {"url": ADDRESS, "sha256": spelling, "mime_type": "image/jpeg", "file_size": "8"}
    assert download(client_with(serving), "T", found, max_bytes=100).content == CONTENT


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ({}, "no address"),
        ({"url": ADDRESS, "file_size": "101"}, "larger"),
        ({"url": ADDRESS, "sha256": "00" * 32}, "digest"),
        ({"url": "https://evil.example/x"}, "not a host"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(found: dict[str, str], reason: str) -> None:
    with pytest.raises(MediaRefused, match=reason):
        download(client_with(serving), "T", found, max_bytes=100)


def test_a_file_that_is_larger_than_it_said_is_cut_off() -> None:
    with pytest.raises(MediaRefused, match="larger"):
        download(client_with(serving), "T", {"url": ADDRESS, "file_size": "1"}, max_bytes=4)


def test_a_redirect_away_from_meta_is_not_followed_with_the_token() -> None:
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.host)
        return httpx.Response(302, headers={"location": "https://evil.example/"})

    with pytest.raises(MediaRefused, match=r"evil\.example"):
        download(client_with(handler), "T", {"url": ADDRESS}, max_bytes=100)
    assert seen == ["lookaside.fbsbx.com"]


def test_an_expired_address_asks_for_a_new_look_up() -> None:
    with pytest.raises(MediaRefused, match="look the file up again"):
        download(client_with(lambda _r: httpx.Response(404)), "T", {"url": ADDRESS}, max_bytes=100)


def test_a_broken_network_is_a_refusal_like_any_other() -> None:
    def handler(_request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("slow")

    with pytest.raises(MediaRefused, match="ReadTimeout"):
        download(client_with(handler), "T", {"url": ADDRESS}, max_bytes=100)
