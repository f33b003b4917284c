"""The stand-in behind a request."""

from typing import Annotated

from fastapi import Depends, Request

from sandbox.google.switchboard import Google


def google_of(request: Request) -> Google:
    google: Google = request.app.state.google
    return google


async def _google(request: Request) -> Google:
    return google_of(request)


Board = Annotated[Google, Depends(_google)]
