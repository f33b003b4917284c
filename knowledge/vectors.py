"""Vectors of live texts in the database: which are missing, putting them in, and when a model takes over.

Vectors are kept by text, not by entry: the same sentence is encoded once, and an edit costs what it changed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.ids import MerchantId
from knowledge.embedding.encoder import Encoder
from knowledge.models import HeadRow, PassageRow, VectorRow
from knowledge.passages import PassageKind

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingText:
    """A live text that has no vector of a model yet."""

    text_hash: str
    kind: PassageKind
    text: str


def model_of(encoder: Encoder) -> str:
    """Under this name an encoder's vectors are stored."""
    return f"{encoder.name}@{encoder.version}"


def encode_passages(encoder: Encoder, texts: Sequence[tuple[PassageKind, str]]) -> Floats:
    """A row for every text: phrasings are encoded as the questions that they are, texts as documents."""
    vectors = np.empty((len(texts), encoder.dimensions), np.float32)
    for kind, encode in (
        (PassageKind.PHRASING, encoder.encode_queries),
        (PassageKind.TEXT, encoder.encode_documents),
    ):
        rows = [row for row, (one, _) in enumerate(texts) if one is kind]
        if rows:
            vectors[rows] = encode([texts[row][1] for row in rows])
    return vectors


def missing_vectors(
    session: Session, merchant: MerchantId, model: str, limit: int | None = None
) -> tuple[MissingText, ...]:
    """Live texts without a vector of this model, each once."""
    rows = session.execute(
        select(PassageRow.text_hash, PassageRow.kind, PassageRow.text)
        .distinct()
        .where(PassageRow.merchant_id == merchant, _has_no_vector(merchant, model))
        .order_by(col(PassageRow.text_hash))
        .limit(limit)
    )
    return tuple(
        MissingText(text_hash=text_hash, kind=PassageKind(kind), text=text) for text_hash, kind, text in rows
    )


def count_missing(session: Session, merchant: MerchantId, model: str) -> int:
    statement = select(func.count(func.distinct(PassageRow.text_hash))).where(
        PassageRow.merchant_id == merchant, _has_no_vector(merchant, model)
    )
    return int(session.execute(statement).scalar_one())


def _has_no_vector(merchant: MerchantId, model: str) -> ColumnElement[bool]:
    """Looked up in a hash of the stored ones: a join is planned badly just after they were all inserted."""
    stored = select(VectorRow.text_hash).where(VectorRow.merchant_id == merchant, VectorRow.model == model)
    return col(PassageRow.text_hash).not_in(stored)


def store_vectors(session: Session, merchant: MerchantId, model: str, vectors: Mapping[str, Floats]) -> None:
    """Keep vectors by text hash, of texts that are still live. A model whose vectors are all there takes over."""
    # Taking the head's lock first keeps a publication from deleting a text between the look and the insert.
    session.execute(select(HeadRow.version).where(HeadRow.merchant_id == merchant).with_for_update())
    live = session.execute(
        select(PassageRow.text_hash)
        .where(PassageRow.merchant_id == merchant, col(PassageRow.text_hash).in_(vectors))
        .distinct()
    ).scalars()
    rows = [
        {
            "merchant_id": merchant, "model": model, "text_hash": text_hash,
            "embedding": vectors[text_hash].astype(np.float16).tobytes(),
        }
        for text_hash in live
    ]  # fmt: skip
    if rows:
        session.execute(insert(VectorRow).on_conflict_do_nothing(), rows)
    if count_missing(session, merchant, model) == 0:
        _take_over(session, merchant, model)


def _take_over(session: Session, merchant: MerchantId, model: str) -> None:
    """Serve with this model from now on; copies made before are stale, other models' vectors of no more use."""
    session.execute(
        update(HeadRow)
        .where(col(HeadRow.merchant_id) == merchant)
        .values(serving_model=model, vector_revision=HeadRow.vector_revision + 1)
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(VectorRow)
        .where(col(VectorRow.merchant_id) == merchant, col(VectorRow.model) != model)
        .execution_options(synchronize_session=False)
    )


def stored_vectors(
    session: Session, merchant: MerchantId, model: str, hashes: Sequence[str], dimensions: int
) -> Floats:
    """A row for every hash, of NaN where there is no vector."""
    rows = session.execute(
        select(VectorRow.text_hash, VectorRow.embedding).where(
            VectorRow.merchant_id == merchant, VectorRow.model == model
        )
    )
    found = {text_hash: embedding for text_hash, embedding in rows if len(embedding) == dimensions * 2}
    vectors = np.full((len(hashes), dimensions), np.nan, np.float32)
    known = [row for row, text_hash in enumerate(hashes) if text_hash in found]
    if known:
        joined = b"".join(found[hashes[row]] for row in known)
        vectors[known] = np.frombuffer(joined, np.float16).reshape(len(known), dimensions)
    return vectors
