"""`python -m training.scope [--model FOLDER]`: trains the scope head and writes `assistant/weights/scope.npz`."""

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from assistant.scope import SIGN_NAMES, Head
from assistant.scope_signs import ScopeKind
from knowledge.embedding.loading import load_encoder
from training.scope.data import Floats, Line, encoded, examples, features, shop_lines
from training.scope.fit import Plan, fit
from training.scope.measure import by_fold, by_shop, report, verdicts

_WEIGHTS = Path(__file__).parents[2] / "assistant" / "weights" / "scope.npz"
_Folds = Callable[[list[Line]], Iterator[tuple[str, list[int], list[int]]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=Path(".mostrador/model"))
    parser.add_argument("--cache", type=Path, default=Path(".mostrador/training/scope_vectors.npz"))
    options = parser.parse_args()
    lines, unseen = examples() + shop_lines(), examples("unseen")
    vectors = encoded(lines + unseen, load_encoder(options.model, threads=2), options.cache)
    rows, centre = _rows(lines, vectors)

    def fitted(numbers: list[int]) -> Head:
        return fit(rows[numbers], [lines[number] for number in numbers], centre, Plan())

    for title, folds in (("shops, each left out in turn", by_shop), ("own examples, five folds", by_fold)):
        report(title, lines, _left_out(lines, vectors, folds, fitted))
    head = fitted(list(range(len(lines))))
    report("unseen examples", unseen, verdicts(unseen, vectors, range(len(unseen)), head))
    _write(head)


def _rows(lines: list[Line], vectors: dict[str, Floats]) -> tuple[Floats, Floats]:
    zero = np.zeros_like(next(iter(vectors.values())))
    rows = features(lines, vectors, zero)
    centre = rows[:, : len(zero)].mean(axis=0)
    rows[:, : len(zero)] -= centre
    return rows, centre


def _left_out(
    lines: list[Line], vectors: dict[str, Floats], folds: _Folds, fitted: Callable[[list[int]], Head]
) -> dict[int, dict[float, ScopeKind]]:
    found: dict[int, dict[float, ScopeKind]] = {}
    for _, rest, held in folds(lines):
        found |= verdicts(lines, vectors, held, fitted(rest))
    return found


def _write(head: Head) -> None:
    kinds = np.asarray([kind.value for kind in ScopeKind])
    np.savez(
        _WEIGHTS,
        centre=head.centre,
        weights=head.weights,
        bias=head.bias,
        kinds=kinds,
        signs=np.asarray(SIGN_NAMES),
    )
    print(f"{_WEIGHTS.name}: {_WEIGHTS.stat().st_size / 1024:.0f} KiB")


if __name__ == "__main__":
    main()
