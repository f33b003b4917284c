"""Sealing what a connection holds, each value bound to its merchant and column."""

from dataclasses import dataclass

from pydantic import SecretStr

from calendar_sync.connections.sealed import digest
from calendar_sync.google.identity import Account
from kernel.ids import MerchantId
from kernel.sealing import Place, Sealer

REFRESH = ("calendar.token", "refresh")
ACCESS = ("calendar.token", "access")
VERIFIER = ("calendar.link", "verifier")
TICKET = ("calendar.revocation", "ticket")
SYNC_TOKEN = ("calendar.sync", "sync_token")


@dataclass(frozen=True, slots=True)
class Vault:
    """One merchant's secrets under the diary's own key."""

    sealer: Sealer
    merchant: MerchantId

    def seal(self, secret: SecretStr, place: tuple[str, str]) -> bytes:
        return self.sealer.seal(secret.get_secret_value().encode(), Place(self.merchant, *place))

    def open(self, sealed: bytes, place: tuple[str, str]) -> SecretStr:
        """The secret; raises `SealBroken` for another merchant's or another column's."""
        return SecretStr(self.sealer.open(sealed, Place(self.merchant, *place)).decode())


def account_digest(client_id: str, account: Account) -> bytes:
    return digest("account", client_id, account.sub)
