"""Language models for tests: one that answers by a rule, and sockets that misbehave below HTTP."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from pydantic import SecretStr

from assistant.composers.endpoint import LanguageModelSettings

KEY = "sk-canary-key-0001"
Sent = list[dict[str, Any]]


def settings(**changes: Any) -> LanguageModelSettings:
    given: dict[str, Any] = {
        "base_url": "http://model.test/v1",
        "model": "small-talker",
        "key": SecretStr(KEY),
        "seconds": 5.0,
    }
    return LanguageModelSettings(**(given | changes))


def completion(text: Any, **choice: Any) -> dict[str, Any]:
    return {
        "choices": [
            {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}} | choice
        ]
    }


class TalkingModel:
    """An endpoint that speaks the protocol; `rule` gives its words from what it was sent."""

    def __init__(self, rule: Callable[[dict[str, Any]], str] | str) -> None:
        self._rule = rule
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        material = json.loads(json.loads(request.content)["messages"][-1]["content"])
        text = self._rule if isinstance(self._rule, str) else self._rule(material)
        return httpx.Response(200, json=completion(text))


class RespondingModel:
    """An endpoint that gives the same response to everything, or raises."""

    def __init__(self, response: Callable[[], httpx.Response] | Exception) -> None:
        self._response = response
        self.calls = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        if isinstance(self._response, Exception):
            raise self._response
        return self._response()


@contextmanager
def client_of(model: Callable[[httpx.Request], httpx.Response]) -> Iterator[httpx.Client]:
    with httpx.Client(transport=httpx.MockTransport(model)) as client:
        yield client


@contextmanager
def socket_server(serve: Callable[[socket.socket, threading.Event], None]) -> Iterator[str]:
    """A real server on this machine; `serve` has the connection until the event is set."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)
        thread = threading.Thread(target=_accept, args=(listener, serve, over))
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        finally:
            over.set()
            thread.join(5)


def _accept(
    listener: socket.socket, serve: Callable[[socket.socket, threading.Event], None], over: threading.Event
) -> None:
    while not over.is_set():
        try:
            connection, _ = listener.accept()
        except TimeoutError:
            continue
        with connection:
            connection.settimeout(2)
            try:
                connection.recv(65536)
                serve(connection, over)
            except OSError:
                continue


def says_nothing(_connection: socket.socket, over: threading.Event) -> None:
    over.wait(10)


def hangs_up(_connection: socket.socket, _over: threading.Event) -> None:
    return


def drips_its_head(connection: socket.socket, over: threading.Event) -> None:
    """One byte of a header at a time: every single read is quick, and there is no end."""
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not over.wait(0.02):
        connection.sendall(b"a")


def drips_its_body(connection: socket.socket, over: threading.Event) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 60000\r\n\r\n")
    while not over.wait(0.02):
        connection.sendall(b" ")


def answers_well(connection: socket.socket, _over: threading.Event) -> None:
    body = json.dumps(completion("Sí, en la terraza recibimos mascotas.")).encode()
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body))
