"""A few questions with all that the head looks at, and its scores: what a test holds the shipped head to."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from training.evidence.examples import Exam, Example, Sight, ensure
from training.evidence.fit import scores
from training.evidence.model import EvidenceModel
from training.evidence.samples import Ask, Merchant, text_passage
from training.evidence.token_store import TokenStore

PLACE = Path("tests/assistant/data/evidence_examples.npz")
_MERCHANT = Merchant(
    "ejemplo",
    tuple(
        text_passage(key, text)
        for key, text in (
            ("f1", "¿Tienen parqueadero? Sí, hay parqueadero para clientes al lado de la entrada."),
            ("f2", "¿Qué garantía dan? Tres meses por defectos de fábrica, presentando la factura."),
            ("c1", "Mesa de comedor seis puestos. Madera de cedro. Precio: $1.250.000."),
            ("c2", "Silla de comedor. Madera de cedro. Precio: $180.000."),
            ("p1", "Las visitas a domicilio se hacen de lunes a viernes y se descuentan del trabajo."),
        )
    ),
    (
        Ask("tienen donde parquear el carro?", frozenset({"f1"})),
        Ask("cuanto vale la mesa de comedor", frozenset({"c1"})),
        Ask("y si sale mala q garantia hay", frozenset({"f2"})),
        Ask("venden colchones?", kind="unanswerable"),
    ),
)


def store_examples(model: EvidenceModel, store: TokenStore, place: Path = PLACE) -> None:
    """Writes the examples; token vectors in half precision, as they were trained on."""
    ensure([_MERCHANT], store)
    exam = Exam(_MERCHANT, store, training=False)
    examples = list(exam.examples(removed=False))
    arrays: dict[str, NDArray[Any]] = {}
    told = []
    for number, (ask, one, row) in enumerate(
        zip(_MERCHANT.asks, examples, scores(model, examples, store), strict=True)
    ):
        told.append(_told(number, exam.sight(ask), one) | {"scores": row.tolist()})
        question = store.get(ask.text, "query")
        arrays |= {f"{number}-q": question.tokens, f"{number}-o": question.offsets}
        arrays |= {f"{number}-marks": one.marks, f"{number}-scalars": one.scalars}
        arrays |= {
            f"{number}-p{at}": store.get(text, "document").tokens for at, text in enumerate(one.passages)
        }
    place.parent.mkdir(exist_ok=True)
    arrays["examples"] = np.array(json.dumps(told, ensure_ascii=False))
    np.savez_compressed(place, **arrays)  # type: ignore[arg-type]  # numpy types its own option as taking any name


def _told(number: int, sight: Sight, example: Example) -> dict[str, Any]:
    terms = {term for found in sight.words.terms for term in found}
    return {
        "number": number,
        "text": example.question,
        "languages": _MERCHANT.languages,
        "weights": {term: sight.index.idf(term) for term in sorted(terms)},
        "sought": [asdict(one) | {"missing": sorted(one.missing)} for one in sight.sought],
        "target": example.target.tolist(),
    }
