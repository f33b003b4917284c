"""Asks the counter every question of a folder of shops, no database between: `python -m training.confidence.measure`.

With `--honest` each shop is judged by a judge that was trained without it.
"""

import argparse
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from rich.console import Console

from app.evaluation.scoring import Prediction, Question, Verdict, judge
from app.evaluation.table import print_misses, print_table
from assistant.confidence import Judge, default_judge
from assistant.counter import Counter
from training.confidence.examples import encode_all
from training.confidence.fit import SHOPS, fold_judges, gather, unseen_heads
from training.confidence.shops import Shop, shops
from training.confidence.vectors import KeptVectors

Judged = tuple[str, Question, Verdict, Prediction]


def ask(shop: Shop, counter: Counter, vectors: KeptVectors) -> list[Judged]:
    judged = []
    encode_all(shop, vectors)
    for question in shop.questions:
        answer = counter.answer(shop.turn(question), shop.shelf)
        prediction = Prediction(id=question.id, text=answer.text, abstained=answer.abstained)
        judged.append((shop.name, question, judge(question, prediction), prediction))
    return judged


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=SHOPS)
    parser.add_argument("--honest", action="store_true")
    parser.add_argument("--shops", nargs="*", default=[])
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--threshold", type=float, default=None)
    options = parser.parse_args()
    vectors = KeptVectors()
    heads = unseen_heads(vectors) if options.honest else {}
    made: Mapping[str, Judge] = fold_judges(gather()) if options.honest else {}
    threshold = options.threshold or default_judge().threshold
    judged: list[Judged] = []
    for shop in shops(options.folder, vectors, tuple(options.shops)):
        chosen = replace(made.get(shop.name, default_judge()), threshold=threshold)
        judged += ask(shop, Counter(vectors, judge=chosen, head=heads.get(shop.name)), vectors)
    console = Console(width=160)
    print_table(console, judged)
    print_misses(console, judged, options.show)


if __name__ == "__main__":
    main()
