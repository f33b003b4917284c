from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError
from sqlmodel import select

from kernel import ledger
from kernel.settings import Room
from knowledge.conflicts import Conflict
from knowledge.entries import Entry, EntryKey, Faq, KnowledgeBase
from knowledge.models import EntryRevisionRow, PassageRow, SketchRow, VectorRow
from knowledge.store import (
    Published,
    Unchanged,
    UnknownVersion,
    head,
    history,
    import_knowledge,
    load,
    restore,
    undo,
)
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import PARKING, PROFILE, ROSCON, SHOP


def without(key: str) -> KnowledgeBase:
    return replace(SHOP, entries=tuple(entry for entry in SHOP.entries if entry.key != key))


def with_entry(changed: Entry) -> KnowledgeBase:
    entries = tuple(changed if entry.key == changed.key else entry for entry in SHOP.entries)
    return replace(SHOP, entries=entries)


def passages_of(shop: Shop, key: str) -> list[str]:
    with shop.mind.transaction(shop.merchant) as session:
        return list(session.exec(select(PassageRow.text).where(PassageRow.entry_key == key)))


def test_a_merchant_that_was_imported_is_live_as_it_was_given(stocked: Shop) -> None:
    assert stocked.live() == replace(SHOP, version=1)


def test_before_the_first_publication_there_is_nothing(shop: Shop) -> None:
    with shop.mind.transaction(shop.merchant) as session:
        assert head(session, shop.merchant) is None
        assert load(session, shop.merchant) is None
        assert history(session, shop.merchant) == ()


def test_an_empty_knowledge_base_can_be_published(shop: Shop) -> None:
    assert shop.put(KnowledgeBase(profile=PROFILE, entries=())) == Published(
        version=1, added=0, changed=0, removed=0
    )
    assert shop.live().entries == ()


def test_importing_the_same_again_publishes_nothing(stocked: Shop) -> None:
    assert stocked.put() == Unchanged(1)


def test_a_publication_says_what_it_changed(stocked: Shop) -> None:
    cheaper = replace(ROSCON, price=None)
    base = with_entry(cheaper)
    entries = (*(entry for entry in base.entries if entry.key != "c2"), replace(PARKING, key=EntryKey("f9")))
    assert stocked.put(replace(base, entries=entries)) == Published(version=2, added=1, changed=1, removed=1)
    assert stocked.live().entry(ROSCON.key) == cheaper
    assert [entry.key for entry in stocked.live().entries] == [entry.key for entry in entries]


def test_an_entry_that_only_moves_is_not_a_change(stocked: Shop) -> None:
    assert stocked.put(replace(SHOP, entries=SHOP.entries[::-1])) == Published(
        version=2, added=0, changed=0, removed=0
    )
    assert stocked.live().entries == SHOP.entries[::-1]


def test_only_what_changed_is_written_anew(stocked: Shop) -> None:
    def revisions() -> dict[str, object]:
        with stocked.mind.transaction(stocked.merchant) as session:
            rows = session.exec(select(EntryRevisionRow).where(EntryRevisionRow.valid_to == None))  # noqa: E711
            return {row.key: row.id for row in rows}

    before = revisions()
    stocked.put(with_entry(replace(ROSCON, description="Otro.")))
    after = revisions()
    assert {key for key in after if after[key] != before.get(key)} == {ROSCON.key}


def test_deleted_text_is_out_of_reach_at_once(stocked: Shop) -> None:
    assert passages_of(stocked, PARKING.key)
    stocked.put(without(PARKING.key))
    assert passages_of(stocked, PARKING.key) == []
    assert stocked.live().entry(PARKING.key) is None


def test_edited_text_is_out_of_reach_at_once(stocked: Shop) -> None:
    stocked.put(with_entry(replace(PARKING, answer="No hay.")))
    assert passages_of(stocked, PARKING.key) == [
        "¿Tienen parqueadero? No hay.",
        "No hay.",
        "¿Tienen parqueadero?",
    ]


def test_a_name_that_others_mention_is_changed_in_them_too(stocked: Shop) -> None:
    staff = SHOP.entries[4]
    renamed = replace(staff, members=(replace(staff.members[0], name="Marta Solís"),))  # type: ignore[union-attr]
    stocked.put(with_entry(renamed))
    assert any("Marta Solís" in text for text in passages_of(stocked, ROSCON.key))
    assert not any("Marta Ríos" in text for text in passages_of(stocked, ROSCON.key))


def test_vectors_and_sketches_of_deleted_text_are_deleted_with_it_and_others_stay(stocked: Shop) -> None:
    def hashes(row: type[VectorRow | SketchRow]) -> set[str]:
        with stocked.mind.transaction(stocked.merchant) as session:
            return set(session.exec(select(row.text_hash)))

    with stocked.mind.transaction(stocked.merchant) as session:
        for text_hash in set(session.exec(select(PassageRow.text_hash))):
            of: dict[str, Any] = {"merchant_id": stocked.merchant, "model": "m@1", "text_hash": text_hash}
            session.add(VectorRow(**of, embedding=b"\0\0"))
            session.add(SketchRow(**of, sketcher="1", sketch=b""))
    before = hashes(VectorRow)
    assert hashes(SketchRow) == before
    stocked.put(without(PARKING.key))
    assert len(before - hashes(VectorRow)) == 3
    assert hashes(SketchRow) == hashes(VectorRow) < before


def test_two_faqs_that_contradict_each_other_are_both_shown_and_nothing_is_published(stocked: Shop) -> None:
    other = Faq(key=EntryKey("f2"), question="tienen PARQUEADERO", answer="Sí, hay diez puestos: 10.")
    first = replace(PARKING, answer="Sí, hay 5 puestos.")
    base = with_entry(first)
    outcome = stocked.put(replace(base, entries=(*base.entries, other)))
    assert outcome == Conflict(question="tienen PARQUEADERO", first=first, second=other)
    assert stocked.live() == replace(SHOP, version=1)


def test_undo_publishes_what_was_live_before(stocked: Shop) -> None:
    stocked.put(without(PARKING.key))
    with stocked.edge.transaction(stocked.merchant) as session:
        outcome = undo(session, stocked.clock, stocked.merchant, actor="owner")
    assert outcome == Published(version=3, added=1, changed=0, removed=0)
    assert stocked.live() == replace(SHOP, version=3)
    assert passages_of(stocked, PARKING.key)


def test_the_first_version_cannot_be_undone(stocked: Shop) -> None:
    with stocked.edge.transaction(stocked.merchant) as session:
        assert undo(session, stocked.clock, stocked.merchant, actor="owner") == UnknownVersion(0)
        assert restore(session, stocked.clock, stocked.merchant, 7, actor="owner") == UnknownVersion(7)


def test_earlier_versions_can_be_read_as_they_were(stocked: Shop) -> None:
    stocked.put(without(PARKING.key))
    stocked.put(with_entry(replace(PARKING, answer="Ya no.")))
    with stocked.edge.transaction(stocked.merchant) as session:
        versions = [load(session, stocked.merchant, version) for version in (1, 2, 3)]
    answers = [getattr(base.entry(PARKING.key), "answer", None) for base in versions if base]
    assert answers == [PARKING.answer, None, "Ya no."]


def test_the_history_says_who_published_what_and_when(stocked: Shop) -> None:
    stocked.put(without(PARKING.key))
    with stocked.edge.transaction(stocked.merchant) as session:
        latest, first = history(session, stocked.merchant)
    assert (latest.version, latest.actor, latest.origin, latest.removed) == (2, "owner", "import", 1)
    assert (first.version, first.added, first.at) == (1, len(SHOP.entries), stocked.clock.now())


def test_every_publication_is_a_line_of_the_ledger(stocked: Shop) -> None:
    with stocked.edge.transaction(stocked.merchant) as session:
        (line,) = ledger.lines(session, stocked.merchant)
    assert (line.action, line.detail["version"]) == ("knowledge.published", 1)


def test_every_publication_orders_its_vectors(stocked: Shop, administrator_url: str) -> None:
    import psycopg

    with psycopg.connect(administrator_url) as connection:
        jobs = connection.execute(
            "select task_name, queue_name, args from jobs.procrastinate_jobs"
        ).fetchall()
    assert jobs == [("knowledge:embed", "mind", {"merchant": str(stocked.merchant)})]


def test_a_publication_that_fails_half_way_leaves_nothing(stocked: Shop) -> None:
    class Half(Exception):
        pass

    def publish_half() -> None:
        with stocked.edge.transaction(stocked.merchant) as session:
            import_knowledge(session, stocked.clock, stocked.merchant, without(PARKING.key), actor="owner")
            raise Half

    with pytest.raises(Half):
        publish_half()
    assert stocked.live() == replace(SHOP, version=1)
    assert passages_of(stocked, PARKING.key)


def test_text_that_the_database_cannot_hold_is_cleaned_and_not_lost(shop: Shop) -> None:
    faq = replace(PARKING, answer="Sí\0, hay\ud800.", phrasings=("par\0queo",))
    assert isinstance(shop.put(KnowledgeBase(profile=PROFILE, entries=(faq,))), Published)
    assert shop.live().entries == (replace(faq, answer="Sí, hay.", phrasings=("parqueo",)),)


def test_one_merchant_sees_nothing_of_another_s(stocked: Shop) -> None:
    neighbour = stocked.neighbour()
    with stocked.mind.transaction(neighbour.merchant) as session:
        assert load(session, stocked.merchant) is None
        assert session.exec(select(PassageRow)).all() == []
    neighbour.put(without(ROSCON.key))
    assert stocked.live() == replace(SHOP, version=1)


@pytest.mark.parametrize("table", ["entry_revision", "passage", "publication", "draft"])
def test_the_mind_can_change_no_text(stocked: Shop, table: str) -> None:
    for statement in (
        f"delete from knowledge.{table}",
        f"update knowledge.{table} set merchant_id = merchant_id",
    ):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            stocked.mind.transaction(stocked.merchant) as s,
        ):
            s.execute(text(statement))


def test_the_diary_can_read_nothing_here(stocked: Shop, room_database: object) -> None:
    diary = room_database(Room.DIARY)  # type: ignore[operator]
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        diary.transaction(stocked.merchant) as session,
    ):
        session.execute(text("select 1 from knowledge.head"))
