"""The whole recipe: data, folds, training, figures."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from knowledge.passages import PassageKind
from training.evidence.examples import Exam, Example, ensure
from training.evidence.fit import Plan, fit, fresh, logistic, scores
from training.evidence.model import EvidenceModel, Shape
from training.evidence.public import merchants, public_topics
from training.evidence.samples import Merchant
from training.evidence.token_store import TokenStore

FOLDS: Final = 4
SHAPE: Final = Shape(width=32, heads=4, hidden=32, out=24, last=24)
PLAN: Final = Plan(epochs=4, rate=1.5e-3)

Scores = list[NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Material:
    """The examples of all shops as they are measured and as they are trained on."""

    measured: list[Example]
    trained: list[Example]

    @property
    def folds(self) -> list[frozenset[str]]:
        groups = sorted({one.group for one in self.measured})
        return [frozenset(groups[at::FOLDS]) for at in range(FOLDS)]


def material(known: Sequence[Merchant], store: TokenStore) -> Material:
    ensure(known, store)
    texts = [passage.text for one in known for passage in one.passages if passage.kind is PassageKind.TEXT]
    store.learn_axes(texts, "document")
    measured = [one for merchant in known for one in Exam(merchant, store, training=False).examples()]
    trained = [one for merchant in known for one in Exam(merchant, store, training=True).examples()]
    return Material(measured, trained)


def public_examples(dataset: str, count: int, store: TokenStore) -> list[Example]:
    """Questions to pretend merchants that are made of one public set."""
    pretended = merchants(public_topics(dataset), count, PLAN.seed)
    ensure(pretended, store)
    return [one for merchant in pretended for one in Exam(merchant, store, training=False).examples()]


def trained_head(examples: Sequence[Example], store: TokenStore) -> EvidenceModel:
    """What nobody can answer counts twice: it is rarer than what was taken away, and is what the product meets."""
    weighed = [*examples, *(one for one in examples if one.kind == "unanswerable")]
    return fit(fresh(weighed, store, SHAPE, PLAN.seed), weighed, store, PLAN)


def fold_heads(what: Material, store: TokenStore) -> dict[frozenset[str], EvidenceModel]:
    """A head for each fold, which never saw the shops of that fold."""
    return {
        fold: trained_head([one for one in what.trained if one.group not in fold], store)
        for fold in what.folds
    }


def unseen_scores(what: Material, heads: Mapping[frozenset[str], EvidenceModel], store: TokenStore) -> Scores:
    """For every measured example the scores of the head that never saw its shop."""
    found: dict[int, NDArray[np.float32]] = {}
    for fold, head in heads.items():
        held = [one for one in what.measured if one.group in fold]
        found.update(zip(map(id, held), scores(head, held, store), strict=True))
    return [found[id(one)] for one in what.measured]


def baselines(what: Material) -> dict[str, Scores]:
    """What the head must beat, on the same examples; the regression is trained on the same folds."""
    rows = [one.scalars for one in what.measured]
    fitted: dict[int, NDArray[np.float32]] = {}
    for fold in what.folds:
        held = [one for one in what.measured if one.group in fold]
        others = [one for one in what.trained if one.group not in fold]
        fitted.update(zip(map(id, held), logistic(others, held), strict=True))
    return {
        "cosine": [row[:, 0] for row in rows],
        "fused search": [row[:, 2] for row in rows],
        "idf coverage": [row[:, 3] for row in rows],
        "cosine + 0.1 coverage": [np.asarray(row[:, 0] + row[:, 3], np.float32) for row in rows],
        "logistic of scalars": [fitted[id(one)] for one in what.measured],
    }
