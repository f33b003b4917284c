"""The rewritten scorer gives the verdicts of the original, on every reference answer and on its refusals."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from app.evaluation.scoring import Prediction, Question, Verdict, judge, normalised, read_questions, score

ROOT = Path(__file__).resolve().parents[2]
ORIGINAL = ROOT.parent / "shared" / "evaluation" / "score.py"
SHOPS = ROOT / "training" / "shops"

QUESTION = Question(
    id="q",
    text="¿cuánto?",
    kind="answerable",
    now=None,
    tag="-",
    all_of=(r"45\.?000",),
    none_of=(r"95\.?000",),
    unknown_part=False,
)


def predict(text: str, *, abstained: bool = False) -> Prediction:
    return Prediction(id="q", text=text, abstained=abstained)


@pytest.mark.parametrize(
    ("text", "abstained", "verdict"),
    [
        ("Cuesta *$ 45.000*", False, Verdict.CORRECT),
        ("45.000 o 95.000", False, Verdict.MIXED),
        ("95.000", False, Verdict.WRONG),
        ("45.000", True, Verdict.MISSED),
    ],
)
def test_an_answerable_question_is_judged_by_its_patterns(
    text: str, abstained: bool, verdict: Verdict
) -> None:
    assert judge(QUESTION, predict(text, abstained=abstained)) is verdict


def test_shares_count_what_they_say() -> None:
    result = score([(QUESTION, Verdict.CORRECT), (QUESTION, Verdict.WRONG)])
    assert (result.correct, result.wrong, result.wrong_of_all, result.smalltalk_ok) == (50, 50, 50, None)


@pytest.fixture(scope="module")
def original() -> ModuleType:
    if not ORIGINAL.exists():
        pytest.skip(
            "the shared evaluation folder is not beside the project: the original scorer cannot be asked"
        )
    spec = importlib.util.spec_from_file_location("original_scorer", ORIGINAL)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_verdicts_are_those_of_the_original(original: ModuleType) -> None:
    files = sorted(SHOPS.glob("*/questions.jsonl"))
    assert files
    for file in files:
        rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
        for question, row in zip(read_questions(file), rows, strict=True):
            for text in (row["expect"].get("reference", ""), "No tengo esa información", "sí, cuesta 45.000"):
                for abstained in (True, False):
                    mine = judge(question, Prediction(id=question.id, text=text, abstained=abstained))
                    theirs, _ = original.judge(row, {"text": text, "abstained": abstained})
                    assert mine.value == theirs, (question.id, text)


def test_text_is_normalised_as_the_original_does(original: ModuleType) -> None:
    text = "  ¿A *cómo*  la\u00a0Limpieza_?  ÑANDÚ\u200b "
    assert normalised(text) == original.norm(text)
