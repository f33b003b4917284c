"""Google as one web application, to be mounted beside Meta or served alone."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from sandbox.clock import Clock, SystemClock
from sandbox.google import consent_api, faults_api, oauth_api, owner_api
from sandbox.google.calendar_api import calendar_router
from sandbox.google.memory import remembering
from sandbox.google.override import MethodOverride
from sandbox.google.pages import calendar_page
from sandbox.google.pages.rendering import static_files
from sandbox.google.refusals import NOT_FOUND, Refusal
from sandbox.google.settings import GoogleSettings
from sandbox.google.switchboard import Google, wire_google
from sandbox.outgoing import outgoing
from sandbox.phone.page import static_files as phone_files


def create_google(
    settings: GoogleSettings,
    *,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
) -> FastAPI:
    """``transport`` carries the pushes. The joined parts are at ``application.state.google``."""
    client = outgoing(transport)
    application = FastAPI(title="Google sandbox", lifespan=_lifespan, docs_url=None, openapi_url=None)
    application.state.google = wire_google(settings, client, clock or SystemClock())
    application.add_middleware(MethodOverride)
    application.add_exception_handler(HTTPException, _refused)
    application.mount("/static/shared", phone_files(), name="shared")
    application.mount("/static", static_files(), name="static")
    for router in (
        oauth_api.router,
        consent_api.router,
        calendar_router(),
        owner_api.router,
        faults_api.router,
        calendar_page.router,
        calendar_page.home,
    ):
        application.include_router(router)
    return application


@asynccontextmanager
async def living(google: Google) -> AsyncIterator[None]:
    """What is mounted is not told of start and end by itself: whoever mounts this one enters here."""
    async with remembering(google):
        yield
    await google.close()


@asynccontextmanager
async def _lifespan(application: FastAPI) -> AsyncIterator[None]:
    async with living(application.state.google):
        yield


async def _refused(_request: Request, error: Exception) -> JSONResponse:
    status = error.status_code if isinstance(error, HTTPException) else 500
    refusal = (
        NOT_FOUND if status == NOT_FOUND.status else Refusal(status, "httpMethodNotAllowed", "Not Allowed")
    )
    return JSONResponse(refusal.as_answer(), status_code=status)
