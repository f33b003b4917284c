import numpy as np
import pytest

from assistant.confidence import default_judge, read_judge
from assistant.errors import WeightsDoNotFitError
from assistant.features import FEATURES


def test_the_stored_weights_fit_the_features():
    judge = default_judge()
    rows = np.zeros((3, len(FEATURES)), np.float32)
    shares = judge.confidences(rows)
    assert shares.shape == (3,)
    assert 0 <= shares.sum() <= 1


def test_no_candidate_has_no_confidence():
    assert len(default_judge().confidences(np.zeros((0, len(FEATURES)), np.float32))) == 0


def test_weights_of_other_features_are_refused():
    with pytest.raises(WeightsDoNotFitError):
        read_judge({"features": np.array(["something", "else"])})
