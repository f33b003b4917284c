from datetime import timedelta

from sqlalchemy import text

from knowledge.entries import EntryKey
from knowledge.gaps import Gap, GapId, GapStatus
from knowledge.models import PassageRow
from knowledge.store import Published, answer_gap, dismiss_gap, gaps, learn_phrasing, record_gap
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import PARKING, SHOP


def ask(shop: Shop, question: str) -> None:
    with shop.mind.transaction(shop.merchant) as session:
        record_gap(session, shop.merchant, question, language="es", at=shop.clock.now())


def open_gaps(shop: Shop, status: GapStatus = GapStatus.OPEN) -> tuple[Gap, ...]:
    with shop.edge.transaction(shop.merchant) as session:
        return gaps(session, shop.merchant, status)


def phrasings_of(shop: Shop, key: str) -> set[str]:
    with shop.mind.transaction(shop.merchant) as session:
        rows = session.execute(
            text("select text from knowledge.passage where entry_key = :key and kind = 'phrasing'"),
            {"key": key},
        )
        return set(rows.scalars())


def test_the_mind_files_what_it_could_not_answer(shop: Shop) -> None:
    ask(shop, "¿Hacen tatuajes?")
    (gap,) = open_gaps(shop)
    assert (gap.question, gap.language, gap.count, gap.answered_by) == ("¿Hacen tatuajes?", "es", 1, None)
    assert gap.first_at == gap.last_at == shop.clock.now()


def test_the_same_question_is_counted_and_not_filed_again(shop: Shop) -> None:
    ask(shop, "¿Hacen tatuajes?")
    shop.clock.advance(timedelta(hours=1))
    ask(shop, "HACEN TATUAJES")
    ask(shop, "venden café")
    assert [(gap.question, gap.count) for gap in open_gaps(shop)] == [
        ("¿Hacen tatuajes?", 2),
        ("venden café", 1),
    ]
    assert open_gaps(shop)[0].last_at == shop.clock.now()


def test_who_asked_is_not_kept(shop: Shop) -> None:
    ask(shop, "soy Ana Ruiz, 300 555 0182, ¿hacen tatuajes?")
    assert open_gaps(shop)[0].question == "soy [name], [number], ¿hacen tatuajes?"


def test_what_says_nothing_is_not_filed(shop: Shop) -> None:
    ask(shop, "😀")
    assert open_gaps(shop) == ()


def test_a_very_long_question_is_cut(shop: Shop) -> None:
    ask(shop, "hola " * 900)
    assert len(open_gaps(shop)[0].question) == 500


def test_a_gap_answered_with_an_entry_teaches_its_words(stocked: Shop) -> None:
    ask(stocked, "dónde dejo el carro")
    (gap,) = open_gaps(stocked)
    with stocked.edge.transaction(stocked.merchant) as session:
        outcome = answer_gap(session, stocked.clock, stocked.merchant, gap.id, PARKING.key, actor="owner")
    assert outcome == Published(version=2, added=0, changed=0, removed=0)
    assert phrasings_of(stocked, PARKING.key) == {PARKING.question, "dónde dejo el carro"}
    assert open_gaps(stocked) == ()
    assert open_gaps(stocked, GapStatus.ANSWERED)[0].answered_by == PARKING.key
    assert stocked.live().entries == SHOP.entries


def test_an_answered_gap_that_is_asked_again_is_open_again(stocked: Shop) -> None:
    ask(stocked, "dónde dejo el carro")
    with stocked.edge.transaction(stocked.merchant) as session:
        answer_gap(
            session, stocked.clock, stocked.merchant, open_gaps(stocked)[0].id, PARKING.key, actor="owner"
        )
    ask(stocked, "donde dejo el carro?")
    assert [gap.count for gap in open_gaps(stocked)] == [2]


def test_a_dismissed_gap_stays_dismissed(shop: Shop) -> None:
    ask(shop, "¿Hacen tatuajes?")
    with shop.edge.transaction(shop.merchant) as session:
        dismiss_gap(session, shop.merchant, gaps(session, shop.merchant)[0].id)
    ask(shop, "¿Hacen tatuajes?")
    assert open_gaps(shop) == ()
    assert open_gaps(shop, GapStatus.DISMISSED)[0].count == 2


def test_a_gap_that_is_not_there_is_answered_by_nothing(stocked: Shop) -> None:
    with stocked.edge.transaction(stocked.merchant) as session:
        gap = GapId(stocked.merchant)
        assert answer_gap(session, stocked.clock, stocked.merchant, gap, PARKING.key, actor="owner") is None


def test_what_was_learnt_goes_with_its_entry(stocked: Shop) -> None:
    with stocked.edge.transaction(stocked.merchant) as session:
        learn_phrasing(
            session, stocked.clock, stocked.merchant, EntryKey("f1"), "dejar el carro", actor="owner"
        )
    stocked.put(type(SHOP)(profile=SHOP.profile, entries=SHOP.entries[:5]))
    with stocked.edge.transaction(stocked.merchant) as session:
        assert session.execute(text("select count(*) from knowledge.learnt_phrasing")).scalar_one() == 0
        assert session.get(PassageRow, (stocked.merchant, "f1", 0)) is None


def test_gaps_of_another_merchant_are_not_seen(shop: Shop) -> None:
    ask(shop, "¿Hacen tatuajes?")
    with shop.edge.transaction(shop.neighbour().merchant) as session:
        assert gaps(session, shop.merchant) == ()
