"""`python -m training.evidence`: encode what is missing, measure by shops left out, train on all, write the weights."""

import argparse
from pathlib import Path

import torch

from training.evidence.export import WEIGHTS, export
from training.evidence.fit import scores
from training.evidence.measure import figures
from training.evidence.model import EvidenceModel
from training.evidence.recipe import (
    Material,
    baselines,
    fold_heads,
    material,
    public_examples,
    trained_head,
    unseen_scores,
)  # fmt: skip
from training.evidence.shops import shops
from training.evidence.stored import store_examples
from training.evidence.token_store import FOLDER, TokenStore

PUBLIC = {"squad_es_v2": 14, "xquad_es": 6, "xquad_en": 6}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m training.evidence", description=__doc__)
    parser.add_argument(
        "--measure", action="store_true", help="only print the table, leave the weights alone"
    )
    only_measure = parser.parse_args().measure
    torch.set_num_threads(1)
    store = TokenStore()
    what = material(shops(), store)
    _measure(what, store)
    if not only_measure:
        head = trained_head(what.trained, store)
        export(head, store)
        store_examples(head, store)
        print(f"{WEIGHTS}: {WEIGHTS.stat().st_size / 1024:.0f} KiB")
        _measure_public(head, store)


def _measure(what: Material, store: TokenStore) -> None:
    print(f"{len({one.group for one in what.measured})} shops, each measured by a head that never saw it")
    for name, found in baselines(what).items():
        print(f"{name:24s}{figures(what.measured, found).line()}")
    heads = fold_heads(what, store)
    print(f"{'evidence head':24s}{figures(what.measured, unseen_scores(what, heads, store)).line()}")
    folder = Path(FOLDER) / "folds"
    folder.mkdir(exist_ok=True)
    for number, (fold, head) in enumerate(heads.items()):
        export(head, store, folder / f"{number}.npz", unseen=",".join(sorted(fold)))


def _measure_public(head: EvidenceModel, store: TokenStore) -> None:
    """Paragraphs of an encyclopaedia, none of which was trained on: how far what was learnt on shops carries."""
    for dataset, count in PUBLIC.items():
        asked = public_examples(dataset, count, store)
        found = scores(head, asked, store)
        print(f"{dataset}: 'unanswerable' are SQuAD's adversarial questions")
        for name, row in {"cosine": 0, "idf coverage": 3}.items():
            line = figures(asked, [one.scalars[:, row] for one in asked], ("adversarial",)).line()
            print(f"{name:24s}{line}")
        print(f"{'evidence head':24s}{figures(asked, found, ('adversarial',)).line()}")


if __name__ == "__main__":
    main()
