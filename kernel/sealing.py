"""Sealing: authenticated encryption of a column's value, bound to its merchant, table and column.

Keysets are Tink's (AES-256-GCM): a keyset holds the primary key and the older ones, so rotation needs no
downtime, and a key-management service can wrap it. A room holds the keysets of its own purposes only.
A person's content is sealed under that person's own key, so that destroying the key makes every copy,
backups included, unreadable.
"""

import hmac
import os
from dataclasses import dataclass
from functools import lru_cache

import tink
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from tink import aead, secret_key_access

from kernel.errors import SealBroken
from kernel.ids import MerchantId

_NONCE = 12


@lru_cache(maxsize=1)
def _register() -> None:
    aead.register()


def new_keyset() -> str:
    """A fresh keyset as Tink's JSON. Secret: goes into a room's secrets file and nowhere else."""
    _register()
    handle = tink.new_keyset_handle(aead.aead_key_templates.AES256_GCM)
    return str(tink.json_proto_keyset_format.serialize(handle, secret_key_access.TOKEN))


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives. It does not open anywhere else."""

    merchant: MerchantId
    table: str
    column: str

    def associated_data(self) -> bytes:
        return f"{self.merchant}|{self.table}|{self.column}".encode()


class Sealer:
    """Seals and opens values of one purpose."""

    def __init__(self, keyset: str) -> None:
        _register()
        handle = tink.json_proto_keyset_format.parse(keyset, secret_key_access.TOKEN)
        self._aead = handle.primitive(aead.Aead)

    def __repr__(self) -> str:
        return "Sealer(…)"

    def seal(self, plain: bytes, place: Place) -> bytes:
        return bytes(self._aead.encrypt(plain, place.associated_data()))

    def open(self, sealed: bytes, place: Place) -> bytes:
        """The plain value; raises `SealBroken` when key or place are not those it was sealed with."""
        try:
            return bytes(self._aead.decrypt(sealed, place.associated_data()))
        except tink.TinkError as reason:
            raise SealBroken(f"{place.table}.{place.column} does not open") from reason


class PersonSealer:
    """Seals what belongs to one person, under that person's own key (32 bytes)."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def __repr__(self) -> str:
        return "PersonSealer(…)"

    @staticmethod
    def new_key() -> bytes:
        return AESGCM.generate_key(bit_length=256)

    def seal(self, plain: bytes, place: Place) -> bytes:
        nonce = os.urandom(_NONCE)
        return nonce + self._aead.encrypt(nonce, plain, place.associated_data())

    def open(self, sealed: bytes, place: Place) -> bytes:
        """The plain value; raises `SealBroken` when key or place are not those it was sealed with."""
        try:
            return self._aead.decrypt(sealed[:_NONCE], sealed[_NONCE:], place.associated_data())
        except InvalidTag as reason:
            raise SealBroken(f"{place.table}.{place.column} does not open") from reason


class BlindIndex:
    """Keyed hashes, so that a phone number can be looked up without being stored in clear."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __repr__(self) -> str:
        return "BlindIndex(…)"

    def of(self, value: str, place: Place) -> bytes:
        """32 bytes that are the same for the same value in the same place, and tell nothing else."""
        return hmac.digest(self._key, place.associated_data() + b"\0" + value.encode(), "sha256")
