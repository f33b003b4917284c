"""Settings: read once, in `app/wiring.py`, and passed down in groups. A missing secret stops the start.

Values come from the environment, then from the room's own secrets file under `MOSTRADOR_HOME`
(written by `mostrador init`). A room's group holds that room's secrets and no other's.
"""

from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from pydantic import SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from kernel.errors import SettingMissing


class Room(StrEnum):
    OWNER = "owner"
    EDGE = "edge"
    MIND = "mind"
    DIARY = "diary"

    @property
    def role(self) -> str:
        """The room's role in the database."""
        return f"mostrador_{self.value}"


class HomeSettings(BaseSettings):
    """Where this installation keeps its files."""

    model_config = SettingsConfigDict(extra="ignore")

    mostrador_home: Path = Path(".mostrador")
    """Folder of secrets, model and embedded database."""

    def secrets_file(self, room: Room) -> Path:
        return self.mostrador_home / "secrets" / f"{room.value}.env"


class RoomSettings(BaseSettings):
    """What each room needs."""

    model_config = SettingsConfigDict(extra="ignore")

    database_url: str
    """PostgreSQL address with this room's own role and password."""
    log_level: str = "INFO"


class OwnerSettings(RoomSettings):
    """For migrations: the owner of all schemas, and the passwords it gives to the rooms' roles."""

    edge_password: SecretStr
    mind_password: SecretStr
    diary_password: SecretStr


class EdgeSettings(RoomSettings):
    """The edge: WhatsApp's secrets, the transcript's keys, the two trays' keys."""

    whatsapp_app_secret: SecretStr
    """Meta's app secret: signs every webhook. Without it the edge does not start."""
    whatsapp_verify_token: SecretStr
    """The word that Meta repeats in the handshake."""
    graph_url: str = "https://graph.facebook.com"
    graph_version: str = "v25.0"
    webhook_path: str = "/webhooks/whatsapp"
    sources_path: str = ""
    """Where the demo's phone asks what an answer rests on; empty = nowhere. Never set it in production."""
    host: str = "127.0.0.1"
    port: int = 8000
    edge_keyset: SecretStr
    """Seals receipts, people's keys and WhatsApp tokens."""
    tray_keyset: SecretStr
    """Seals what passes between edge and mind; both hold it."""
    diary_tray_keyset: SecretStr
    """Seals what passes between edge and diary; the mind does not hold it."""
    blind_index_key: SecretStr
    """Hex, 32 bytes: looks people up without storing their numbers in clear."""
    settle_seconds: float = 60.0
    """How long a send with an unknown result waits for its status before it may be repeated."""
    burst_quiet_seconds: float = 1.2
    """How long a customer must be silent before their lines are answered as one turn."""
    burst_cap_seconds: float = 6.0
    """The longest a first line ever waits."""


class MindSettings(RoomSettings):
    """The mind: the tray's key, the model, and optionally a language model's address."""

    tray_keyset: SecretStr
    embedding_model: str = ""
    """Any hub name or folder; empty = the model that `mostrador init` unpacked."""
    embedding_threads: int = 2
    library_megabytes: int = 1024
    """Memory for merchants' indexes; the least recently asked are dropped first."""
    composer_url: str = ""
    """Base address of an OpenAI-compatible endpoint; empty = answers are quotes."""
    composer_model: str = ""
    composer_key: SecretStr = SecretStr("")
    composer_seconds: float = 4.0


class DiarySettings(RoomSettings):
    """The diary: its own key, the OAuth client it is to Google, and where Google is."""

    diary_keyset: SecretStr
    """Seals what only the diary reads: Google's tokens, who is a member, what a conversation remembers."""
    diary_tray_keyset: SecretStr
    """Seals what passes between edge and diary; both hold it."""
    diary_index_key: SecretStr
    """Hex, 32 bytes: finds members without storing their phones and documents in clear."""
    google_client_id: str = ""
    """The OAuth client of this installation; empty = nobody can link a calendar."""
    google_client_secret: SecretStr = SecretStr("")
    google_api_endpoint: str = "https://www.googleapis.com/calendar/v3/"
    google_authorize_uri: str = "https://accounts.google.com/o/oauth2/v2/auth"
    google_token_uri: str = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
    google_revoke_uri: str = "https://oauth2.googleapis.com/revoke"
    google_userinfo_uri: str = "https://openidconnect.googleapis.com/v1/userinfo"
    google_certs_uri: str = "https://www.googleapis.com/oauth2/v3/certs"
    google_issuer: str = "https://accounts.google.com"
    google_push_address: str = ""
    """Where Google posts that a calendar changed, https and public; empty = only the sweep finds changes."""
    google_seconds: float = 10.0
    """How long one answer of Google's is waited for."""


Settings = TypeVar("Settings", bound=RoomSettings)


def read_settings(kind: type[Settings], room: Room, home: HomeSettings) -> Settings:
    """A room's settings; raises `SettingMissing` for the first one that is absent."""
    file = home.secrets_file(room)
    try:
        return kind(_env_file=file if file.exists() else None)  # type: ignore[call-arg]
    except ValidationError as reason:
        first = reason.errors()[0]
        name = str(first["loc"][0]).upper()
        if first["type"] == "missing":
            raise SettingMissing(name) from reason
        raise SettingMissing(name, remedy=first["msg"]) from reason
