"""The public question sets as pretend merchants: paragraphs cut to the length of a card, questions with theirs."""

import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from knowledge.passages import Passage
from knowledge.sentences import sentences
from training.evidence.samples import Ask, Merchant, text_passage

FOLDER = Path("../shared/evaluation/public")
_CARD = 380


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def windows(text: str, size: int = _CARD) -> list[str]:
    """Sentences joined to pieces of at most `size` characters (one long sentence stays whole)."""
    pieces: list[str] = []
    for sentence in sentences(text):
        if pieces and len(pieces[-1]) + len(sentence) < size:
            pieces[-1] = f"{pieces[-1]} {sentence}"
        else:
            pieces.append(sentence)
    return pieces


def public_topics(dataset: str, folder: Path = FOLDER) -> list[Merchant]:
    """One `Merchant` a title: all its cards and questions; `merchants` mixes titles."""
    cards, titles = _cards(dataset, folder)
    asks: dict[str, list[Ask]] = defaultdict(list)
    for row in _rows(folder / f"{dataset}.jsonl"):
        asks[titles[row["context_id"]]].append(_ask(row, cards))
    by_title: dict[str, list[Passage]] = defaultdict(list)
    for context, pieces in cards.items():
        by_title[titles[context]] += pieces
    languages = ("en",) if dataset.endswith("en") else ("es",)
    return [
        Merchant(title, tuple(by_title[title]), tuple(asks[title]), languages, group=title)
        for title in by_title
    ]


def _cards(dataset: str, folder: Path) -> tuple[dict[str, list[Passage]], dict[str, str]]:
    cards, titles = {}, {}
    for row in _rows(folder / "contexts.jsonl"):
        if row["dataset"] == dataset:
            context = row["context_id"]
            cards[context] = [
                text_passage(f"{context}#{at}", text) for at, text in enumerate(windows(row["text"]))
            ]
            titles[context] = f"{dataset}/{context.split('/')[1]}"
    return cards, titles


def _ask(row: dict[str, Any], cards: dict[str, list[Passage]]) -> Ask:
    pieces = cards[row["context_id"]]
    holding = frozenset(card.citation for card in pieces if any(said in card.text for said in row["answers"]))
    near = frozenset(card.citation for card in pieces)
    if not row["answerable"]:
        return Ask(
            row["question"], kind="adversarial", tag=row["context_id"], lang=row["lang"], name=row["qid"]
        )
    first = (
        frozenset([next(card.citation for card in pieces if card.citation in holding)]) if holding else near
    )
    return Ask(row["question"], first, near - first, tag=row["context_id"], lang=row["lang"], name=row["qid"])


def merchants(topics: Sequence[Merchant], count: int, seed: int) -> list[Merchant]:
    """Pretend merchants of 40 to 120 cards of several titles, with the questions of the chosen cards."""
    rng = random.Random(seed)
    return [_pretend(topics, rng, at) for at in range(count)]


def _pretend(topics: Sequence[Merchant], rng: random.Random, at: int) -> Merchant:
    size = rng.randint(40, 120)
    cards: list[Passage] = []
    asks: list[Ask] = []
    while len(cards) < size:
        topic = rng.choice(topics)
        contexts = sorted({card.citation.split("#")[0] for card in topic.passages})
        start = rng.randrange(len(contexts))
        chosen = set(contexts[start : start + rng.randint(3, 8)])
        known = {card.citation for card in cards}
        cards += [
            card
            for card in topic.passages
            if card.citation.split("#")[0] in chosen and card.citation not in known
        ]
        asks += [ask for ask in topic.asks if ask.tag in chosen and ask not in asks]
    return Merchant(f"public-{at}", tuple(cards), tuple(asks), topics[0].languages, "public")
