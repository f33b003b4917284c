"""Google's token endpoint: refreshing and revoking, each tried once. Retrying is the caller's decision."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from pydantic import SecretStr

from calendar_sync.google.app import GoogleApp
from calendar_sync.google.scopes import Grant
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.google.wires import Reply, Wires

_OK, _TOO_MANY, _SERVER = 200, 429, 500
_LIFETIME = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """What the token endpoint gave. Masked when printed; `id_token` says whose account it is."""

    access: SecretStr
    lifetime: timedelta
    refresh: SecretStr | None = None
    refresh_lifetime: timedelta | None = None
    """Named by Google where the permission ends by itself: time-limited consent, or a project in Testing."""
    grant: Grant | None = None
    id_token: SecretStr | None = None


class Lapse(StrEnum):
    GRANT = "grant"
    """The permission is gone: only the owner can give it again."""
    CLIENT = "client"
    """Google does not know this installation's OAuth client: a matter of our configuration."""
    REQUEST = "request"
    """Refused for any other reason."""


@dataclass(frozen=True, slots=True)
class Lapsed:
    """No token, and asking again brings none. `error` is Google's own code."""

    lapse: Lapse
    error: str


_LAPSES: Mapping[str, Lapse] = {
    "invalid_grant": Lapse.GRANT,
    "admin_policy_enforced": Lapse.GRANT,
    "access_denied": Lapse.GRANT,
    "invalid_client": Lapse.CLIENT,
    "deleted_client": Lapse.CLIENT,
    "disabled_client": Lapse.CLIENT,
    "unauthorized_client": Lapse.CLIENT,
    "org_internal": Lapse.CLIENT,
    "redirect_uri_mismatch": Lapse.CLIENT,
}


def refresh(app: GoogleApp, wires: Wires, refresh_token: SecretStr) -> Tokens | Lapsed | Failed:
    """A fresh access token; one attempt."""
    form = {
        "grant_type": "refresh_token",
        "client_id": app.client_id,
        "client_secret": app.client_secret.get_secret_value(),
        "refresh_token": refresh_token.get_secret_value(),
    }
    reply = wires.post(app.token, form)
    return reply if isinstance(reply, Failed) else read_tokens(reply)


def read_tokens(reply: Reply) -> Tokens | Lapsed | Failed:
    """What the token endpoint's answer means."""
    body = _json(reply.body)
    if reply.status != _OK:
        return lapsed(str(body.get("error", "")), reply.status)
    if not isinstance(body.get("access_token"), str):
        return Failed(Trouble.BACKEND, "no access token")
    return tokens_of(body)


def lapsed(error: str, status: int) -> Lapsed | Failed:
    """What an error of the token endpoint means."""
    if status >= _SERVER:
        return Failed(Trouble.BACKEND, str(status))
    if status == _TOO_MANY:
        return Failed(Trouble.RATE, str(status))
    return Lapsed(_LAPSES.get(error, Lapse.REQUEST), error or str(status))


def tokens_of(body: Mapping[str, Any]) -> Tokens:
    """A good answer as a value."""
    scope = body.get("scope")
    ends = body.get("refresh_token_expires_in")
    return Tokens(
        access=SecretStr(body["access_token"]),
        lifetime=timedelta(seconds=int(body.get("expires_in") or _LIFETIME)),
        refresh=_secret(body.get("refresh_token")),
        refresh_lifetime=timedelta(seconds=int(ends)) if ends else None,
        grant=Grant.of(scope if isinstance(scope, str) else " ".join(scope)) if scope else None,
        id_token=_secret(body.get("id_token")),
    )


@dataclass(frozen=True, slots=True)
class Revoked:
    """The permission is gone at Google; `already`: it was gone before."""

    already: bool = False


def revoke(app: GoogleApp, wires: Wires, token: SecretStr) -> Revoked | Failed:
    """Take back the permission, with every token of it; one attempt."""
    reply = wires.post(app.revoke, {"token": token.get_secret_value()})
    if isinstance(reply, Failed):
        return reply
    if reply.status == _OK:
        return Revoked()
    error = str(_json(reply.body).get("error", ""))
    if error == "invalid_token":
        return Revoked(already=True)
    trouble = lapsed(error, reply.status)
    return trouble if isinstance(trouble, Failed) else Failed(Trouble.BUG, trouble.error)


def _secret(value: object) -> SecretStr | None:
    return SecretStr(value) if isinstance(value, str) and value else None


def _json(body: bytes) -> dict[str, Any]:
    try:
        read = json.loads(body)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
