"""Fetching a customer's file. The token goes to Meta's hosts and to the configured Graph host, never elsewhere."""

import base64
import binascii
import hashlib
from dataclasses import dataclass

import httpx

from webhooks.errors import MediaRefused
from webhooks.wild import Json, maybe_text, maybe_whole

META_HOSTS = ("fbsbx.com", "fbcdn.net", "facebook.com", "whatsapp.net", "whatsapp.com")
MAX_REDIRECTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    content: bytes
    mime_type: str | None


def may_have_token(url: httpx.URL, graph_host: httpx.URL) -> bool:
    """Whether the bearer token may travel to this address."""
    if (url.scheme, url.host, url.port) == (graph_host.scheme, graph_host.host, graph_host.port):
        return True
    return url.scheme == "https" and any(
        url.host == host or url.host.endswith("." + host) for host in META_HOSTS
    )


def download(client: httpx.Client, token: str, found: Json, *, max_bytes: int) -> MediaFile:
    """The file of a media look-up, its size capped and its digest checked; `MediaRefused` says what was wrong."""
    address = maybe_text(found, "url")
    if address is None:
        raise MediaRefused("the look-up names no address")
    if (maybe_whole(found, "file_size") or 0) > max_bytes:
        raise MediaRefused(f"the file is larger than {max_bytes} bytes")
    try:
        content = _follow(client, token, address, max_bytes)
    except (httpx.HTTPError, httpx.InvalidURL) as exc:
        raise MediaRefused(f"the file did not arrive: {type(exc).__name__}") from exc
    announced = maybe_text(found, "sha256")
    if announced and hashlib.sha256(content).digest() not in _digests(announced):
        raise MediaRefused("the file is not the one announced: its digest differs")
    return MediaFile(content=content, mime_type=maybe_text(found, "mime_type"))


def _follow(client: httpx.Client, token: str, address: str, max_bytes: int) -> bytes:
    for _ in range(MAX_REDIRECTS + 1):
        url = httpx.URL(address)
        if not may_have_token(url, client.base_url):
            raise MediaRefused(f"{url.host} is not a host of Meta's")
        with client.stream("GET", url, headers={"Authorization": f"Bearer {token}"}) as response:
            if not response.is_redirect:
                return _read(response, max_bytes)
            address = str(url.join(response.headers["location"]))
    raise MediaRefused("too many redirects")


def _read(response: httpx.Response, max_bytes: int) -> bytes:
    if response.status_code != httpx.codes.OK:
        raise MediaRefused(f"the address answered HTTP {response.status_code}: look the file up again")
    content = bytearray()
    for chunk in response.iter_bytes():
        content += chunk
        if len(content) > max_bytes:
            raise MediaRefused(f"the file is larger than {max_bytes} bytes")
    return bytes(content)


def _digests(announced: str) -> tuple[bytes, ...]:
    """The announced digest read as hex and as base64: both spellings are in use."""
    found = []
    for decode in (bytes.fromhex, lambda text: base64.b64decode(text, validate=True)):
        try:
            found.append(decode(announced))
        except (ValueError, binascii.Error):
            continue
    return tuple(found)
