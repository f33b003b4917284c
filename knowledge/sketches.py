"""Sketches in the database: what another package made of a text's token vectors, to have it at hand when a question comes.

What a sketch says is not known here. It is made in the same pass of the encoder as the text's vector, of texts
only (no phrasing), and kept by text like the vector.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from sqlalchemy import ColumnElement, and_, or_
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.ids import MerchantId
from knowledge.embedding.encoder import Encoder, TokenVectors, Vectors
from knowledge.models import PassageRow, SketchRow
from knowledge.passages import Passage, PassageKind

Made = tuple[Vectors, dict[str, bytes]]
"""A row for every text, and by text the sketches of those that have one."""


class Sketcher(Protocol):
    """The port: makes a sketch of a text's token vectors."""

    @property
    def version(self) -> str:
        """Changes whenever the same tokens may get another sketch."""
        ...

    def prepare(self, passage: TokenVectors, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Sketches:
    """Sketches of one version of a sketcher, by text hash."""

    version: str
    by_hash: Mapping[str, bytes]


def encode_and_sketch(encoder: Encoder, sketcher: Sketcher, texts: Sequence[tuple[PassageKind, str]]) -> Made:
    """Vectors and sketches from one pass of the encoder over every text."""
    vectors = np.empty((len(texts), encoder.dimensions), np.float32)
    told = [row for row, (kind, _) in enumerate(texts) if kind is PassageKind.TEXT]
    asked = [row for row, (kind, _) in enumerate(texts) if kind is PassageKind.PHRASING]
    sketches: dict[str, bytes] = {}
    if asked:
        vectors[asked] = encoder.encode_queries([texts[row][1] for row in asked])
    if told:
        found = encoder.encode_tokens([texts[row][1] for row in told], "document")
        vectors[told] = [one.pooled for one in found]
        sketches = {texts[row][1]: sketcher.prepare(one) for row, one in zip(told, found, strict=True)}
    return vectors, sketches


def has_no_sketch(merchant: MerchantId, model: str, version: str) -> ColumnElement[bool]:
    """Of a row of passages: it is a text, and this version made no sketch of it yet."""
    stored = select(SketchRow.text_hash).where(
        SketchRow.merchant_id == merchant, SketchRow.model == model, SketchRow.sketcher == version
    )
    return and_(col(PassageRow.kind) == PassageKind.TEXT.value, col(PassageRow.text_hash).not_in(stored))


def store_sketches(
    session: Session, merchant: MerchantId, model: str, sketches: Sketches, live: Container[str]
) -> None:
    """Keep the sketches of texts that are still live."""
    of = {"merchant_id": merchant, "model": model, "sketcher": sketches.version}
    rows = [
        of | {"text_hash": text_hash, "sketch": sketch}
        for text_hash, sketch in sketches.by_hash.items()
        if text_hash in live
    ]
    if rows:
        session.execute(insert(SketchRow).on_conflict_do_nothing(), rows)


def stored_sketches(
    session: Session, merchant: MerchantId, model: str, version: str, passages: Iterable[Passage]
) -> dict[str, bytes]:
    """By text, what is stored of these passages."""
    rows = session.execute(
        select(SketchRow.text_hash, SketchRow.sketch).where(
            SketchRow.merchant_id == merchant, SketchRow.model == model, SketchRow.sketcher == version
        )
    )
    texts = {one.text_hash: one.text for one in passages if one.kind is PassageKind.TEXT}
    return {texts[text_hash]: sketch for text_hash, sketch in rows if text_hash in texts}


def forget_other_sketches(session: Session, merchant: MerchantId, model: str, version: str | None) -> None:
    """Delete those of other models, and of other versions where a version is named."""
    stale = col(SketchRow.model) != model
    if version is not None:
        stale = or_(stale, col(SketchRow.sketcher) != version)
    session.execute(
        delete(SketchRow)
        .where(col(SketchRow.merchant_id) == merchant, stale)
        .execution_options(synchronize_session=False)
    )
