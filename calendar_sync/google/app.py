"""Who we are to Google and where Google is: the OAuth client and the addresses, as one value from the settings."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from pydantic import SecretStr

from calendar_sync.google.errors import GoogleMisaddressed, GoogleNotSetUp
from kernel.settings import DiarySettings

_THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class GoogleApp:
    """One OAuth client. Pointing at another Google (a sandbox) needs other addresses only."""

    client_id: str
    client_secret: SecretStr
    api: str
    """Ends in /calendar/v3/."""
    authorise: str
    token: str
    revoke: str
    userinfo: str
    certs: str
    issuer: str = "https://accounts.google.com"
    push: str = ""
    """Where Google posts its notifications; empty = none, and the sweep alone finds the owner's changes."""
    seconds: float = 10.0
    """How long one answer is waited for."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The addresses that this process calls; the consent page is opened by the merchant's browser."""
        return (self.api, self.token, self.revoke, self.userinfo, self.certs)

    @property
    def hosts(self) -> frozenset[str]:
        """Host and port of each address that may be called."""
        return frozenset(urlsplit(address).netloc for address in self.asked)

    @property
    def is_set_up(self) -> bool:
        return bool(self.client_id and self.client_secret.get_secret_value())

    @property
    def is_on_this_machine(self) -> bool:
        """Whether Google's place is taken by a stand-in that speaks plain http."""
        return any(urlsplit(address).scheme == "http" for address in (self.token, self.authorise))

    def require(self) -> None:
        """Raise unless this installation may talk to Google: a client, and no plain http but to this machine."""
        if not self.is_set_up:
            raise GoogleNotSetUp
        for address in (*self.asked, self.authorise):
            parts = urlsplit(address)
            if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
                raise GoogleMisaddressed(parts.netloc or address)


def google_app(settings: DiarySettings) -> GoogleApp:
    """The settings' group of Google's as one value."""
    return GoogleApp(
        client_id=settings.google_client_id,
        client_secret=settings.google_client_secret,
        api=settings.google_api_endpoint,
        authorise=settings.google_authorize_uri,
        token=settings.google_token_uri,
        revoke=settings.google_revoke_uri,
        userinfo=settings.google_userinfo_uri,
        certs=settings.google_certs_uri,
        issuer=settings.google_issuer,
        push=settings.google_push_address,
        seconds=settings.google_seconds,
    )
