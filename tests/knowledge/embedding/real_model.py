"""The built-in model for tests, of this folder and of others: unpacked once on this machine, loaded once per run.

Use `real_encoder()` where a test needs real meaning; it costs seconds and half a gigabyte the first time. Everything else
should use `knowledge.embedding.hash_encoder.HashEncoder`, which costs nothing.
"""

from functools import cache
from pathlib import Path

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.loading import load_encoder
from knowledge.embedding.model_folder import unpack

MODEL_FOLDER = Path(__file__).parents[3] / ".mostrador" / "model"


@cache
def model_folder() -> Path:
    return unpack(MODEL_FOLDER)


@cache
def real_encoder() -> Encoder:
    return load_encoder(model_folder(), threads=2)
