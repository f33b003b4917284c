"""Media as Meta keeps it: ids that expire, and download addresses that live for five minutes."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.meta.ids import new_media_id
from sandbox.meta.models import BusinessNumber, Json, MediaId, StoredMedia
from sandbox.meta.refusals import Refusal, no_such_object
from sandbox.meta.store import Store

ADDRESS_LIVES = timedelta(minutes=5)
RECEIVED_LIVES = timedelta(days=7)
UPLOADED_LIVES = timedelta(days=30)
_MEGABYTE = 1024 * 1024
_MOST_BYTES: Mapping[str, int] = {
    "image/jpeg": 5 * _MEGABYTE,
    "image/png": 5 * _MEGABYTE,
    "image/webp": 500_000,
    "audio/": 16 * _MEGABYTE,
    "video/": 16 * _MEGABYTE,
    "application/": 100 * _MEGABYTE,
    "text/plain": 100 * _MEGABYTE,
}


@dataclass(frozen=True, slots=True)
class MediaStore:
    clock: Clock
    store: Store
    app_secret: str

    def receive(self, number: BusinessNumber, mime_type: str, content: bytes, filename: str) -> StoredMedia:
        """A file from a customer."""
        return self._keep(number, mime_type, content, filename, RECEIVED_LIVES)

    def upload(
        self, number: BusinessNumber, mime_type: str, content: bytes, filename: str
    ) -> StoredMedia | Refusal:
        """A file from a merchant."""
        most = next((most for kind, most in _MOST_BYTES.items() if mime_type.startswith(kind)), None)
        if most is None:
            return Refusal(
                100, f"Param file must be a file with one of the supported types, not {mime_type}."
            )
        if not 0 < len(content) <= most:
            return Refusal(100, f"Param file must have between 1 and {most} bytes.")
        return self._keep(number, mime_type, content, filename, UPLOADED_LIVES)

    def find(self, media_id: str, token: str) -> StoredMedia | Refusal:
        media = self.store.media.get(MediaId(media_id))
        if media is None or media.expires_at <= self.clock.now():
            return no_such_object(media_id)
        if self.store.number(media.phone_number_id).token != token:
            return no_such_object(media_id)
        return media

    def delete(self, media: StoredMedia) -> None:
        del self.store.media[media.media_id]

    def described(self, media: StoredMedia, base_url: str) -> Json:
        return {
            "messaging_product": "whatsapp",
            "url": self.address(media, base_url),
            "mime_type": media.mime_type,
            "sha256": media.sha256.hex(),
            "file_size": str(len(media.content)),
            "id": media.media_id,
        }

    def address(self, media: StoredMedia, base_url: str) -> str:
        expires = int((self.clock.now() + ADDRESS_LIVES).timestamp())
        query = f"mid={media.media_id}&ext={expires}&hash={self._seal(media.media_id, expires)}"
        return f"{base_url.rstrip('/')}/whatsapp_business/attachments/?{query}"

    def at_address(self, media_id: str, expires: int, seal: str) -> StoredMedia | None:
        """The file behind an address; ``None`` when the address is made up or too old."""
        genuine = hmac.compare_digest(seal, self._seal(media_id, expires))
        if not genuine or expires <= self.clock.now().timestamp():
            return None
        return self.store.media.get(MediaId(media_id))

    def _seal(self, media_id: str, expires: int) -> str:
        message = f"{media_id}|{expires}".encode()
        return hmac.new(self.app_secret.encode(), message, hashlib.sha256).hexdigest()[:32]

    def _keep(
        self, number: BusinessNumber, mime_type: str, content: bytes, filename: str, lives: timedelta
    ) -> StoredMedia:
        expires_at: datetime = self.clock.now() + lives
        media = StoredMedia(
            media_id=new_media_id(),
            phone_number_id=number.phone_number_id,
            mime_type=mime_type,
            content=content,
            expires_at=expires_at,
            filename=filename,
        )
        self.store.media[media.media_id] = media
        return media
