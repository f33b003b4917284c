from collections.abc import Sequence

import numpy as np
from sqlmodel import select

from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.models import VectorRow
from knowledge.passages import PassageKind
from knowledge.store import count_missing, head, missing_vectors, store_vectors
from knowledge.vectors import Floats, encode_passages, model_of, stored_vectors
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import SHOP

ENCODER = HashEncoder(32)
MODEL = model_of(ENCODER)


def test_a_model_s_name_holds_its_version() -> None:
    assert f"{ENCODER.name}@{ENCODER.version}" == MODEL


def test_phrasings_are_encoded_as_questions_and_texts_as_documents() -> None:
    class Told(HashEncoder):
        def encode_queries(self, texts: Sequence[str]) -> Floats:
            return np.full((len(texts), 32), 1, np.float32)

        def encode_documents(self, texts: Sequence[str]) -> Floats:
            return np.full((len(texts), 32), 2, np.float32)

    kinds = (PassageKind.TEXT, PassageKind.PHRASING, PassageKind.TEXT)
    assert encode_passages(Told(32), [(kind, "x") for kind in kinds])[:, 0].tolist() == [2, 1, 2]
    assert encode_passages(ENCODER, []).shape == (0, 32)


def test_every_live_text_is_missing_once_until_it_is_stored(stocked: Shop) -> None:
    with stocked.mind.transaction(stocked.merchant) as session:
        missing = missing_vectors(session, stocked.merchant, MODEL)
        assert (
            len({text.text_hash for text in missing})
            == len(missing)
            == count_missing(session, stocked.merchant, MODEL)
        )
        some = missing[:3]
        vectors = encode_passages(ENCODER, [(text.kind, text.text) for text in some])
        store_vectors(
            session,
            stocked.merchant,
            MODEL,
            {text.text_hash: row for text, row in zip(some, vectors, strict=True)},
        )
        assert count_missing(session, stocked.merchant, MODEL) == len(missing) - 3
        assert len(missing_vectors(session, stocked.merchant, MODEL, limit=2)) == 2
        assert len(missing_vectors(session, stocked.merchant, "other@1")) == len(missing)


def test_vectors_come_back_in_half_precision_and_holes_are_marked(stocked: Shop) -> None:
    with stocked.mind.transaction(stocked.merchant) as session:
        first, second, *_ = missing_vectors(session, stocked.merchant, MODEL)
        vector = encode_passages(ENCODER, [(first.kind, first.text)])[0]
        store_vectors(session, stocked.merchant, MODEL, {first.text_hash: vector})
        hashes = [second.text_hash, first.text_hash]
        back = stored_vectors(session, stocked.merchant, MODEL, hashes, 32)
        wrong = stored_vectors(session, stocked.merchant, MODEL, hashes, 64)
    assert np.isnan(back[0]).all()
    np.testing.assert_allclose(back[1], vector, atol=1e-3)
    assert np.isnan(wrong).all()


def test_a_vector_of_text_that_is_no_longer_live_is_not_kept(stocked: Shop) -> None:
    with stocked.mind.transaction(stocked.merchant) as session:
        store_vectors(session, stocked.merchant, MODEL, {"0" * 32: np.ones(32, np.float32)})
        assert session.exec(select(VectorRow)).all() == []


def test_a_model_takes_over_when_all_its_vectors_are_there_and_not_before(stocked: Shop) -> None:
    def serving() -> str:
        with stocked.mind.transaction(stocked.merchant) as session:
            found = head(session, stocked.merchant)
        assert found is not None
        return found.serving_model

    def store(model: str, limit: int | None = None) -> None:
        with stocked.mind.transaction(stocked.merchant) as session:
            texts = missing_vectors(session, stocked.merchant, model, limit)
            store_vectors(
                session, stocked.merchant, model, {text.text_hash: np.ones(32, np.float32) for text in texts}
            )

    def models() -> set[str]:
        with stocked.mind.transaction(stocked.merchant) as session:
            return set(session.exec(select(VectorRow.model)))

    store("old@1", 5)
    assert serving() == ""
    store("old@1")
    assert serving() == "old@1"
    store("new@1", 5)
    assert (serving(), models()) == ("old@1", {"old@1", "new@1"})
    store("new@1")
    assert (serving(), models()) == ("new@1", {"new@1"})


def test_a_model_that_has_nothing_new_leaves_copies_as_they_are(stocked: Shop) -> None:
    def store() -> int:
        with stocked.mind.transaction(stocked.merchant) as session:
            texts = missing_vectors(session, stocked.merchant, MODEL)
            vectors = {text.text_hash: np.ones(32, np.float32) for text in texts}
            store_vectors(session, stocked.merchant, MODEL, vectors)
        with stocked.mind.transaction(stocked.merchant) as session:
            found = head(session, stocked.merchant)
        assert found is not None
        return found.vector_revision

    assert store() == store() == 1


def test_vectors_of_another_merchant_are_not_seen(stocked: Shop) -> None:
    with stocked.mind.transaction(stocked.merchant) as session:
        (text, *_) = missing_vectors(session, stocked.merchant, MODEL)
        store_vectors(session, stocked.merchant, MODEL, {text.text_hash: np.ones(32, np.float32)})
    neighbour = stocked.neighbour()
    neighbour.put(SHOP)
    with stocked.mind.transaction(neighbour.merchant) as session:
        assert np.isnan(stored_vectors(session, stocked.merchant, MODEL, [text.text_hash], 32)).all()
        assert missing_vectors(session, stocked.merchant, MODEL) == ()
