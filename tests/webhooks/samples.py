"""The webhook samples beside the project: captured, from Meta's and pywa's repositories, and authored."""

import json
from pathlib import Path
from typing import Any

import pytest

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "data"
WEBHOOKS = REFERENCE / "whatsapp_webhooks"

needs_reference = pytest.mark.skipif(
    not WEBHOOKS.is_dir(), reason=f"LOUD SKIP: {WEBHOOKS} is missing, so no payload sample was read"
)


def sample_paths() -> list[Path]:
    return sorted(WEBHOOKS.glob("*/*.json"))


def sample_name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def authored(name: str) -> bytes:
    return (WEBHOOKS / "authored" / f"{name}.json").read_bytes()


def reference(*parts: str) -> Any:
    return json.loads(REFERENCE.joinpath(*parts).read_text())
