"""Starts the stand-ins as one web application: Meta's at the root, Google's under ``/google``."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from sandbox.clock import Clock, SystemClock
from sandbox.errors import SandboxError
from sandbox.google.application import create_google, living
from sandbox.meta import accounts_api, media_api, messages_api
from sandbox.meta.switchboard import wire
from sandbox.outgoing import outgoing
from sandbox.phone import faults_api, page, people_api, writing_api
from sandbox.settings import SandboxSettings


def create_application(
    settings: SandboxSettings,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """``transport`` carries webhooks and pushes; tests hand in an ``httpx.ASGITransport`` to their product.

    The joined parts are at ``application.state.switchboard``; Google's, if there is one under ``/google``,
    at ``application.state.google``.
    """
    client = outgoing(transport)
    application = FastAPI(title="WhatsApp sandbox", lifespan=_lifespan)
    application.state.switchboard = wire(settings, client, clock or SystemClock())
    application.add_exception_handler(SandboxError, _not_found)
    application.state.google = None
    if settings.google:
        google = create_google(settings.google, transport=transport, clock=clock)
        application.state.google = google.state.google
        application.mount("/google", google, name="google")
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
    async with AsyncExitStack() as stack:
        stack.push_async_callback(application.state.switchboard.close)
        if application.state.google:
            await stack.enter_async_context(living(application.state.google))
        yield


async def _not_found(_request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"detail": f"{type(error).__name__}: {error}"}, status_code=404)
