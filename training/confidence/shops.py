"""Labelled shops laid out like the evaluation cases, loaded for search without a database."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from app.evaluation.scoring import Question, read_questions
from assistant.turns import Turn
from knowledge.embedding.encoder import TextKind
from knowledge.entries import KnowledgeBase
from knowledge.index import MerchantIndex
from knowledge.interchange import load_merchant
from knowledge.passages import PassageKind, cut_all
from training.confidence.vectors import KeptVectors

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
ANY_TIME = "2026-11-24T10:30"


@dataclass(frozen=True, slots=True)
class LoadedShelf:
    knowledge_base: KnowledgeBase
    index: MerchantIndex
    encoder: KeptVectors
    sketches: Mapping[str, bytes] = field(default_factory=dict)
    """None are kept: each shop is asked with a head that was trained without it."""


@dataclass(frozen=True, slots=True)
class Shop:
    name: str
    shelf: LoadedShelf
    questions: tuple[Question, ...]

    def turn(self, question: Question) -> Turn:
        zone = ZoneInfo(self.shelf.knowledge_base.profile.timezone)
        return Turn(
            text=question.text, asked_at=datetime.fromisoformat(question.now or ANY_TIME).replace(tzinfo=zone)
        )


def shops(folder: Path, vectors: KeptVectors, names: tuple[str, ...] = ()) -> Iterator[Shop]:
    """Every shop of a folder that has questions, in order of name."""
    for place in sorted(folder.iterdir()):
        if (place / "questions.jsonl").exists() and (not names or place.name in names):
            base = load_merchant(place / "merchant.yaml", [SEEDS]).knowledge_base
            if base is not None:
                yield Shop(place.name, shelf_of(base, vectors), read_questions(place / "questions.jsonl"))


def shelf_of(base: KnowledgeBase, vectors: KeptVectors) -> LoadedShelf:
    passages = cut_all(base)
    table = np.full((len(passages), 384), np.nan, np.float32)
    kinds: dict[PassageKind, TextKind] = {PassageKind.TEXT: "document", PassageKind.PHRASING: "query"}
    for kind, name in kinds.items():
        places = [place for place, passage in enumerate(passages) if passage.kind is kind]
        if places:
            table[places] = vectors.pooled([passages[place].text for place in places], name)
    index = MerchantIndex.build(passages, table, languages=base.profile.languages)
    return LoadedShelf(base, index, vectors)
