"""The call with which Meta makes sure that a callback address is ours."""

from dataclasses import dataclass

import httpx

from sandbox.meta.ids import new_challenge


@dataclass(frozen=True, slots=True)
class Handshake:
    """``status`` is 0 when nobody answered."""

    ok: bool
    status: int
    reason: str


async def shake_hands(client: httpx.AsyncClient, url: str, verify_token: str) -> Handshake:
    challenge = new_challenge()
    asked = {"hub.mode": "subscribe", "hub.challenge": challenge, "hub.verify_token": verify_token}
    try:
        answer = await client.get(httpx.URL(url).copy_merge_params(asked))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return Handshake(ok=False, status=0, reason=type(error).__name__)
    if answer.status_code != 200:
        reason = f"HTTP Status Code = {answer.status_code}"
        return Handshake(ok=False, status=answer.status_code, reason=reason)
    if answer.text != challenge:
        reason = "The answer is not the challenge"
        return Handshake(ok=False, status=200, reason=reason)
    return Handshake(ok=True, status=200, reason="")
