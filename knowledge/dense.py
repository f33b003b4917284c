"""Cosine of a question with every passage of one merchant, in faiss.

Up to `FLAT_UP_TO` vectors everything is compared, because that is exact and takes a fraction of what the
question's own encoding takes; above, a graph (HNSW) looks only where it matters.
"""

from typing import Any

import faiss
import numpy as np
from numpy.typing import NDArray

from knowledge.errors import WrongVectors

FLAT_UP_TO = 20_000
CANDIDATES = 256
"""How many passages the graph is asked for."""
_LINKS = 32

Floats = NDArray[np.float32]


class DenseIndex:
    """Immutable after it is built. Rows of NaN are passages whose vector is not there yet."""

    def __init__(self, vectors: Floats, flat_up_to: int = FLAT_UP_TO) -> None:
        if vectors.ndim != 2:
            raise WrongVectors(f"expected a table of vectors, got {vectors.ndim} dimension(s)")
        self.rows, self._dimensions = vectors.shape
        self.present: NDArray[np.bool_] = np.logical_not(np.isnan(vectors).any(axis=1))
        self._row_of = np.flatnonzero(self.present)
        kept = np.ascontiguousarray(vectors[self.present], np.float32)
        self._flat = len(kept) <= flat_up_to
        self._index = _flat(kept) if self._flat else _graph(kept)

    @property
    def nbytes(self) -> int:
        links = 0 if self._flat else len(self._row_of) * _LINKS * 8
        return int(len(self._row_of) * self._dimensions * 4) + links + self.present.nbytes

    def scores(self, query: Floats, also: NDArray[np.int64]) -> Floats:
        """Cosine with every passage, NaN where there is no vector.

        The graph compares its best candidates and the rows in `also`; what it never looked at gets the
        lowest cosine it saw.
        """
        if query.shape != (self._dimensions,):
            raise WrongVectors(f"expected a vector of {self._dimensions}, got {query.shape}")
        scores = np.full(self.rows, np.nan, np.float32)
        if not len(self._row_of):
            return scores
        asked = np.ascontiguousarray(query[None], np.float32)
        scores[self._row_of] = self._all(asked) if self._flat else self._candidates(asked, also)
        return scores

    def _all(self, asked: Floats) -> Floats:
        """By faiss's own loop over the index's memory.

        Its `search` would also sort, and NumPy's product would wake BLAS threads: on a busy machine they wait
        for each other a hundred times longer than the product takes.
        """
        scores = np.empty(self._index.ntotal, np.float32)
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]  # not in its stubs
            faiss.swig_ptr(scores), faiss.swig_ptr(asked), self._index.get_xb(), self._dimensions, len(scores)
        )
        return scores

    def _candidates(self, asked: Floats, also: NDArray[np.int64]) -> Floats:
        cosines, rows = self._index.search(asked, min(CANDIDATES, self._index.ntotal))
        found = rows[0] >= 0
        scores = np.full(self._index.ntotal, cosines[0][found].min(initial=1.0), np.float32)
        scores[rows[0][found]] = cosines[0][found]
        extra = np.flatnonzero(np.isin(self._row_of, also))
        if len(extra):
            scores[extra] = self._index.reconstruct_batch(extra) @ asked[0]
        return scores


def _flat(vectors: Floats) -> Any:
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    return index


def _graph(vectors: Floats) -> Any:
    index = faiss.IndexHNSWFlat(vectors.shape[1], _LINKS, faiss.METRIC_INNER_PRODUCT)
    index.hnsw.efConstruction = 80
    index.hnsw.efSearch = CANDIDATES
    index.add(vectors)
    return index
