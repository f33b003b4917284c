"""How well the head does on lines that it was not trained on."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.scope import Head, Scope
from assistant.scope_signs import OUTSIDE, ScopeKind
from training.scope.data import Line, spelt

Floats = NDArray[np.float32]
Fitted = Callable[[Sequence[int]], Head]

_FOLDS = 5
_LABELS = ("answerable", "multi", "unanswerable", "out_of_scope")


def by_shop(lines: list[Line]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Each shop in turn: the numbers of the lines to train on, and of those of the shop."""
    for shop in sorted({one.source for one in lines if one.source not in ("es", "pt", "en")}):
        held = [number for number, one in enumerate(lines) if one.source == shop]
        yield shop, [number for number in range(len(lines)) if lines[number].source != shop], held


def by_fold(lines: list[Line]) -> Iterator[tuple[str, list[int], list[int]]]:
    """Every fifth of our own examples left out in turn."""
    own = [number for number, one in enumerate(lines) if one.source in ("es", "pt", "en")]
    for fold in range(_FOLDS):
        held = own[fold::_FOLDS]
        out = set(held)
        yield f"fold {fold}", [number for number in range(len(lines)) if number not in out], held


def table_by_label(
    lines: list[Line], verdicts: dict[int, dict[float, ScopeKind]], labels: Sequence[str] = _LABELS
) -> None:
    """Shares flagged, at each assumed coverage by the merchant's own knowledge."""
    coverages = sorted(next(iter(verdicts.values())))
    print(f"  {'':14}{'lines':>6}" + "".join(f"  in_domain {coverage:.1f}" for coverage in coverages))
    for label in labels:
        numbers = [number for number in verdicts if lines[number].label == label]
        if numbers:
            shares = [
                np.mean([verdicts[number][coverage] is not ScopeKind.IN for number in numbers])
                for coverage in coverages
            ]
            print(f"  {label:14}{len(numbers):>6}" + "".join(f"{100 * share:14.1f}%" for share in shares))


def verdicts(
    lines: list[Line], vectors: dict[str, Floats], numbers: Sequence[int], head: Head
) -> dict[int, dict[float, ScopeKind]]:
    scope = Scope(head)
    return {
        number: {
            coverage: scope.verdict(lines[number].text, vectors[spelt(lines[number].text)], coverage).kind
            for coverage in (0.0, 0.5, 0.9)
        }
        for number in numbers
    }


def report(title: str, lines: list[Line], found: dict[int, dict[float, ScopeKind]]) -> None:
    print(title)
    own = lines[next(iter(found))].source in ("es", "pt", "en")
    table_by_label(lines, found, [kind.value for kind in (*OUTSIDE, ScopeKind.IN)] if own else _LABELS)
    outside = [number for number in found if lines[number].kind is not ScopeKind.IN]
    caught = [number for number in outside if found[number][0.0] is not ScopeKind.IN]
    named = sum(found[number][0.0] is lines[number].kind for number in caught)
    print(
        f"  outside: {len(caught)} of {len(outside)} caught at in_domain 0, {named} of these by their own kind"
    )
