"""For the demo's phone only: what an answer rests on, by the data that travelled with the message.

Off unless `SOURCES_PATH` is set, since it answers without asking who asks.
"""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, HTTPException

from app.merchants import registered
from webhooks.grounds import grounds_of
from webhooks.models import OutboxRow
from webhooks.room import Edge
from webhooks.sending import OPAQUE


def sources_router(edge: Edge, path: str) -> APIRouter:
    router = APIRouter()

    @router.get(path)
    def sources(callback_data: str) -> dict[str, Any]:
        grounds = _grounds(edge, callback_data.removeprefix(OPAQUE))
        if grounds is None:
            raise HTTPException(404)
        cited = [{"key": source["citation"], "title": source["title"]} for source in grounds["sources"]]
        return {"sources": cited, "confidence": grounds["confidence"], "abstained": grounds["abstained"]}

    return router


def _grounds(edge: Edge, outbox: str) -> dict[str, Any] | None:
    try:
        outbox_id = UUID(outbox)
    except ValueError:
        return None
    for merchant in registered(edge.database).values():
        with edge.database.transaction(merchant) as session:
            row = session.get(OutboxRow, outbox_id)
            if row is not None and row.turn_id is not None:
                return grounds_of(session, edge, row.turn_id)
    return None
