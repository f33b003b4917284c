"""Another model than the built-in one, through the same class."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.errors import ModelUnavailable
from knowledge.embedding.loading import load_encoder


def prompted(folder: Path, target: Path) -> Path:
    """A copy whose settings put a prefix before each kind of text."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(folder), device="cpu")
    model.prompts = {"query": "hora : ", "document": "precio precio : "}
    model.save(str(target), create_model_card=False)
    return target


def test_another_model_is_known_by_its_place_and_its_weights(other: Encoder, other_folder: Path) -> None:
    assert other.name == str(other_folder)
    assert other.dimensions == 16
    assert load_encoder(other_folder).version == other.version


def test_other_settings_are_another_version(other: Encoder, other_folder: Path, tmp_path: Path) -> None:
    encoder = load_encoder(prompted(other_folder, tmp_path / "prompted"))
    assert encoder.version != other.version


def test_the_prefixes_come_from_the_models_own_settings(
    other_folder: Path, other: Encoder, tmp_path: Path
) -> None:
    encoder = load_encoder(prompted(other_folder, tmp_path / "prompted"))
    np.testing.assert_allclose(
        encoder.encode_queries(["hola"]), other.encode_queries(["hora : hola"]), atol=1e-5
    )
    np.testing.assert_allclose(
        encoder.encode_documents(["hola"]), other.encode_documents(["precio precio : hola"]), atol=1e-5
    )
    for kind in ("query", "document"):
        (found,) = encoder.encode_tokens(["hola"], kind)
        assert found.offsets.tolist() == [[0, 4]]


def test_other_weights_are_another_version(other: Encoder, other_folder: Path, tmp_path: Path) -> None:
    import torch
    from transformers import BertModel

    changed = shutil.copytree(other_folder, tmp_path / "changed")
    model = BertModel.from_pretrained(changed)
    with torch.no_grad():
        model.embeddings.word_embeddings.weight[5, 0] += 0.5
    model.save_pretrained(changed)
    assert load_encoder(changed).version != other.version


def test_offsets_of_another_model_are_its_own_tokenizers(other: Encoder) -> None:
    (found,) = other.encode_tokens(["hola ¡reservas!"], "query")
    assert found.offsets.tolist() == [[0, 4], [5, 6], [6, 13], [13, 14], [14, 15]]


def test_code_that_a_model_brings_along_is_not_run(other_folder: Path, tmp_path: Path) -> None:
    evil = shutil.copytree(other_folder, tmp_path / "evil")
    (evil / "evil.py").write_text("raise SystemExit('ran')")
    (evil / "modules.json").write_text(json.dumps([{"idx": 0, "name": "0", "path": "", "type": "evil.Evil"}]))
    with pytest.raises(ModelUnavailable, match="trust_remote_code"):
        load_encoder(evil)
