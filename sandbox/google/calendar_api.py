"""``/calendar/v3``: one route for each method of the table."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request, Response

from sandbox.google.access import google_of
from sandbox.google.counter import serve
from sandbox.google.method_table import Method, method_table
from sandbox.google.methods import OPERATIONS


def calendar_router() -> APIRouter:
    router = APIRouter(prefix="/calendar/v3")
    for name in OPERATIONS:
        method = method_table()[name]
        router.add_api_route(method.path, _endpoint(method), methods=[method.verb], name=name)
    return router


def _endpoint(method: Method) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        return await serve(google_of(request), method, request)

    return endpoint
