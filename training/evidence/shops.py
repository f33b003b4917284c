"""Our own labelled shops as merchants: the passages that search sees, and the questions that need one of them."""

import json
import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from knowledge.interchange import load_merchant
from knowledge.passages import cut_all
from training.evidence.samples import Ask, Merchant

FOLDER = Path("training/shops")
# Opening hours are computed, not found: no passage answers them.
_COMPUTED = ("hours", "special:")
_MOST_ALSO = 3


def shops(folder: Path = FOLDER) -> list[Merchant]:
    return [shop(path.parent) for path in sorted(folder.glob("*/questions.jsonl"))]


def shop(folder: Path) -> Merchant:
    base = load_merchant(folder / "merchant.yaml").knowledge_base
    if base is None:
        raise ValueError(folder)
    passages = cut_all(base)
    texts: dict[str, str] = {}
    for passage in passages:
        texts[passage.citation] = f"{texts.get(passage.citation, '')} {passage.text}".strip()
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    asks = tuple(ask for row in rows if (ask := _ask(row, texts)) is not None)
    return Merchant(folder.name, passages, asks, base.profile.languages, group=folder.name)


def _ask(row: dict[str, Any], texts: dict[str, str]) -> Ask | None:
    expect, kind = row["expect"], row["kind"]
    answers = frozenset(expect.get("entries", ()))
    if kind in ("smalltalk", "multi") or any(key.startswith(_COMPUTED) for key in answers):
        return None
    if kind == "answerable" and not answers & texts.keys():
        raise ValueError((row["id"], sorted(answers)))
    also = frozenset(key for key, text in texts.items() if answers and _satisfies(text, expect)) - answers
    # What many passages satisfy ("no") says nothing about any of them.
    also = also if len(also) <= _MOST_ALSO else frozenset()
    return Ask(row["text"], answers & texts.keys(), also, kind, row.get("tag", ""), row["lang"], row["id"])


def _satisfies(text: str, expect: dict[str, Any]) -> bool:
    plain = _plain(text)
    needed = [pattern for pattern in expect["all_of"] if not pattern.startswith(("^si", "\\bno\\b", "^no"))]
    wrong = any(re.search(pattern, plain) for pattern in expect["none_of"])
    return bool(needed) and not wrong and all(re.search(pattern, plain) for pattern in needed)


def _plain(text: str) -> str:
    parts = unicodedata.normalize("NFKD", re.sub("[*_~]", "", text).lower())
    return " ".join("".join(char for char in parts if not unicodedata.combining(char)).split())


def texts_of(merchants: Iterable[Merchant]) -> set[str]:
    return {passage.text for merchant in merchants for passage in merchant.passages}
