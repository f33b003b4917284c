"""The settings that point the diary at the stand-in for Google instead of at Google: nothing else has to change."""

from pydantic import SecretStr

from kernel.settings import DiarySettings
from sandbox.google.addresses import Addresses
from sandbox.google.settings import GoogleSettings


def addresses_of(base: str) -> dict[str, str]:
    """Every address of Google's under the stand-in's own."""
    at = Addresses(base)
    return {
        "google_api_endpoint": at.calendar,
        "google_authorize_uri": at.authorize,
        "google_token_uri": at.token,
        "google_revoke_uri": at.revoke,
        "google_userinfo_uri": at.user_info,
        "google_certs_uri": at.keys,
    }


def at_stand_in(settings: DiarySettings, base: str, google: GoogleSettings) -> DiarySettings:
    client = google.clients[0]
    ours = {
        "google_client_id": str(client.client_id),
        "google_client_secret": SecretStr(client.client_secret),
    }
    return settings.model_copy(update={**addresses_of(base), **ours})


def client_of(base: str, google: GoogleSettings) -> dict[str, str]:
    """The same for a child process: names and values of its environment."""
    client = google.clients[0]
    ours = {"google_client_id": str(client.client_id), "google_client_secret": client.client_secret}
    return {name.upper(): value for name, value in {**addresses_of(base), **ours}.items()}
