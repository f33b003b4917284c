import subprocess
import sys

import pytest

from knowledge import store

HEAVY = {"faiss", "onnxruntime", "torch", "sentence_transformers", "tokenizers"}


@pytest.mark.parametrize(
    "module", ["store", "interchange", "documents.extract", "documents.catalogue", "models"]
)
def test_what_the_edge_uses_loads_no_model_and_no_index(module: str) -> None:
    code = f"import sys, knowledge.{module}; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not HEAVY & set(loaded.split())


def test_every_public_name_is_there() -> None:
    assert all(hasattr(store, name) for name in store.__all__)
