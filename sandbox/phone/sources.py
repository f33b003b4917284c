"""Asks the product, by a side channel, what an answer rests on. Without the channel the page shows nothing."""

import httpx

from sandbox.meta.models import Json


async def sources_of(client: httpx.AsyncClient, url: str, callback_data: str | None) -> Json | None:
    if not url or not callback_data:
        return None
    try:
        answer = await client.get(
            httpx.URL(url).copy_merge_params({"callback_data": callback_data}), timeout=5.0
        )
        found = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        return None
    return _tamed(found) if isinstance(found, dict) else None


def _tamed(found: Json) -> Json:
    sources = found.get("sources") or []
    confidence = found.get("confidence")
    return {
        "sources": [
            {"key": str(each.get("key", "")), "title": str(each.get("title", ""))} for each in sources
        ],
        "confidence": float(confidence) if isinstance(confidence, int | float) else None,
        "abstained": bool(found.get("abstained")),
    }
