"""Media over HTTP: upload, description, download by a short-lived address, deletion."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse
from starlette.datastructures import UploadFile

from sandbox.meta.access import Board, answered, graph_router, number_for, token_of
from sandbox.meta.models import Json, StoredMedia
from sandbox.meta.refusals import Refusal
from sandbox.meta.switchboard import Switchboard

router = graph_router()
downloads = APIRouter()


@router.post("/{phone_number_id}/media")
async def upload(board: Board, request: Request, phone_number_id: str) -> JSONResponse:
    number = number_for(board, request, phone_number_id)
    if isinstance(number, Refusal):
        return answered(number)
    async with request.form() as form:
        file = form.get("file")
        if form.get("messaging_product") != "whatsapp":
            return answered(Refusal(100, "The parameter messaging_product is required."))
        if not isinstance(file, UploadFile):
            return answered(Refusal(100, "The parameter file is required."))
        mime_type = str(form.get("type") or file.content_type or "")
        kept = board.media.upload(number, mime_type, await file.read(), file.filename or "")
    return answered(kept if isinstance(kept, Refusal) else {"id": kept.media_id})


@downloads.get("/whatsapp_business/attachments/")
async def download(
    board: Board,
    request: Request,
    media_id: Annotated[str, Query(alias="mid")],
    expires: Annotated[int, Query(alias="ext")],
    seal: Annotated[str, Query(alias="hash")],
) -> Response:
    """Needs the token of the number that the file belongs to; anything else is not found."""
    token = token_of(board, request)
    if isinstance(token, Refusal):
        return answered(token)
    media = board.media.at_address(media_id, expires, seal)
    if media is None or isinstance(board.media.find(media_id, token), Refusal):
        return Response(status_code=404)
    return Response(media.content, media_type=media.mime_type)


def described(board: Switchboard, request: Request, media_id: str) -> Json | Refusal:
    media = _opened(board, request, media_id)
    if isinstance(media, Refusal):
        return media
    asked_by = request.query_params.get("phone_number_id", media.phone_number_id)
    if asked_by != media.phone_number_id:
        return Refusal(100, "The media does not belong to this phone number.")
    base_url = board.settings.public_url or str(request.base_url)
    return board.media.described(media, base_url)


def deleted(board: Switchboard, request: Request, media_id: str) -> Json | Refusal:
    media = _opened(board, request, media_id)
    if isinstance(media, Refusal):
        return media
    board.media.delete(media)
    return {"success": True}


def _opened(board: Switchboard, request: Request, media_id: str) -> StoredMedia | Refusal:
    token = token_of(board, request)
    return token if isinstance(token, Refusal) else board.media.find(media_id, token)
