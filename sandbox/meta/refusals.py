"""The Graph API's errors as values: code, wording and HTTP status in one table."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.meta.ids import new_trace
from sandbox.meta.models import Json

_CATALOGUE: Mapping[int, tuple[str, int]] = {
    0: ("AuthException", 401),
    1: ("An unknown error occurred", 500),
    2: ("Service temporarily unavailable", 503),
    3: ("Application does not have the capability to make this API call", 403),
    4: ("Application request limit reached", 429),
    10: ("Application does not have permission for this action", 403),
    33: ("Object does not exist", 400),
    100: ("Invalid parameter", 400),
    190: ("Error validating access token", 401),
    368: ("Temporarily blocked for policies violations", 403),
    2200: ("Callback verification failed", 400),
    80007: ("Rate limit issues", 429),
    130403: ("Message blocked by the business", 403),
    130429: ("Rate limit hit", 429),
    130472: ("User's number is part of an experiment", 400),
    130497: ("Business account is restricted from messaging users in this country", 403),
    131000: ("Something went wrong", 500),
    131005: ("Access denied", 403),
    131008: ("Required parameter is missing", 400),
    131009: ("Parameter value is not valid", 400),
    131016: ("Service overloaded", 503),
    131021: ("Recipient cannot be sender", 400),
    131026: ("Message undeliverable", 400),
    131030: ("Recipient phone number not in allowed list", 400),
    131031: ("Business Account locked", 403),
    131037: ("Display name approval needed", 403),
    131042: ("Business eligibility payment issue", 400),
    131045: ("Phone number registration error", 500),
    131047: ("Re-engagement message", 400),
    131048: ("Spam rate limit hit", 429),
    131049: ("Meta chose not to deliver.", 400),
    131050: ("Recipient stopped marketing messages", 400),
    131051: ("Unsupported message type", 400),
    131052: ("Media download error", 400),
    131053: ("Media upload error", 400),
    131056: ("(Business Account, Consumer Account) pair rate limit hit", 429),
    131057: ("Account in maintenance mode", 503),
    131062: ("Business-scoped user id is not supported for this message", 400),
    132000: ("Number of parameters does not match the expected number of params", 400),
    132001: ("Template name does not exist in the translation", 404),
    132005: ("Template hydrated text too long", 400),
    132007: ("Template format character policy violated", 400),
    132012: ("Template parameter format mismatch", 400),
    132015: ("Template is paused", 400),
    132016: ("Template is disabled", 400),
    132018: ("Template parameters issue", 400),
    133010: ("Account not registered", 400),
    135000: ("Generic user error", 400),
}
KNOWN_CODES: tuple[int, ...] = tuple(_CATALOGUE)
HELP = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"


@dataclass(frozen=True, slots=True)
class Refusal:
    code: int
    details: str = ""
    subcode: int | None = None

    @property
    def title(self) -> str:
        return _CATALOGUE.get(self.code, ("Generic error", 400))[0]

    @property
    def http_status(self) -> int:
        return _CATALOGUE.get(self.code, ("", 400))[1]

    def as_answer(self) -> Json:
        """The body of an HTTP answer."""
        error: Json = {"message": f"(#{self.code}) {self.title}", "type": "OAuthException", "code": self.code}
        if self.details:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        return {"error": error | {"fbtrace_id": new_trace()}}

    def as_webhook(self) -> Json:
        """The same failure inside ``errors[]`` of a status or a message."""
        details = self.details or self.title
        return {
            "code": self.code,
            "title": self.title,
            "message": self.title,
            "error_data": {"details": details},
            "href": HELP,
        }


def no_such_object(object_id: str) -> Refusal:
    details = (
        f"Object with ID '{object_id}' does not exist, cannot be loaded due to missing permissions, "
        "or does not support this operation"
    )
    return Refusal(100, details, subcode=33)
