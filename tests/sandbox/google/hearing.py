"""A product that hears pushes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from queue import Queue

from fastapi import FastAPI, Request, Response

from tests.sandbox.servers import free_port, serving

Headers = dict[str, str]


@dataclass
class Hearer:
    """Answers with the scripted statuses first, and with 204 after that."""

    address: str = ""
    script: list[int] = field(default_factory=list)
    heard: Queue[Headers] = field(default_factory=Queue)

    def next(self) -> Headers:
        return self.heard.get(timeout=20)

    async def _take(self, request: Request) -> Response:
        assert await request.body() == b""
        self.heard.put({name: value for name, value in request.headers.items() if name.startswith("x-goog")})
        return Response(status_code=self.script.pop(0) if self.script else 204)


@contextmanager
def hearing() -> Iterator[Hearer]:
    hearer, application = Hearer(), FastAPI()
    application.post("/push")(hearer._take)
    with serving(application, free_port()) as url:
        hearer.address = f"{url}/push"
        yield hearer
