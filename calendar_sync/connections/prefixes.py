"""Whose a state or a channel is, as its own text says: both begin with the merchant's id.

The edge finds the merchant by it and forwards; the diary believes neither before it has compared the secret part. Loads
no Google library.
"""

from uuid import UUID

from kernel.ids import MerchantId


def state_prefix(merchant: MerchantId) -> str:
    """What a state begins with, up to its dot."""
    return merchant.hex


def channel_prefix(merchant: MerchantId) -> str:
    """What a channel's id begins with, up to its dash."""
    return merchant.hex


def merchant_of_state(state: str) -> MerchantId | None:
    return _merchant(state.split(".", 1))


def merchant_of_channel(channel: str) -> MerchantId | None:
    return _merchant(channel.split("-", 1))


def _merchant(parts: list[str]) -> MerchantId | None:
    """None for anything that this product has not written."""
    if len(parts) != 2 or len(parts[0]) != 32:
        return None
    try:
        return MerchantId(UUID(hex=parts[0]))
    except ValueError:
        return None
