"""Identifiers of the edge. New ones sort by the moment they were made (UUID version 7)."""

import os
from datetime import datetime
from typing import NewType
from uuid import UUID

ConversationId = NewType("ConversationId", UUID)
InboundId = NewType("InboundId", UUID)
LineId = NewType("LineId", UUID)
OutboxId = NewType("OutboxId", UUID)
TurnId = NewType("TurnId", UUID)


def new_id(now: datetime) -> UUID:
    """A UUID of version 7: milliseconds first, then chance."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    chance = int.from_bytes(os.urandom(10), "big")
    high, low = chance >> 62 & 0xFFF, chance & (1 << 62) - 1
    return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
