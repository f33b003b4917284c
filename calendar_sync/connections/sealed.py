"""Digests and sealed JSON, each bound to its merchant and column."""

import hashlib
import json
from typing import Any

from kernel.ids import MerchantId
from kernel.sealing import Place, Sealer


def digest(*parts: str) -> bytes:
    """What something is looked up by without being stored in clear."""
    return hashlib.sha256("\0".join(parts).encode()).digest()


def seal_json(sealer: Sealer, merchant: MerchantId, place: tuple[str, str], value: Any) -> bytes:
    return sealer.seal(json.dumps(value).encode(), Place(merchant, *place))


def open_json(sealer: Sealer, merchant: MerchantId, place: tuple[str, str], sealed: bytes) -> Any:
    return json.loads(sealer.open(sealed, Place(merchant, *place)))
