"""Google's errors as values. ``CATALOGUE`` holds those that can be armed as a fault, by their name."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.google.models import Json


@dataclass(frozen=True, slots=True)
class Refusal:
    """An answer of the Calendar API that is not a success."""

    status: int
    reason: str
    message: str
    domain: str = "global"
    location: str = ""
    location_type: str = "parameter"

    def as_answer(self) -> Json:
        item = {"domain": self.domain, "reason": self.reason, "message": self.message}
        if self.location:
            item |= {"locationType": self.location_type, "location": self.location}
        return {"error": {"errors": [item], "code": self.status, "message": self.message}}


@dataclass(frozen=True, slots=True)
class OAuthRefusal:
    """An answer of the token endpoint that is not a success."""

    status: int
    error: str
    description: str = ""

    def as_answer(self) -> Json:
        described = {"error_description": self.description} if self.description else {}
        return {"error": self.error} | described


BAD_REQUEST = Refusal(400, "badRequest", "Bad Request")
SYNC_MIXED = Refusal(400, "invalid", "Sync token cannot be used with other query restrictions.")
RANGE_EMPTY = Refusal(
    400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar", location="timeMax"
)
RANGE_TOO_LONG = Refusal(
    400, "timeRangeTooLong", "The requested time range is too long.", domain="calendar", location="timeMax"
)
NO_CREDENTIALS = Refusal(401, "required", "Login Required.", "global", "Authorization", "header")
BAD_CREDENTIALS = Refusal(401, "authError", "Invalid Credentials", "global", "Authorization", "header")
SCOPE_LACKING = Refusal(403, "insufficientPermissions", "Request had insufficient authentication scopes.")
ROLE_LACKING = Refusal(
    403, "requiredAccessLevel", "You need to have writer access to this calendar.", domain="calendar"
)
NOT_ORGANIZER = Refusal(
    403,
    "forbiddenForNonOrganizer",
    "Shared properties can only be changed by the organizer of the event.",
    domain="calendar",
)
NOT_FOUND = Refusal(404, "notFound", "Not Found")
DUPLICATE = Refusal(409, "duplicate", "The requested identifier already exists.")
DELETED = Refusal(410, "deleted", "Resource has been deleted")
SYNC_LOST = Refusal(
    410,
    "fullSyncRequired",
    "Sync token is no longer valid, a full sync is required.",
    domain="calendar",
    location="syncToken",
)
TOO_LONG_AGO = Refusal(
    410,
    "updatedMinTooLongAgo",
    "The requested minimum modification time lies too far in the past.",
    domain="calendar",
    location="updatedMin",
)
ETAG_DIFFERS = Refusal(412, "conditionNotMet", "Precondition Failed", "global", "If-Match", "header")

_ARMABLE = (
    BAD_REQUEST,
    BAD_CREDENTIALS,
    SCOPE_LACKING,
    ROLE_LACKING,
    NOT_ORGANIZER,
    Refusal(403, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits"),
    Refusal(403, "userRateLimitExceeded", "User Rate Limit Exceeded", domain="usageLimits"),
    Refusal(403, "quotaExceeded", "Calendar usage limits exceeded.", domain="usageLimits"),
    NOT_FOUND,
    DUPLICATE,
    Refusal(409, "conflict", "Conflict"),
    DELETED,
    SYNC_LOST,
    TOO_LONG_AGO,
    ETAG_DIFFERS,
    Refusal(429, "rateLimitExceeded", "Rate Limit Exceeded", domain="usageLimits"),
    Refusal(500, "backendError", "Backend Error"),
    Refusal(503, "backendError", "Service unavailable. Please try again"),
)
CATALOGUE: Mapping[str, Refusal] = {f"{each.status} {each.reason}": each for each in _ARMABLE}

GRANT_DEAD = OAuthRefusal(400, "invalid_grant", "Token has been expired or revoked.")
GRANT_BAD = OAuthRefusal(400, "invalid_grant", "Bad Request")
VERIFIER_MISSING = OAuthRefusal(400, "invalid_grant", "Missing code verifier.")
VERIFIER_WRONG = OAuthRefusal(400, "invalid_grant", "Invalid code verifier.")
REDIRECT_DIFFERS = OAuthRefusal(400, "redirect_uri_mismatch", "Bad Request")
CLIENT_UNKNOWN = OAuthRefusal(401, "invalid_client", "The OAuth client was not found.")
SECRET_WRONG = OAuthRefusal(401, "invalid_client", "Unauthorized")
GRANT_TYPE_UNKNOWN = OAuthRefusal(400, "unsupported_grant_type", "Invalid grant_type.")
TOKEN_UNKNOWN = OAuthRefusal(400, "invalid_token", "Token expired or revoked")

TOKEN_CATALOGUE: Mapping[str, OAuthRefusal] = {
    "invalid_grant": GRANT_DEAD,
    "invalid_grant bad_request": GRANT_BAD,
    "admin_policy_enforced": OAuthRefusal(400, "admin_policy_enforced"),
    "deleted_client": OAuthRefusal(401, "deleted_client", "The OAuth client was deleted."),
    "invalid_client": CLIENT_UNKNOWN,
    "redirect_uri_mismatch": REDIRECT_DIFFERS,
    "500 internal_failure": OAuthRefusal(500, "internal_failure"),
    "503 backend_error": OAuthRefusal(503, "backend_error", "Service unavailable. Please try again"),
}


def invalid(location: str, message: str = "Invalid Value") -> Refusal:
    return Refusal(400, "invalid", message, location=location)


def required(location: str, message: str) -> Refusal:
    return Refusal(400, "required", message, location=location)
