"""Identifiers of the edge. New ones sort by the moment they were made (UUID version 7), then by their order."""

import os
from datetime import datetime
from itertools import count
from typing import NewType
from uuid import UUID

ConversationId = NewType("ConversationId", UUID)
InboundId = NewType("InboundId", UUID)
LineId = NewType("LineId", UUID)
OutboxId = NewType("OutboxId", UUID)
TurnId = NewType("TurnId", UUID)

_order = count()


def new_id(now: datetime) -> UUID:
    """Milliseconds, then this process's own count, so that the lines of one delivery keep their order; then chance."""
    milliseconds = int(now.timestamp() * 1000) & (1 << 48) - 1
    counted = next(_order) & (1 << 32) - 1
    chance = int.from_bytes(os.urandom(6), "big") & (1 << 42) - 1
    high, low = counted >> 20, (counted & (1 << 20) - 1) << 42 | chance
    return UUID(int=milliseconds << 80 | 7 << 76 | high << 64 | 2 << 62 | low)
