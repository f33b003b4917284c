import json
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import WeightsDoNotFitError
from assistant.evidence import EvidenceHead, evidence_head
from assistant.evidence_question import MARKS, SCALARS, AskedWords, Sought
from knowledge.embedding.encoder import TokenVectors
from knowledge.terms import analyzer

STORED = Path(__file__).parent / "data" / "evidence_examples.npz"


def stored_examples():
    """Questions of the recipe with their passages' token vectors, and the scores that the trained model gave them."""
    with np.load(STORED) as held:
        for told in json.loads(str(held["examples"])):
            number = told["number"]
            question = TokenVectors(
                tokens=held[f"{number}-q"].astype(np.float32),
                offsets=held[f"{number}-o"],
                pooled=np.zeros(384, np.float32),
            )
            passages = [
                TokenVectors(
                    tokens=held[f"{number}-p{at}"].astype(np.float32),
                    offsets=np.zeros((0, 2), np.int32),
                    pooled=np.zeros(384, np.float32),
                )
                for at in range(len(told["sought"]))
            ]
            yield told, question, passages


def words_of(told):
    weights = told["weights"]
    return AskedWords.of(
        told["text"], analyzer(tuple(told["languages"])), lambda term: weights.get(term, 0.0)
    )


class ReadBefore:
    """Question words whose marks and scalars are those of the training, whatever the word tables say by now."""

    def __init__(self, number):
        with np.load(STORED) as held:
            self._marks, self._scalars = held[f"{number}-marks"], held[f"{number}-scalars"]
        self._given = iter(self._marks)

    def marks(self, _offsets, _missing):
        return next(self._given)

    def scalars(self, _sought):
        return self._scalars


def scores_of(head, told, question, passages):
    sought = [Sought(**one) for one in told["sought"]]
    return head.score(question, ReadBefore(told["number"]), [head.prepare(one) for one in passages], sought)


def weights():
    return dict(np.load(Path("assistant/weights/evidence.npz")))


def test_the_shipped_head_gives_the_scores_that_training_measured():
    for told, question, passages in stored_examples():
        scores = scores_of(evidence_head(), told, question, passages)
        # One byte a number costs a little; without it the two agree to a thousandth (next test).
        np.testing.assert_allclose(scores, told["scores"], atol=0.08)


def test_without_rounding_numpy_and_the_trained_model_agree_to_a_thousandth(monkeypatch):
    head = evidence_head()
    monkeypatch.setattr("assistant.evidence._unpacked", lambda told, _width: told)
    for told, question, passages in stored_examples():
        exact = [head._linear("tell", _scaled(one.tokens[:120])) for one in passages]
        sought = [Sought(**one) for one in told["sought"]]
        scores = head.score(question, ReadBefore(told["number"]), exact, sought)
        np.testing.assert_allclose(scores, told["scores"], atol=1e-3)


def _scaled(tokens):
    return tokens / np.linalg.norm(tokens, axis=1, keepdims=True) * np.sqrt(tokens.shape[1])


def test_scores_of_the_same_question_are_the_same_every_time():
    told, question, passages = next(stored_examples())
    first = scores_of(evidence_head(), told, question, passages)
    assert np.array_equal(first, scores_of(evidence_head(), told, question, passages))


def test_a_passage_that_answers_outranks_those_that_do_not():
    answered = [one for one in stored_examples() if 1 in one[0]["target"]]
    assert answered
    for told, question, passages in answered:
        head = evidence_head()
        sought = [Sought(**one) for one in told["sought"]]
        scores = head.score(question, words_of(told), [head.prepare(one) for one in passages], sought)
        assert told["target"][int(scores.argmax())] == 1, told["text"]


def test_scores_do_not_depend_on_the_other_passages_but_for_the_lead():
    told, question, passages = next(stored_examples())
    head, words = evidence_head(), words_of(told)
    sought = [Sought(**one) for one in told["sought"]]
    prepared = [head.prepare(one) for one in passages]
    order = list(reversed(range(len(passages))))
    turned = head.score(question, words, [prepared[at] for at in order], [sought[at] for at in order])
    np.testing.assert_allclose(turned[::-1], head.score(question, words, prepared, sought), atol=1e-4)


def test_no_passages_have_no_scores():
    told, question, _ = next(stored_examples())
    assert evidence_head().score(question, words_of(told), [], []).shape == (0,)


def test_a_question_of_no_words_is_answered_by_nothing():
    told, _, passages = next(stored_examples())
    nothing = TokenVectors(
        tokens=np.zeros((0, 384), np.float32),
        offsets=np.zeros((0, 2), np.int32),
        pooled=np.zeros(384, np.float32),
    )
    words = AskedWords.of("", analyzer(("es",)), lambda _term: 0.0)
    head = evidence_head()
    scores = head.score(nothing, words, [head.prepare(passages[0])], [Sought(**told["sought"][0])])
    assert scores.tolist() == [-10.0]


@pytest.mark.parametrize("name", ["version", "marks", "scalars"])
def test_weights_trained_on_other_features_are_refused(name):
    with pytest.raises(WeightsDoNotFitError):
        EvidenceHead(weights() | {name: np.array("another")})


def test_weights_that_do_not_say_what_they_fit_are_refused():
    with pytest.raises(WeightsDoNotFitError):
        EvidenceHead({name: value for name, value in weights().items() if name != "version"})


def test_a_passage_prepared_by_another_version_is_refused():
    told, question, passages = next(stored_examples())
    head = evidence_head()
    stale = b"\x00" + head.prepare(passages[0])[1:]
    with pytest.raises(WeightsDoNotFitError):
        head.score(question, words_of(told), [stale], [Sought(**told["sought"][0])])


def test_a_prepared_passage_is_a_byte_a_number():
    _, _, passages = next(stored_examples())
    width = weights()["tell.bias"].shape[0]
    assert len(evidence_head().prepare(passages[0])) == 4 + len(passages[0].tokens[:120]) * (width + 2)


def test_every_mark_and_scalar_has_its_column():
    told, question, _ = next(stored_examples())
    words = words_of(told)
    sought = [Sought(**one) for one in told["sought"]]
    assert words.scalars(sought).shape == (len(sought), len(SCALARS))
    assert words.marks(question.offsets, frozenset()).shape == (len(question.tokens), len(MARKS))


def test_a_telling_word_that_the_passage_lacks_is_marked_on_all_its_tokens():
    words = AskedWords.of("venden acuarelas", analyzer(("es",)), lambda _term: 3.0)
    offsets = np.array([[0, 6], [7, 11], [11, 16]], np.int32)
    term = analyzer(("es",)).telling("acuarelas")[0]
    marks = words.marks(offsets, frozenset({term}))
    assert marks[:, MARKS.index("missing")].tolist() == [0.0, 1.0, 1.0]
    assert words.marks(offsets, frozenset())[1:, MARKS.index("held")].tolist() == [1.0, 1.0]


def test_the_version_changes_with_the_side_that_is_kept():
    other = weights()
    other["tell.bias"] = other["tell.bias"] + 1
    assert EvidenceHead(other).version != evidence_head().version == EvidenceHead(weights()).version
