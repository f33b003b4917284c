import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace

import psycopg
import pytest
from sqlmodel import select

from kernel.database import Database
from knowledge.embedding.encoder import TextKind, TokenVectors
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.entries import Entry
from knowledge.library import Library, Shelf, embed_missing
from knowledge.models import PassageRow
from knowledge.tasks import embed_merchant
from knowledge.vectors import Floats, model_of
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import PARKING, ROSCON, SHOP


class Counting(HashEncoder):
    """Knows how many texts it was given."""

    def __init__(self, dimensions: int = 32) -> None:
        super().__init__(dimensions)
        self.encoded = 0

    def encode_queries(self, texts: Sequence[str]) -> Floats:
        self.encoded += len(texts)
        return super().encode_queries(texts)

    def encode_documents(self, texts: Sequence[str]) -> Floats:
        self.encoded += len(texts)
        return super().encode_documents(texts)

    def encode_tokens(self, texts: Sequence[str], kind: TextKind) -> list[TokenVectors]:
        self.encoded += len(texts)
        return super().encode_tokens(texts, kind)


@pytest.fixture
def encoder() -> Counting:
    return Counting()


@pytest.fixture
def library(encoder: Counting) -> Library:
    return Library([encoder])


def shelf_of(library: Library, shop: Shop) -> Shelf | None:
    with shop.mind.transaction(shop.merchant) as session:
        return library.shelf(session, shop.merchant)


def full_shelf(library: Library, shop: Shop) -> Shelf:
    shelf = shelf_of(library, shop)
    assert shelf is not None
    return shelf


def embed(shop: Shop, encoder: HashEncoder) -> int:
    with shop.mind.transaction(shop.merchant) as session:
        return embed_missing(session, shop.merchant, encoder)


def found(shelf: Shelf, question: str) -> list[str]:
    vector = shelf.encoder.encode_queries([question])[0] if shelf.encoder else None
    return [hit.passage.text for hit in shelf.index.search(question, vector, 50)]


def changed(*entries: Entry) -> tuple[Entry, ...]:
    by_key = {entry.key: entry for entry in entries}
    return tuple(by_key.get(entry.key, entry) for entry in SHOP.entries)


def test_a_shelf_holds_the_entries_and_finds_them(stocked: Shop, library: Library) -> None:
    shelf = full_shelf(library, stocked)
    assert shelf.knowledge_base == replace(SHOP, version=1)
    assert shelf.version == 1
    assert "parqueadero" in found(shelf, "parqueadero")[0]


def test_a_merchant_without_a_publication_has_no_shelf(shop: Shop, library: Library) -> None:
    assert shelf_of(library, shop) is None


def test_the_same_shelf_serves_until_something_is_published(stocked: Shop, library: Library) -> None:
    embed(stocked, HashEncoder(32))
    first = full_shelf(library, stocked)
    assert full_shelf(library, stocked) is first
    stocked.put(replace(SHOP, entries=changed(replace(PARKING, answer="No."))))
    assert full_shelf(library, stocked).version == 2


def test_deleted_text_is_never_found_again(stocked: Shop, library: Library) -> None:
    assert any("parqueadero" in text for text in found(full_shelf(library, stocked), "parqueadero"))
    stocked.put(replace(SHOP, entries=tuple(entry for entry in SHOP.entries if entry != PARKING)))
    shelf = full_shelf(library, stocked)
    assert not any("parqueadero" in text for text in found(shelf, "parqueadero"))
    assert shelf.knowledge_base.entry(PARKING.key) is None


def test_a_transaction_of_another_merchant_gets_nothing_from_a_warm_shelf(
    stocked: Shop, library: Library
) -> None:
    full_shelf(library, stocked)
    with stocked.mind.transaction(stocked.neighbour().merchant) as session:
        assert library.shelf(session, stocked.merchant) is None


def test_it_is_the_policy_that_keeps_merchants_apart(
    stocked: Shop, library: Library, administrator_url: str
) -> None:
    """The guard, broken on purpose: without it the neighbour's transaction would be given the shelf."""
    full_shelf(library, stocked)
    with psycopg.connect(administrator_url, autocommit=True) as connection:
        connection.execute("alter table knowledge.head disable row level security")
    with stocked.mind.transaction(stocked.neighbour().merchant) as session:
        assert library.shelf(session, stocked.merchant) is not None


def test_stored_vectors_are_used_and_nothing_is_encoded_again(
    stocked: Shop, library: Library, encoder: Counting
) -> None:
    assert embed(stocked, HashEncoder(32)) == 0
    shelf = full_shelf(library, stocked)
    assert encoder.encoded == 0
    assert shelf.index.missing_vectors == 0
    assert shelf.model == model_of(encoder)


def test_a_few_missing_vectors_are_made_at_once(stocked: Shop, library: Library, encoder: Counting) -> None:
    embed(stocked, HashEncoder(32))
    stocked.put(replace(SHOP, entries=changed(replace(PARKING, answer="No, ninguno."))))
    assert full_shelf(library, stocked).index.missing_vectors == 0
    assert encoder.encoded == 2


def test_many_missing_vectors_are_left_to_the_job_and_words_serve_meanwhile(
    stocked: Shop, library: Library, encoder: Counting, administrator_url: str
) -> None:
    shelf = full_shelf(library, stocked)
    assert encoder.encoded == 0
    assert shelf.index.missing_vectors == len(shelf.index.passages)
    assert found(shelf, "roscón de arequipe")[0].startswith("Roscón")
    with psycopg.connect(administrator_url) as connection:
        row = connection.execute("select count(*) from jobs.procrastinate_jobs").fetchone()
    assert row == (2,)  # the publication's own, and the one ordered here


def test_vectors_that_arrive_are_used_from_the_next_turn_on(
    stocked: Shop, library: Library, encoder: Counting
) -> None:
    before = full_shelf(library, stocked)
    embed(stocked, encoder)
    after = full_shelf(library, stocked)
    assert before.index.missing_vectors
    assert after.index.missing_vectors == 0


def test_while_a_model_is_changed_the_old_one_serves(stocked: Shop) -> None:
    old, new = HashEncoder(32), HashEncoder(48)
    embed(stocked, old)
    library = Library([new, old])
    assert full_shelf(library, stocked).encoder is old
    with stocked.mind.transaction(stocked.merchant) as session:
        assert embed_missing(session, stocked.merchant, new, limit=5) > 0
    assert full_shelf(library, stocked).encoder is old
    assert embed(stocked, new) == 0
    shelf = full_shelf(library, stocked)
    assert shelf.encoder is new
    assert shelf.index.missing_vectors == 0


def test_where_the_old_model_is_gone_words_serve_until_the_new_one_is_ready(stocked: Shop) -> None:
    embed(stocked, HashEncoder(32))
    shelf = full_shelf(Library([HashEncoder(48)]), stocked)
    assert shelf.index.missing_vectors == len(shelf.index.passages)
    assert found(shelf, "parqueadero")


def test_without_any_model_words_serve(stocked: Shop) -> None:
    shelf = full_shelf(Library([]), stocked)
    assert (shelf.encoder, shelf.model) == (None, "")
    assert "parqueadero" in found(shelf, "parqueadero")[0]


def test_shelves_not_used_for_long_make_room(stocked: Shop, encoder: Counting) -> None:
    embed(stocked, encoder)
    neighbour = stocked.neighbour()
    neighbour.put()
    embed(neighbour, encoder)
    size = full_shelf(Library([encoder]), stocked).nbytes
    library = Library([encoder], max_bytes=size + size // 2)
    first = full_shelf(library, stocked)
    full_shelf(library, neighbour)
    assert library.nbytes <= size + size // 2
    assert full_shelf(library, stocked) is not first


def test_progress_is_told(stocked: Shop, encoder: Counting) -> None:
    told: list[tuple[int, int]] = []
    with stocked.mind.transaction(stocked.merchant) as session:
        embed_missing(session, stocked.merchant, encoder, lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] == encoder.encoded
    assert [done for done, _ in told] == sorted(done for done, _ in told)


@dataclass(frozen=True)
class Room:
    database: Database
    library: Library


def test_the_job_makes_every_vector_and_can_be_run_again(
    stocked: Shop, library: Library, encoder: Counting
) -> None:
    embed_merchant(Room(stocked.mind, library), stocked.merchant)
    made = encoder.encoded
    assert full_shelf(library, stocked).index.missing_vectors == 0
    embed_merchant(Room(stocked.mind, library), stocked.merchant)
    assert encoder.encoded == made > 0


def test_threads_share_a_library(stocked: Shop, library: Library, encoder: Counting) -> None:
    embed(stocked, encoder)
    versions: list[int] = []

    def use() -> None:
        versions.extend(full_shelf(library, stocked).version for _ in range(5))

    threads = [threading.Thread(target=use) for _ in range(3)]
    for thread in threads:
        thread.start()
    stocked.put(replace(SHOP, entries=changed(replace(ROSCON, name="Otro roscón"))))
    for thread in threads:
        thread.join()
    assert len(versions) == 15
    assert set(versions) <= {1, 2}
    assert full_shelf(library, stocked).knowledge_base.entry(ROSCON.key) != ROSCON


def test_text_in_the_database_is_what_the_shelf_searches(stocked: Shop, library: Library) -> None:
    with stocked.mind.transaction(stocked.merchant) as session:
        stored = set(session.exec(select(PassageRow.text)))
    assert {passage.text for passage in full_shelf(library, stocked).index.passages} == stored
