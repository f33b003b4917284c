"""The scorer's table, for people."""

from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.evaluation.scoring import GOOD, Prediction, Question, Score, Verdict, score

Judged = Sequence[tuple[str, Question, Verdict, Prediction]]


def print_table(console: Console, judged: Judged) -> None:
    """A line for each merchant and one for all."""
    table = Table(title="answers, in percent")
    table.add_column("merchant")
    for heading in (
        "n",
        "correct",
        "wrong",
        "missed",
        "unansw.",
        "recall",
        "outside",
        "recall",
        "small talk",
        "ok",
        "wrong of all",
    ):
        table.add_column(heading, justify="right")
    for name in sorted({name for name, *_ in judged}):
        table.add_row(name, *_cells(score([(q, v) for merchant, q, v, _ in judged if merchant == name])))
    table.add_section()
    table.add_row("all", *_cells(score([(q, v) for _, q, v, _ in judged])))
    console.print(table)


def _cells(result: Score) -> list[str]:
    return [
        str(result.answerable),
        *(_share(share) for share in (result.correct, result.wrong, result.missed)),
        str(result.unanswerable),
        _share(result.unanswerable_recall),
        str(result.out_of_scope),
        _share(result.out_of_scope_recall),
        str(result.smalltalk),
        _share(result.smalltalk_ok),
        _share(result.wrong_of_all),
    ]


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1f}"


def print_misses(console: Console, judged: Judged, limit: int) -> None:
    """The first replies that were not right, with what was said."""
    misses = [row for row in judged if row[2] not in GOOD]
    for _, question, verdict, prediction in misses[:limit]:
        console.print(f"[bold]{verdict.value}[/bold] {question.id} {escape(question.text)}", soft_wrap=True)
        console.print(f"    → {escape(prediction.text)}", soft_wrap=True, style="dim")
