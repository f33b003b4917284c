"""The trained head as the file that the product ships."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.evidence import VERSION
from assistant.evidence_question import MARKS, SCALARS
from training.evidence.model import EvidenceModel
from training.evidence.token_store import TokenStore

WEIGHTS = Path("assistant/weights/evidence.npz")


def export(model: EvidenceModel, store: TokenStore, path: Path = WEIGHTS, **more: str) -> None:
    """Writes the weights, the projection on the main axes folded into the first layers."""
    weights = {key: value.detach().numpy() for key, value in model.state_dict().items()}
    mean, axes = store.axes
    for side in ("ask", "tell"):
        folded = weights[f"{side}.weight"] @ axes
        weights[f"{side}.bias"] = weights[f"{side}.bias"] - folded @ mean
        weights[f"{side}.weight"] = folded
    told = {
        "version": str(VERSION),
        "marks": ",".join(MARKS),
        "scalars": ",".join(SCALARS),
        **more,
    }
    numbers = {key: value.astype(np.float32) for key, value in weights.items()}
    arrays: dict[str, NDArray[Any]] = numbers | {key: np.array(value) for key, value in told.items()}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]  # numpy types its own option as taking any name
