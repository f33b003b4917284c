"""Where each of Google's doors is on this machine, under the stand-in's own address."""

from dataclasses import dataclass

AUTHORIZE = "/o/oauth2/v2/auth"
TOKEN = "/token"  # noqa: S105 - a path
REVOKE = "/revoke"
TOKEN_INFO = "/tokeninfo"  # noqa: S105 - a path
KEYS = "/oauth2/v3/certs"
CERTIFICATES = "/oauth2/v1/certs"
USER_INFO = "/v1/userinfo"
OPENID = "/.well-known/openid-configuration"
CALENDAR = "/calendar/v3/"


@dataclass(frozen=True, slots=True)
class Addresses:
    """``base`` is where the stand-in is mounted, as in ``http://127.0.0.1:8090/google``."""

    base: str

    @property
    def authorize(self) -> str:
        return self.base + AUTHORIZE

    @property
    def token(self) -> str:
        return self.base + TOKEN

    @property
    def revoke(self) -> str:
        return self.base + REVOKE

    @property
    def token_info(self) -> str:
        return self.base + TOKEN_INFO

    @property
    def keys(self) -> str:
        return self.base + KEYS

    @property
    def certificates(self) -> str:
        return self.base + CERTIFICATES

    @property
    def user_info(self) -> str:
        return self.base + USER_INFO

    @property
    def calendar(self) -> str:
        """What ``api_endpoint`` of the client library wants."""
        return self.base + CALENDAR
