"""How an answer is judged: the rules of `../shared/evaluation/score.py`, in house style.

Patterns and prediction are compared in normalised text (no accents, lower case, blanks collapsed, WhatsApp's
marks removed). An answer is correct when every `all_of` pattern matches and no `none_of` pattern does.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

_MARKS = re.compile(r"[*_~`\u200b]")
_BLANKS = re.compile(r"\s+")


class Verdict(StrEnum):
    CORRECT = "correct"
    MIXED = "mixed"
    WRONG = "wrong"
    MISSED = "missed"
    ABSTAINED = "abstained"
    LEAKED = "abstained_but_leaks"
    INVENTED = "invented"
    OK = "ok"
    NOT_OK = "not_ok"


GOOD = frozenset({Verdict.CORRECT, Verdict.ABSTAINED, Verdict.OK})
ANSWERABLE = frozenset({"answerable", "multi"})
REFUSABLE = frozenset({"unanswerable", "out_of_scope"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A labelled question. `now`: local ISO time at which it is asked, where that matters."""

    id: str
    text: str
    kind: str
    now: str | None
    tag: str
    all_of: tuple[str, ...]
    none_of: tuple[str, ...]
    unknown_part: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    id: str
    text: str
    abstained: bool


def read_questions(file: Path) -> tuple[Question, ...]:
    """The questions of one merchant's `questions.jsonl`."""
    rows = (json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip())
    return tuple(_question(row) for row in rows)


def _question(row: Mapping[str, Any]) -> Question:
    expect = row["expect"]
    return Question(
        id=row["id"],
        text=row["text"],
        kind=row["kind"],
        now=row.get("now"),
        tag=row.get("tag", "-"),
        all_of=tuple(expect.get("all_of", ())),
        none_of=tuple(expect.get("none_of", ())),
        unknown_part=bool(expect.get("unknown_part")),
    )


def normalised(text: str) -> str:
    plain = unicodedata.normalize("NFKD", _MARKS.sub("", text))
    return _BLANKS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c)).lower()).strip()


def judge(question: Question, prediction: Prediction) -> Verdict:
    """The verdict on one prediction."""
    text = normalised(prediction.text)
    missing = any(not re.search(pattern, text) for pattern in question.all_of)
    forbidden = any(re.search(pattern, text) for pattern in question.none_of)
    if question.kind in ANSWERABLE:
        return _judge_answer(question, prediction, missing=missing, forbidden=forbidden)
    if question.kind in REFUSABLE:
        if not prediction.abstained:
            return Verdict.INVENTED
        return Verdict.LEAKED if forbidden else Verdict.ABSTAINED
    return Verdict.OK if text and not prediction.abstained else Verdict.NOT_OK


def _judge_answer(question: Question, prediction: Prediction, *, missing: bool, forbidden: bool) -> Verdict:
    if prediction.abstained and not question.unknown_part:
        return Verdict.MISSED
    if missing:
        return Verdict.WRONG
    return Verdict.MIXED if forbidden else Verdict.CORRECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Shares over a set of judged questions, in percent; None where there was nothing to judge."""

    answerable: int
    correct: float | None
    wrong: float | None
    missed: float | None
    unanswerable: int
    unanswerable_recall: float | None
    out_of_scope: int
    out_of_scope_recall: float | None
    smalltalk: int
    smalltalk_ok: float | None
    wrong_of_all: float | None
    """Wrong, mixed, invented or leaking replies among all replies."""


Judged = Sequence[tuple[Question, Verdict]]


def score(judged: Judged) -> Score:
    answers = [verdict for question, verdict in judged if question.kind in ANSWERABLE]
    unanswerable = [verdict for question, verdict in judged if question.kind == "unanswerable"]
    outside = [verdict for question, verdict in judged if question.kind == "out_of_scope"]
    smalltalk = [verdict for question, verdict in judged if question.kind == "smalltalk"]
    bad = {Verdict.WRONG, Verdict.MIXED, Verdict.INVENTED, Verdict.LEAKED}
    return Score(
        answerable=len(answers),
        correct=_share(answers, {Verdict.CORRECT}),
        wrong=_share(answers, {Verdict.WRONG, Verdict.MIXED}),
        missed=_share(answers, {Verdict.MISSED}),
        unanswerable=len(unanswerable),
        unanswerable_recall=_share(unanswerable, {Verdict.ABSTAINED}),
        out_of_scope=len(outside),
        out_of_scope_recall=_share(outside, {Verdict.ABSTAINED}),
        smalltalk=len(smalltalk),
        smalltalk_ok=_share(smalltalk, {Verdict.OK}),
        wrong_of_all=_share([verdict for _, verdict in judged], bad),
    )


def _share(verdicts: Iterable[Verdict], good: set[Verdict]) -> float | None:
    counted = list(verdicts)
    return 100 * sum(verdict in good for verdict in counted) / len(counted) if counted else None
