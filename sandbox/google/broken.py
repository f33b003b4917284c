"""An answer that never comes: the connection ends in the middle of it."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send


class NoAnswer(Response):
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 - the protocol's
        """Promises more than it sends; the server sees that nothing more comes and closes the connection."""
        headers = [(b"content-length", b"2"), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
