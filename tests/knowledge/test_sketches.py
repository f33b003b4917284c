from dataclasses import dataclass, replace

import numpy as np
import psycopg
import pytest
from sqlalchemy import update
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select

from knowledge.embedding.encoder import TokenVectors
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.library import Library, Shelf, embed_missing
from knowledge.models import PassageRow, SketchRow, VectorRow
from knowledge.passages import PassageKind
from knowledge.sketches import encode_and_sketch
from knowledge.tasks import embed_merchant
from knowledge.vectors import count_missing, encode_passages, model_of
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import PARKING, SHOP
from tests.knowledge.test_library import Counting, Room, changed, full_shelf

TEXT, PHRASING = PassageKind.TEXT, PassageKind.PHRASING


@dataclass(frozen=True)
class Tally:
    """A sketcher whose sketch says its version and how many tokens it saw."""

    version: str = "1"

    def prepare(self, passage: TokenVectors, /) -> bytes:
        return f"{self.version}:{len(passage.tokens)}".encode()


FIRST, SECOND = Tally("1"), Tally("2")


def embed(shop: Shop, encoder: HashEncoder, sketcher: Tally | None, limit: int | None = None) -> int:
    with shop.mind.transaction(shop.merchant) as session:
        return embed_missing(session, shop.merchant, encoder, limit=limit, sketcher=sketcher)


def texts_of(shelf: Shelf) -> set[str]:
    return {one.text for one in shelf.index.passages if one.kind is TEXT}


def versions(shop: Shop) -> set[tuple[str, str]]:
    with shop.mind.transaction(shop.merchant) as session:
        return {(row.model, row.sketcher) for row in session.exec(select(SketchRow))}


def test_a_sketch_is_made_of_every_text_and_of_no_phrasing_in_the_pass_that_makes_the_vectors() -> None:
    encoder = Counting()
    texts = [(TEXT, "uno dos"), (PHRASING, "¿uno?"), (TEXT, "tres")]
    vectors, sketches = encode_and_sketch(encoder, FIRST, texts)
    assert sketches == {"uno dos": b"1:2", "tres": b"1:1"}
    assert encoder.encoded == 3
    np.testing.assert_allclose(vectors, encode_passages(encoder, texts), atol=1e-6)


def test_nothing_is_made_of_nothing() -> None:
    vectors, sketches = encode_and_sketch(HashEncoder(32), FIRST, [])
    assert vectors.shape == (0, 32)
    assert sketches == {}


def test_the_job_stores_a_sketch_of_every_live_text(stocked: Shop) -> None:
    encoder = Counting()
    library = Library([encoder], sketcher=FIRST)
    embed_merchant(Room(stocked.mind, library), stocked.merchant)
    made = encoder.encoded
    shelf = full_shelf(library, stocked)
    assert shelf.sketches.keys() == texts_of(shelf)
    assert shelf.sketches[next(iter(texts_of(shelf)))].startswith(b"1:")
    with stocked.mind.transaction(stocked.merchant) as session:
        assert made == len(set(session.exec(select(PassageRow.text_hash))))
    embed_merchant(Room(stocked.mind, library), stocked.merchant)
    assert encoder.encoded == made


def test_sketches_count_in_what_a_shelf_takes(stocked: Shop) -> None:
    embed(stocked, HashEncoder(32), FIRST)
    shelf = full_shelf(Library([HashEncoder(32)], sketcher=FIRST), stocked)
    bare = replace(shelf, sketches={})
    assert shelf.nbytes - bare.nbytes > sum(map(len, shelf.sketches.values()))


def test_a_sketcher_of_another_version_has_its_own_made_and_vectors_stay(
    stocked: Shop, administrator_url: str
) -> None:
    encoder = Counting()
    embed(stocked, encoder, FIRST)
    vectors = rows_of(administrator_url, "vector")
    shelf = full_shelf(Library([encoder], sketcher=SECOND), stocked)
    assert (shelf.sketches, shelf.index.missing_vectors) == ({}, 0)
    encoder.encoded = 0
    assert embed(stocked, encoder, SECOND, limit=3) == len(texts_of(shelf)) - 3
    assert versions(stocked) == {(model_of(encoder), "1"), (model_of(encoder), "2")}
    assert embed(stocked, encoder, SECOND) == 0
    assert encoder.encoded == len(texts_of(shelf))
    assert versions(stocked) == {(model_of(encoder), "2")}
    assert rows_of(administrator_url, "vector") == vectors


def rows_of(administrator_url: str, table: str) -> set[tuple[object, ...]]:
    """The rows as they lie there: one that was written anew has another place."""
    with psycopg.connect(administrator_url) as connection:
        return set(connection.execute(f"select ctid::text, text_hash from knowledge.{table}").fetchall())


def test_a_library_that_wants_sketches_orders_those_that_are_missing(
    stocked: Shop, administrator_url: str
) -> None:
    embed(stocked, HashEncoder(32), FIRST)

    def ordered() -> int:
        with psycopg.connect(administrator_url) as connection:
            row = connection.execute("select count(*) from jobs.procrastinate_jobs").fetchone()
        assert row is not None
        return int(row[0])

    before = ordered()
    full_shelf(Library([HashEncoder(32)]), stocked)
    full_shelf(Library([HashEncoder(32)], sketcher=FIRST), stocked)
    assert ordered() == before
    full_shelf(Library([HashEncoder(32)], sketcher=SECOND), stocked)
    assert ordered() == before + 1


def test_sketches_that_arrive_are_used_from_the_next_turn_on(stocked: Shop) -> None:
    embed(stocked, HashEncoder(32), None)
    library = Library([HashEncoder(32)], sketcher=FIRST)
    before = full_shelf(library, stocked)
    assert before.sketches == {}
    embed(stocked, HashEncoder(32), FIRST)
    assert full_shelf(library, stocked).sketches.keys() == texts_of(before)


def test_the_sketch_of_a_text_whose_vector_is_made_at_once_is_made_with_it(stocked: Shop) -> None:
    encoder = Counting()
    embed(stocked, encoder, FIRST)
    stocked.put(replace(SHOP, entries=changed(replace(PARKING, answer="No, ninguno."))))
    encoder.encoded = 0
    shelf = full_shelf(Library([encoder], sketcher=FIRST), stocked)
    assert shelf.sketches.keys() == texts_of(shelf)
    assert encoder.encoded == 2


def test_sketches_go_with_the_vectors_of_a_model_that_is_replaced(stocked: Shop) -> None:
    old, new = HashEncoder(32), HashEncoder(48)
    embed(stocked, old, FIRST)
    embed(stocked, new, FIRST, limit=4)
    assert full_shelf(Library([new, old], sketcher=FIRST), stocked).sketches
    embed(stocked, new, FIRST)
    assert versions(stocked) == {(model_of(new), "1")}


def test_a_process_without_a_sketcher_leaves_sketches_of_its_model_alone(stocked: Shop) -> None:
    encoder = HashEncoder(32)
    embed(stocked, encoder, FIRST)
    stocked.put(replace(SHOP, entries=changed(replace(PARKING, answer="No, ninguno."))))
    embed(stocked, encoder, None)
    assert versions(stocked) == {(model_of(encoder), "1")}


def test_sketches_of_another_merchant_are_not_seen(stocked: Shop) -> None:
    embed(stocked, HashEncoder(32), FIRST)
    with stocked.mind.transaction(stocked.neighbour().merchant) as session:
        assert session.exec(select(SketchRow)).all() == []


def test_the_mind_adds_and_removes_sketches_and_rewrites_none(stocked: Shop) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        stocked.mind.transaction(stocked.merchant) as session,
    ):
        session.execute(update(SketchRow).values(sketch=b""))


def test_what_is_missing_counts_vectors_and_sketches_once_each(stocked: Shop) -> None:
    encoder = HashEncoder(32)
    with stocked.mind.transaction(stocked.merchant) as session:
        model, merchant = model_of(encoder), stocked.merchant
        assert count_missing(session, merchant, model) == count_missing(
            session, merchant, model, sketcher="1"
        )
        embed_missing(session, merchant, encoder)
        assert count_missing(session, merchant, model) == 0
        told = set(session.exec(select(PassageRow.text_hash).where(PassageRow.kind == TEXT.value)))
        assert count_missing(session, merchant, model, sketcher="1") == len(told)
        assert len(session.exec(select(VectorRow)).all()) > len(told)
