"""The scorer's tables of intents, for people."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from app.evaluation.intent_frames import Frame
from app.evaluation.intent_scoring import ACTIONS, IntentScore, agree, confusions


def print_score(console: Console, result: IntentScore) -> None:
    """Figures over all messages, each intent, each detail."""
    console.print(
        f"{result.messages} messages; intents: micro F1 [bold]{result.micro_f1:.3f}[/bold], macro {result.macro_f1:.3f}, "
        f"exact {result.intents_exact:.3f}; details exact {result.slots_exact:.3f}; "
        f"whole frame exact [bold]{result.all_exact:.3f}[/bold]",
        soft_wrap=True,
    )
    if result.unpredicted:
        console.print(f"{result.unpredicted} messages have no prediction")
    console.print(_labels(result), _slots(result))


def _labels(result: IntentScore) -> Table:
    table = Table("intent", title="intents")
    for heading in ("n", "precision", "recall", "F1"):
        table.add_column(heading, justify="right")
    for label, share in result.labels.items():
        table.add_row(
            label, str(share.gold), f"{share.precision:.3f}", f"{share.recall:.3f}", f"{share.f1:.3f}"
        )
    return table


def _slots(result: IntentScore) -> Table:
    table = Table("detail", title="details")
    for heading in ("n", "exact", "lenient", "missing", "spurious"):
        table.add_column(heading, justify="right")
    for name, share in result.slots.items():
        exact, lenient = (f"{count / max(1, share.gold):.3f}" for count in (share.exact, share.lenient))
        table.add_row(name, str(share.gold), exact, lenient, str(share.missing), str(share.spurious))
    return table


def print_confusions(
    console: Console, gold: Sequence[Frame], predicted: Sequence[Frame], result: IntentScore
) -> None:
    """Which action was read as which, and what must never happen."""
    by_id = {one.id: one for one in predicted}
    found = confusions([(one, by_id[one.id]) for one in gold if one.id in by_id])
    columns = [*ACTIONS, "nothing"]
    table = Table("meant", *columns, title="booking actions: meant and read")
    for action in ACTIONS:
        table.add_row(action, *(str(found.get((action, read), 0) or "·") for read in columns))
    console.print(table)
    _print_pairs(console, "a booking action read as a different one", result.harmful)
    _print_pairs(console, "an opt-out, an erasure or a wish for a person missed", result.missed)


def _print_pairs(console: Console, title: str, pairs: Sequence[tuple[Frame, Frame]]) -> None:
    colour = "red" if pairs else "green"
    console.print(f"[{colour}]●[/{colour}] {title}: {len(pairs)}")
    for gold, said in pairs:
        console.print(f"    {gold.id}: meant {_kinds(gold)}, read {_kinds(said)}", soft_wrap=True)


def print_misread(
    console: Console,
    gold: Sequence[Frame],
    predicted: Mapping[str, Frame],
    texts: Mapping[str, str],
    limit: int,
) -> None:
    """The first messages whose frame is not exactly right."""
    wrong = [one for one in gold if one.id not in predicted or not agree(one, predicted[one.id])]
    for one in wrong[:limit]:
        said = predicted.get(one.id)
        console.print(f"[bold]{one.id}[/bold] {escape(texts[one.id])}", soft_wrap=True)
        console.print(f"    meant {escape(f'{_kinds(one)} {dict(one.slots)}')}", soft_wrap=True, style="dim")
        read = f"{_kinds(said)} {dict(said.slots)}" if said else "nothing"
        console.print(f"    read  {escape(read)}", soft_wrap=True, style="dim")


def _kinds(frame: Frame) -> str:
    return "+".join(sorted(frame.intents)) or "nothing"
