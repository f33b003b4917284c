import gzip
import json
import threading
import time
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from pydantic import SecretStr

from assistant.composers.endpoint import Endpoint, NoReply, Reply
from tests.assistant.composers import endpoints
from tests.assistant.composers.endpoints import (
    RespondingModel,
    TalkingModel,
    client_of,
    completion,
    settings,
    socket_server,
)

MESSAGES = [{"role": "system", "content": "s"}, {"role": "user", "content": "{}"}]


def reply_to(response: Callable[[], httpx.Response] | Exception) -> Reply | NoReply:
    with client_of(RespondingModel(response)) as client:
        return Endpoint(client, settings()).ask(MESSAGES)


def test_the_request_is_plain_and_deterministic() -> None:
    model = TalkingModel("hola")
    with client_of(model) as client:
        assert Endpoint(client, settings()).ask(MESSAGES) == Reply(text="hola")
    request = model.requests[0]
    assert str(request.url) == "http://model.test/v1/chat/completions"
    assert request.headers["authorization"] == f"Bearer {endpoints.KEY}"
    assert json.loads(request.content) == {
        "model": "small-talker",
        "messages": MESSAGES,
        "temperature": 0,
        "max_tokens": 400,
        "stream": False,
    }


def test_without_a_key_none_is_sent() -> None:
    model = TalkingModel("hola")
    with client_of(model) as client:
        Endpoint(client, settings(key=SecretStr(""))).ask(MESSAGES)
    assert "authorization" not in model.requests[0].headers


@pytest.mark.parametrize("status", [201, 301, 400, 401, 404, 429, 500, 503])
def test_any_other_status_is_no_reply(status: int) -> None:
    headers = {"location": "http://elsewhere.test/"}
    answer = reply_to(lambda: httpx.Response(status, headers=headers, json=completion("hola")))
    assert answer == NoReply(reason=f"status {status}")


def _json(body: Any) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(200, json=body)


def _raw(body: bytes, **headers: str) -> Callable[[], httpx.Response]:
    return lambda: httpx.Response(200, stream=httpx.ByteStream(body), headers=headers)


@pytest.mark.parametrize(
    "response",
    [
        _raw(b""),
        _raw(b"<html><body>It works!</body></html>"),
        _raw(b'{"choices": [{"message": {"content": "ho'),
        _raw(b'data: {"choices":[{"delta":{"content":"hola"}}]}\n\ndata: [DONE]\n\n', **{"content-type": "text/event-stream"}),
        _raw(b"[" * 20_000),
        _raw(b"\xff\xfe\x00"),
        _raw(b"9" * 5000),
        _raw(b" " * 70_000 + json.dumps(completion("hola")).encode()),
        _raw(gzip.compress(json.dumps(completion("hola")).encode()), **{"content-encoding": "gzip"}),
        _json([]),
        _json(None),
        _json({"choices": []}),
        _json({"choices": {}}),
        _json({"choices": [{}]}),
        _json({"choices": ["hola"]}),
        _json({"choices": [{"message": "hola"}]}),
        _json({"error": {"message": "quota"}}),
        _json(completion(None)),
        _json(completion(7)),
        _json(completion([{"type": "text", "text": "hola"}])),
        _json(completion("hola", finish_reason="length")),
        _json(completion("hola", finish_reason="content_filter")),
        _json(completion("hola", finish_reason={})),
        _json({"choices": [{"message": {"content": "hola", "tool_calls": [{"id": "1"}]}}]}),
    ],
)  # fmt: skip
def test_garbage_is_no_reply(response: Callable[[], httpx.Response]) -> None:
    answer = reply_to(response)
    assert isinstance(answer, NoReply)
    assert answer.reason.startswith("unreadable")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (httpx.ConnectError("refused"), "unreachable: ConnectError"),
        (httpx.ReadTimeout("slow"), "timeout"),
        (httpx.RemoteProtocolError("what"), "unreachable: RemoteProtocolError"),
        (ValueError("anything"), "unreachable: ValueError"),
    ],
)
def test_an_exception_is_no_reply(error: Exception, reason: str) -> None:
    assert reply_to(error) == NoReply(reason=reason)


def test_a_key_that_is_no_header_is_no_reply() -> None:
    with client_of(TalkingModel("hola")) as client:
        answer = Endpoint(client, settings(key=SecretStr("a\nb ñ"))).ask(MESSAGES)
    assert isinstance(answer, (Reply, NoReply))


def test_a_real_server_is_asked_over_a_kept_connection() -> None:
    with socket_server(endpoints.answers_well) as url, httpx.Client() as client:
        answer = Endpoint(client, settings(base_url=url)).ask(MESSAGES)
    assert answer == Reply(text="Sí, en la terraza recibimos mascotas.")


@pytest.mark.parametrize(
    "serve",
    [endpoints.says_nothing, endpoints.drips_its_head, endpoints.drips_its_body],
    ids=lambda f: f.__name__,
)
def test_no_server_keeps_the_caller_beyond_the_budget(serve: Callable[..., None]) -> None:
    with socket_server(serve) as url, httpx.Client() as client:
        began = time.monotonic()
        answer = Endpoint(client, settings(base_url=url, seconds=0.4)).ask(MESSAGES)
        took = time.monotonic() - began
    assert answer == NoReply(reason="timeout") or answer == NoReply(reason="unreadable")
    assert 0.3 < took < 2.0


def test_a_server_that_hangs_up_is_no_reply() -> None:
    with socket_server(endpoints.hangs_up) as url, httpx.Client() as client:
        answer = Endpoint(client, settings(base_url=url)).ask(MESSAGES)
    assert isinstance(answer, NoReply)
    assert answer.reason.startswith("unreachable")


def test_only_so_many_requests_are_out_at_once() -> None:
    gate, entered = threading.Event(), threading.Semaphore(0)

    def wait(_request: httpx.Request) -> httpx.Response:
        entered.release()
        gate.wait(5)
        return httpx.Response(200, json=completion("hola"))

    with client_of(wait) as client:
        endpoint = Endpoint(client, settings(seconds=5))
        answers: list[Reply | NoReply] = []
        callers = [threading.Thread(target=lambda: answers.append(endpoint.ask(MESSAGES))) for _ in range(4)]
        for caller in callers:
            caller.start()
        for _ in callers:
            assert entered.acquire(timeout=5)
        assert endpoint.ask(MESSAGES) == NoReply(reason="busy")
        gate.set()
        for caller in callers:
            caller.join(5)
        assert answers == [Reply(text="hola")] * 4
        assert endpoint.ask(MESSAGES) == Reply(text="hola")
