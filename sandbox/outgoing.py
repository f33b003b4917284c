"""The HTTP client by which the stand-ins call the product."""

import ssl
from functools import cache

import httpx


def outgoing(transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=transport, verify=_trusted())


@cache
def _trusted() -> ssl.SSLContext:
    """Read once: the system's list of authorities takes a tenth of a second to load."""
    return ssl.create_default_context()
