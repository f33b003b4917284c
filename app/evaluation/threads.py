"""Loops and servers in threads of this process."""

import asyncio
import socket
import threading
from collections.abc import Callable, Coroutine
from types import TracebackType
from typing import Any, Self

import uvicorn
from fastapi import FastAPI

_START_SECONDS = 30.0


def open_door() -> socket.socket:
    """A free local port, taken before anybody serves it, so that two servers can know each other's address."""
    return socket.create_server(("127.0.0.1", 0))


def url_of(door: socket.socket) -> str:
    return f"http://127.0.0.1:{door.getsockname()[1]}"


class Served:
    """An ASGI application behind a door, for as long as the context is open."""

    def __init__(self, application: FastAPI, door: socket.socket) -> None:
        self._socket = door
        config = uvicorn.Config(application, log_config=None, lifespan="on", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]})

    def __enter__(self) -> Self:
        self._thread.start()
        waited = threading.Event()
        for _ in range(int(_START_SECONDS / 0.02)):
            if self._server.started or not self._thread.is_alive():
                break
            waited.wait(0.02)
        if not self._server.started:
            raise RuntimeError("a server of the house did not start")
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._server.should_exit = True
        self._thread.join()
        self._socket.close()


class Looping:
    """A coroutine in a loop of its own thread, cancelled when the context closes."""

    def __init__(self, make: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._make = make
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._task = self._loop.create_task(self._make())
        self._loop.run_until_complete(asyncio.gather(self._task, return_exceptions=True))
        self._loop.run_until_complete(self._loop.shutdown_default_executor())
        self._loop.close()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(lambda: self._task.cancel() if self._task else None)
        self._thread.join()
