"""The mind's shelves: each merchant's entries and index in memory, checked against the database at every use.

A shelf is used only while the head that the caller's own transaction sees is the one it was made from. So
deleted text is never answered again, and a transaction confined to another merchant gets nothing, however
warm the shelf.
"""

from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from sqlmodel import Session

from kernel.ids import MerchantId
from kernel.jobs import defer
from knowledge.embedding.encoder import Encoder
from knowledge.entries import KnowledgeBase, Profile
from knowledge.index import MerchantIndex
from knowledge.jobs import embed_job
from knowledge.live import Head, head, load
from knowledge.passage_rows import live_passages
from knowledge.passages import Passage, PassageKind
from knowledge.sketches import Made, Sketcher, Sketches, encode_and_sketch, stored_sketches
from knowledge.vectors import (
    Floats,
    count_missing,
    encode_passages,
    missing_vectors,
    model_of,
    store_vectors,
    stored_vectors,
)  # fmt: skip

DEFAULT_BYTES = 512_000_000
ENCODED_AT_ONCE = 8
"""So many missing vectors are made while the customer waits; more are left to the job."""
_BATCH = 32
_OBJECT = 150
"""Bytes that a sketch takes beside its own: the object and its place in a mapping."""

Progress = Callable[[int, int], None]
"""Called with how many texts are done and how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """One merchant's knowledge at one version, ready to be searched."""

    knowledge_base: KnowledgeBase
    index: MerchantIndex
    version: int
    encoder: Encoder | None
    """The one whose vectors the index holds, to encode questions with; None = words only."""
    sketches: Mapping[str, bytes] = field(default_factory=dict)
    """By text, what the library's sketcher made of passages with that encoder, where it is stored."""

    @property
    def model(self) -> str:
        return model_of(self.encoder) if self.encoder else ""

    @property
    def nbytes(self) -> int:
        """The index, the sketches, and the entries at what their texts take as Python objects."""
        entries = 2 * sum(len(passage.text) for passage in self.index.passages)
        sketches = sum(len(sketch) + _OBJECT for sketch in self.sketches.values())
        return entries + sketches + self.index.nbytes


def empty_shelf() -> Shelf:
    """What a merchant who has published nothing yet knows: nothing, in any language."""
    profile = Profile(slug="", name="", timezone="UTC", locale="es", languages=("es", "pt", "en"))
    base = KnowledgeBase(profile=profile, entries=())
    return Shelf(knowledge_base=base, index=MerchantIndex.build((), None), version=0, encoder=None)


class Library:
    """Shelves of the merchants used last, up to a number of bytes. Safe to share between threads."""

    def __init__(
        self,
        encoders: Sequence[Encoder],
        *,
        max_bytes: int = DEFAULT_BYTES,
        sketcher: Sketcher | None = None,
    ) -> None:
        """`encoders`: first the one to use; then, while a model is being changed, the one used until now."""
        self.sketcher = sketcher
        self._encoders = {model_of(encoder): encoder for encoder in encoders}
        self._target = encoders[0] if encoders else None
        self._max_bytes = max_bytes
        self._shelves: OrderedDict[MerchantId, tuple[Head, Shelf]] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    @property
    def nbytes(self) -> int:
        """What all shelves take now."""
        return self._bytes

    @property
    def encoder(self) -> Encoder | None:
        """The encoder that merchants are being moved to, or are on."""
        return self._target

    def shelf(self, session: Session, merchant: MerchantId) -> Shelf | None:
        """The merchant's shelf as of this transaction; None when nothing is published that it may see."""
        seen = head(session, merchant)
        if seen is None:
            self._forget(merchant)
            return None
        with self._lock:
            kept = self._shelves.get(merchant)
            if kept is not None and kept[0] == seen:
                self._shelves.move_to_end(merchant)
                return kept[1]
        shelf = self._make(session, merchant, seen)
        if shelf is not None:
            self._keep(merchant, seen, shelf)
        return shelf

    def _make(self, session: Session, merchant: MerchantId, seen: Head) -> Shelf | None:
        """The shelf from what is stored; vectors that are missing, of the model wanted now, are ordered."""
        base = load(session, merchant)
        if base is None:
            return None
        passages = live_passages(session, merchant, [entry.key for entry in base.entries])
        encoder = self._encoders.get(seen.serving_model, self._target)
        vectors, sketches = self._made(session, merchant, passages, encoder) if encoder else (None, {})
        index = MerchantIndex.build(passages, vectors, languages=base.profile.languages)
        complete = not index.missing_vectors and (self.sketcher is None or _all_sketched(passages, sketches))
        if self._target and not (complete and encoder is self._target):
            defer(session, embed_job(merchant))
        return Shelf(
            knowledge_base=base, index=index, version=base.version, encoder=encoder, sketches=sketches
        )

    def _made(
        self, session: Session, merchant: MerchantId, passages: Sequence[Passage], encoder: Encoder
    ) -> Made:
        """What is stored of the passages; with it, where little is missing, the rest."""
        model, sketcher = model_of(encoder), self.sketcher
        hashes = [passage.text_hash for passage in passages]
        vectors = stored_vectors(session, merchant, model, hashes, encoder.dimensions)
        sketches = stored_sketches(session, merchant, model, sketcher.version, passages) if sketcher else {}
        missing = np.flatnonzero(np.isnan(vectors[:, :1]).any(axis=1)) if len(passages) else np.empty(0, int)
        if 0 < len(missing) <= ENCODED_AT_ONCE:
            texts = [(passages[row].kind, passages[row].text) for row in missing.tolist()]
            vectors[missing], fresh = _encoded(encoder, sketcher, texts)
            sketches |= fresh
        return vectors, sketches

    def _keep(self, merchant: MerchantId, seen: Head, shelf: Shelf) -> None:
        with self._lock:
            self._drop(merchant)
            self._shelves[merchant] = (seen, shelf)
            self._bytes += shelf.nbytes
            while self._bytes > self._max_bytes and len(self._shelves) > 1:
                self._drop(next(iter(self._shelves)))

    def _forget(self, merchant: MerchantId) -> None:
        with self._lock:
            self._drop(merchant)

    def _drop(self, merchant: MerchantId) -> None:
        kept = self._shelves.pop(merchant, None)
        if kept is not None:
            self._bytes -= kept[1].nbytes


def embed_missing(
    session: Session,
    merchant: MerchantId,
    encoder: Encoder,
    progress: Progress | None = None,
    limit: int | None = None,
    *,
    sketcher: Sketcher | None = None,
) -> int:
    """Make and store vectors (and sketches) of texts that miss one, up to `limit`; how many miss one still.

    Nothing is locked while texts are being encoded.
    """
    model, version = model_of(encoder), sketcher.version if sketcher else None
    texts = missing_vectors(session, merchant, model, limit, sketcher=version)
    vectors: dict[str, Floats] = {}
    sketches: dict[str, bytes] = {}
    for start in range(0, len(texts), _BATCH):
        batch = texts[start : start + _BATCH]
        rows, made = _encoded(encoder, sketcher, [(text.kind, text.text) for text in batch])
        vectors.update(zip((text.text_hash for text in batch), rows, strict=True))
        texts_made = (text for text in batch if text.kind is PassageKind.TEXT and text.text in made)
        sketches.update({text.text_hash: made[text.text] for text in texts_made})
        if progress:
            progress(min(start + _BATCH, len(texts)), len(texts))
    kept = Sketches(version, sketches) if version is not None else None
    store_vectors(session, merchant, model, vectors, kept)
    return count_missing(session, merchant, model, sketcher=version)


def _encoded(encoder: Encoder, sketcher: Sketcher | None, texts: Sequence[tuple[PassageKind, str]]) -> Made:
    if sketcher is None:
        return encode_passages(encoder, texts), {}
    return encode_and_sketch(encoder, sketcher, texts)


def _all_sketched(passages: Sequence[Passage], sketches: Mapping[str, bytes]) -> bool:
    return all(one.text in sketches for one in passages if one.kind is PassageKind.TEXT)
