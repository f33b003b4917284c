"""How well messages are read by heads that never saw their shop: `python -m training.intents.measure`.

Every shop is left out in turn with others of its fold; what is printed is over all messages, each read by a head
that was trained without its shop. A marked time counts as what the engine makes of its words alone, so the figure
for times here says whether the right words were taken, not whether they were read rightly: `training/dates` does.
"""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console

from app.evaluation.intent_frames import Frame
from app.evaluation.intent_scoring import score_intents
from app.evaluation.intent_table import print_confusions, print_misread, print_score
from assistant.understanding.deciding import decide
from knowledge.embedding.loading import load_encoder
from training.intents.data import Example, encoded, examples, shop_questions
from training.intents.fit import MODEL, VECTORS, Material, Plan, fit, material
from training.intents.frames import gold_frame, read_frame

FOLDS = 5


def folds(lines: Sequence[Example], count: int = FOLDS) -> Iterator[tuple[list[int], list[int]]]:
    """Places to train on and places to read; whole shops go together, those of the measured kind only are read."""
    shops = sorted({one.shop for one in lines})
    for number in range(count):
        held = set(shops[number::count])
        out = [place for place, one in enumerate(lines) if one.shop in held]
        yield [place for place, one in enumerate(lines) if one.shop not in held], out


def crossed(given: Material, plan: Plan | None = None) -> dict[int, Frame]:
    """For each message what is read of it by a head that never saw its shop."""
    found = {}
    for inside, out in folds(given.examples):
        head = fit(given.only(inside), plan)
        for place in out:
            read = given.reads[place]
            chances = head.chances(given.rows[place], given.vectors[place])
            found[place] = read_frame(read, decide(read, chances).kinds, str(place))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, default=MODEL)
    parser.add_argument("--show", type=int, default=0, help="how many misreadings to print")
    options = parser.parse_args()
    console = Console(highlight=False, width=150)
    lines = examples() + shop_questions()
    held = encoded([one.text for one in lines], load_encoder(options.model, threads=2), VECTORS)
    given = material(lines, held)
    found = crossed(given)
    _report_questions(console, lines, found)
    lines = [one for one in lines if one.own]
    gold = [gold_frame(one, str(place)) for place, one in enumerate(lines)]
    _report(console, lines, gold, found, options.show)


def _report_questions(console: Console, lines: Sequence[Example], found: dict[int, Frame]) -> None:
    """How many questions of the training shops would not reach the counter."""
    read = [found[place].intents for place, one in enumerate(lines) if not one.own]
    lost = sum(bool(kinds) and "question" not in kinds for kinds in read)
    console.print(f"questions of the training shops: {len(read)}, read as something else: {lost}")


def _report(
    console: Console, lines: Sequence[Example], gold: Sequence[Frame], found: dict[int, Frame], show: int
) -> None:
    for language in ("es", "pt", "en", None):
        places = [place for place, one in enumerate(lines) if language in (one.language, None)]
        chosen, said = [gold[place] for place in places], [found[place] for place in places]
        console.rule(language or "all")
        result = score_intents(chosen, said)
        if language is None:
            print_score(console, result)
            print_confusions(console, chosen, said, result)
        else:
            console.print(f"micro F1 {result.micro_f1:.3f}, whole frame exact {result.all_exact:.3f}")
    texts = {str(place): f"@{one.awaiting or '-'} {one.text}" for place, one in enumerate(lines)}
    print_misread(console, gold, {one.id: one for one in found.values()}, texts, show)


if __name__ == "__main__":
    main()
