"""Starts the stand-in as one web application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from sandbox.clock import Clock, SystemClock
from sandbox.errors import SandboxError
from sandbox.meta import accounts_api, media_api, messages_api
from sandbox.meta.switchboard import wire
from sandbox.phone import faults_api, page, people_api, writing_api
from sandbox.settings import SandboxSettings


def create_application(
    settings: SandboxSettings,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """``transport`` carries the webhooks; tests hand in an ``httpx.ASGITransport`` to their product.

    The joined parts are at ``application.state.switchboard``.
    """
    client = httpx.AsyncClient(transport=transport)
    application = FastAPI(title="WhatsApp sandbox", lifespan=_lifespan)
    application.state.switchboard = wire(settings, client, clock or SystemClock())
    application.add_exception_handler(SandboxError, _not_found)
    application.mount("/phone/static", page.static_files(), name="static")
    for router in (
        page.router,
        people_api.router,
        writing_api.router,
        faults_api.router,
        media_api.downloads,
        media_api.router,
        messages_api.router,
        accounts_api.router,
    ):
        application.include_router(router)
    return application


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    yield
    await application.state.switchboard.close()


async def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": f"{type(error).__name__}: {error}"}, status_code=404)
