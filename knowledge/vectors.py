"""Vectors of live texts in the database: which are missing, putting them in, and when a model takes over.

Vectors are kept by text, not by entry: the same sentence is encoded once, and an edit costs what it changed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, func, or_, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import Session, col, delete, select

from kernel.ids import MerchantId
from knowledge.embedding.encoder import Encoder
from knowledge.models import HeadRow, PassageRow, VectorRow
from knowledge.passages import PassageKind
from knowledge.sketches import Sketches, forget_other_sketches, has_no_sketch, store_sketches

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingText:
    """A live text that has no vector of a model yet, or no sketch where sketches are wanted."""

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
    session: Session,
    merchant: MerchantId,
    model: str,
    limit: int | None = None,
    *,
    sketcher: str | None = None,
) -> tuple[MissingText, ...]:
    """Live texts without a vector of this model, or without a sketch of this version of a sketcher, each once."""
    rows = session.execute(
        select(PassageRow.text_hash, PassageRow.kind, PassageRow.text)
        .distinct()
        .where(PassageRow.merchant_id == merchant, _is_missing(merchant, model, sketcher))
        .order_by(col(PassageRow.text_hash))
        .limit(limit)
    )
    return tuple(
        MissingText(text_hash=text_hash, kind=PassageKind(kind), text=text) for text_hash, kind, text in rows
    )


def count_missing(session: Session, merchant: MerchantId, model: str, *, sketcher: str | None = None) -> int:
    statement = select(func.count(func.distinct(PassageRow.text_hash))).where(
        PassageRow.merchant_id == merchant, _is_missing(merchant, model, sketcher)
    )
    return int(session.execute(statement).scalar_one())


def _is_missing(merchant: MerchantId, model: str, sketcher: str | None) -> ColumnElement[bool]:
    """Looked up in a hash of the stored ones: a join is planned badly just after they were all inserted."""
    stored = select(VectorRow.text_hash).where(VectorRow.merchant_id == merchant, VectorRow.model == model)
    no_vector = col(PassageRow.text_hash).not_in(stored)
    return no_vector if sketcher is None else or_(no_vector, has_no_sketch(merchant, model, sketcher))


def store_vectors(
    session: Session,
    merchant: MerchantId,
    model: str,
    vectors: Mapping[str, Floats],
    sketches: Sketches | None = None,
) -> None:
    """Keep vectors by text hash, and sketches made beside them, of texts that are still live.

    A model whose vectors (and sketches) are all there takes over.
    """
    # Taking the head's lock first keeps a publication from deleting a text between the look and the insert.
    serving = session.execute(
        select(HeadRow.serving_model).where(HeadRow.merchant_id == merchant).with_for_update()
    ).scalar_one_or_none()
    live = _live(session, merchant, vectors)
    rows = [
        {
            "merchant_id": merchant, "model": model, "text_hash": text_hash,
            "embedding": vectors[text_hash].astype(np.float16).tobytes(),
        }
        for text_hash in sorted(live)
    ]  # fmt: skip
    if rows:
        session.execute(insert(VectorRow).on_conflict_do_nothing(), rows)
    if sketches is not None:
        store_sketches(session, merchant, model, sketches, live)
    version = sketches.version if sketches is not None else None
    news = bool(rows) or serving != model
    if news and count_missing(session, merchant, model, sketcher=version) == 0:
        _take_over(session, merchant, model)
        forget_other_sketches(session, merchant, model, version)


def _live(session: Session, merchant: MerchantId, hashes: Iterable[str]) -> frozenset[str]:
    found = session.execute(
        select(PassageRow.text_hash)
        .where(PassageRow.merchant_id == merchant, col(PassageRow.text_hash).in_(list(hashes)))
        .distinct()
    ).scalars()
    return frozenset(found)


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
