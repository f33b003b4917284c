"""The edge's web application: the webhook's door, health and readiness. The console is mounted by the wiring."""

import asyncio
import gc
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager

import structlog
from fastapi import FastAPI, Request
from fastapi.responses import PlainTextResponse

from webhooks.receipt import Receipt, WebhookDoor

Check = Callable[[], Awaitable[None]]
_log = structlog.get_logger()


def create(receipt: Receipt, checks: Sequence[Check] = ()) -> FastAPI:
    """The application; `checks` raise when the edge is not ready to serve."""

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        await receipt.open()
        # What lives as long as the process need not be walked by the collector: halves the slowest answers.
        gc.collect()
        gc.freeze()
        try:
            yield
        finally:
            gc.unfreeze()
            await receipt.close()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)
    app.add_middleware(WebhookDoor, receipt=receipt)
    app.add_exception_handler(Exception, _plain_error)
    app.get("/health", response_class=PlainTextResponse)(_health)
    app.get("/ready", response_class=PlainTextResponse)(_readiness(checks))
    return app


async def _health() -> str:
    return "ok"


def _readiness(checks: Sequence[Check]) -> Callable[[], Awaitable[PlainTextResponse]]:
    async def ready() -> PlainTextResponse:
        results = await asyncio.gather(*(check() for check in checks), return_exceptions=True)
        failed = [result for result in results if isinstance(result, BaseException)]
        for reason in failed:
            _log.warning("not ready", reason=str(reason))
        return PlainTextResponse("not ready" if failed else "ready", 503 if failed else 200)

    return ready


async def _plain_error(_request: Request, _error: Exception) -> PlainTextResponse:
    return PlainTextResponse("something went wrong on our side", 500)
