import json

import pytest

from calendar_sync.google.troubles import Failed, Trouble, classify
from tests.calendar_sync.google.little_google import error

TABLE = [
    (400, "badRequest", Trouble.BUG),
    (400, "timeRangeEmpty", Trouble.BUG),
    (401, "authError", Trouble.AUTH),
    (403, "userRateLimitExceeded", Trouble.RATE),
    (403, "rateLimitExceeded", Trouble.RATE),
    (429, "rateLimitExceeded", Trouble.RATE),
    (403, "quotaExceeded", Trouble.QUOTA),
    (403, "insufficientPermissions", Trouble.SCOPES),
    (403, "requiredAccessLevel", Trouble.RIGHTS),
    (403, "forbiddenForNonOrganizer", Trouble.RIGHTS),
    (403, "accessNotConfigured", Trouble.SETUP),
    (404, "notFound", Trouble.MISSING),
    (409, "duplicate", Trouble.DUPLICATE),
    (409, "conflict", Trouble.CONFLICT),
    (410, "deleted", Trouble.DELETED),
    (410, "fullSyncRequired", Trouble.RESYNC),
    (410, "updatedMinTooLongAgo", Trouble.RESYNC),
    (412, "conditionNotMet", Trouble.CHANGED),
    (500, "backendError", Trouble.BACKEND),
    (503, "backendError", Trouble.BACKEND),
]


@pytest.mark.parametrize(("status", "reason", "trouble"), TABLE)
def test_the_table_of_answers(status: int, reason: str, trouble: Trouble) -> None:
    assert classify(status, json.dumps(error(status, reason).body).encode()).trouble is trouble


@pytest.mark.parametrize(
    ("status", "error_body", "trouble"),
    [
        (403, {"code": 403, "status": "PERMISSION_DENIED"}, Trouble.RIGHTS),
        (
            403,
            {"status": "PERMISSION_DENIED", "details": [{"reason": "ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]},
            Trouble.SCOPES,
        ),
        (429, {"status": "RESOURCE_EXHAUSTED"}, Trouble.RATE),
        (401, {"status": "UNAUTHENTICATED"}, Trouble.AUTH),
    ],
)
def test_the_newer_shape_is_read_as_well(
    status: int, error_body: dict[str, object], trouble: Trouble
) -> None:
    assert classify(status, json.dumps({"error": error_body}).encode()).trouble is trouble


@pytest.mark.parametrize("body", [b"", b"<html>", b"[]", b'{"error": "invalid_grant"}', b'{"error": null}'])
@pytest.mark.parametrize(
    ("status", "trouble"),
    [(502, Trouble.BACKEND), (404, Trouble.MISSING), (418, Trouble.BUG), (429, Trouble.RATE)],
)
def test_a_body_that_says_nothing_leaves_the_status(body: bytes, status: int, trouble: Trouble) -> None:
    assert classify(status, body) == Failed(trouble, str(status))


def test_a_reason_of_a_client_error_does_not_soften_a_server_error() -> None:
    assert classify(503, json.dumps(error(503, "notFound").body).encode()).trouble is Trouble.BACKEND
