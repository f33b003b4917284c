"""Boosted trees of scikit-learn as the arrays that `assistant.confidence` reads."""

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from assistant.confidence import Trees


def learner() -> HistGradientBoostingClassifier:
    return HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.06, max_leaf_nodes=12, min_samples_leaf=30, l2_regularization=2.0, random_state=0
    )


def as_trees(model: HistGradientBoostingClassifier) -> Trees:
    nodes = [one[0].nodes for one in model._predictors]  # noqa: SLF001 - scikit-learn has no public export
    width = max(map(len, nodes))
    shape = (len(nodes), width)
    feature, left, right = (np.zeros(shape, np.int16) for _ in range(3))
    threshold, value = (np.zeros(shape, np.float32) for _ in range(2))
    for row, tree in enumerate(nodes):
        here = np.arange(len(tree))
        leaf = tree["is_leaf"].astype(bool)
        feature[row, : len(tree)] = tree["feature_idx"]
        threshold[row, : len(tree)] = np.where(leaf, 0, tree["num_threshold"])
        left[row, : len(tree)] = np.where(leaf, here, tree["left"])
        right[row, : len(tree)] = np.where(leaf, here, tree["right"])
        value[row, : len(tree)] = np.where(leaf, tree["value"], 0)
    depth = max(int(tree["depth"].max()) for tree in nodes)
    baseline = float(np.asarray(model._baseline_prediction).ravel()[0])  # noqa: SLF001
    return Trees(feature, threshold, left, right, value, baseline, depth)
