"""Numbers, accounts and the subscription of webhooks."""

from typing import Any

from fastapi import Request
from fastapi.responses import JSONResponse

from sandbox.meta import media_api
from sandbox.meta.access import Board, answered, graph_router, number_for, numbers_for
from sandbox.meta.handshake import shake_hands
from sandbox.meta.models import BusinessNumber, Json, PhoneNumberId, Subscription, WabaId
from sandbox.meta.refusals import Refusal
from sandbox.meta.switchboard import Switchboard

router = graph_router()
_LONGEST_OVERRIDE = 200
_DEFAULT_FIELDS = ("verified_name", "code_verification_status", "display_phone_number", "quality_rating")


@router.get("/{object_id}")
async def read_object(board: Board, request: Request, object_id: str) -> JSONResponse:
    """A number or a file: Meta's ids do not say which."""
    if PhoneNumberId(object_id) not in board.store.numbers:
        return answered(media_api.described(board, request, object_id))
    number = number_for(board, request, object_id)
    if isinstance(number, Refusal):
        return answered(number)
    wanted = request.query_params.get("fields", "")
    return answered(_described(number, tuple(wanted.split(",")) if wanted else _DEFAULT_FIELDS))


@router.delete("/{object_id}")
async def delete_object(board: Board, request: Request, object_id: str) -> JSONResponse:
    return answered(media_api.deleted(board, request, object_id))


@router.get("/{waba_id}/phone_numbers")
async def phone_numbers(board: Board, request: Request, waba_id: str) -> JSONResponse:
    numbers = numbers_for(board, request, waba_id)
    if isinstance(numbers, Refusal):
        return answered(numbers)
    return answered({"data": [_described(number, _DEFAULT_FIELDS) for number in numbers]})


@router.get("/{waba_id}/subscribed_apps")
async def subscribed_apps(board: Board, request: Request, waba_id: str) -> JSONResponse:
    numbers = numbers_for(board, request, waba_id)
    if isinstance(numbers, Refusal):
        return answered(numbers)
    subscription = board.store.subscriptions.get(WabaId(waba_id))
    return answered({"data": [_app(board, subscription)] if subscription else []})


@router.post("/{waba_id}/subscribed_apps")
async def subscribe(board: Board, request: Request, waba_id: str) -> JSONResponse:
    numbers = numbers_for(board, request, waba_id)
    if isinstance(numbers, Refusal):
        return answered(numbers)
    asked = await _json_or_empty(request)
    override = asked.get("override_callback_uri", "")
    if len(override) > _LONGEST_OVERRIDE:
        return answered(Refusal(100, f"override_callback_uri has more than {_LONGEST_OVERRIDE} characters."))
    if override:
        handshake = await shake_hands(board.client, override, asked.get("verify_token", ""))
        if not handshake.ok:
            return answered(Refusal(2200, handshake.reason))
    board.store.subscriptions[WabaId(waba_id)] = Subscription(override=override)
    return answered({"success": True})


@router.delete("/{waba_id}/subscribed_apps")
async def unsubscribe(board: Board, request: Request, waba_id: str) -> JSONResponse:
    numbers = numbers_for(board, request, waba_id)
    if isinstance(numbers, Refusal):
        return answered(numbers)
    board.store.subscriptions.pop(WabaId(waba_id), None)
    return answered({"success": True})


def _described(number: BusinessNumber, fields: tuple[str, ...]) -> Json:
    known: Json = {
        "verified_name": number.verified_name,
        "display_phone_number": f"+{number.display_phone_number.lstrip('+')}",
        "code_verification_status": "VERIFIED",
        "quality_rating": "GREEN",
        "name_status": "APPROVED",
        "status": "CONNECTED",
        "platform_type": "CLOUD_API",
        "throughput": {"level": "STANDARD"},
    }
    return {name: known[name] for name in fields if name in known} | {"id": number.phone_number_id}


def _app(board: Switchboard, subscription: Subscription) -> Json:
    app: Json = {
        "whatsapp_business_api_data": {
            "id": board.settings.app_id,
            "link": "https://app.example.com/",
            "name": "Sandbox app",
        }
    }
    return app | ({"override_callback_uri": subscription.override} if subscription.override else {})


async def _json_or_empty(request: Request) -> dict[str, Any]:
    raw = await request.body()
    return dict(await request.json()) if raw else {}
