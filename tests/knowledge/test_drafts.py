from dataclasses import replace

import pytest

from knowledge.conflicts import Conflict
from knowledge.entries import Entry, EntryKey, Faq, KnowledgeBase, Profile
from knowledge.store import (
    PROFILE,
    Outcome,
    Published,
    Unchanged,
    UnknownVersion,
    discard_draft,
    draft_deletion,
    drafts,
    load,
    publish,
    save_draft,
    with_drafts,
)
from tests.knowledge import shops
from tests.knowledge.conftest import Shop
from tests.knowledge.shops import PARKING, ROSCON, SHOP

NEW = Faq(key=EntryKey("f7"), question="¿Hacen café?", answer="Sí.")


def save(shop: Shop, *contents: Entry | Profile) -> None:
    with shop.edge.transaction(shop.merchant) as session:
        for content in contents:
            save_draft(session, shop.clock, shop.merchant, content)


def published(shop: Shop) -> Outcome:
    with shop.edge.transaction(shop.merchant) as session:
        return publish(session, shop.clock, shop.merchant, actor="owner")


def waiting(shop: Shop) -> dict[str, object]:
    with shop.edge.transaction(shop.merchant) as session:
        return {draft.key: draft.content for draft in drafts(session, shop.merchant)}


def preview(shop: Shop) -> KnowledgeBase:
    with shop.edge.transaction(shop.merchant) as session:
        live = load(session, shop.merchant)
        assert live is not None
        return with_drafts(session, shop.merchant, live)


def test_an_edit_is_not_live_until_it_is_published(stocked: Shop) -> None:
    cheaper = replace(ROSCON, name="Roscón pequeño")
    save(stocked, cheaper, NEW)
    assert stocked.live() == replace(SHOP, version=1)
    assert published(stocked) == Published(version=2, added=1, changed=1, removed=0)
    assert stocked.live().entry(ROSCON.key) == cheaper
    assert stocked.live().entries[-1] == NEW
    assert waiting(stocked) == {}


def test_a_deletion_waits_for_publication_too(stocked: Shop) -> None:
    with stocked.edge.transaction(stocked.merchant) as session:
        draft_deletion(session, stocked.clock, stocked.merchant, PARKING.key)
    assert waiting(stocked) == {PARKING.key: None}
    assert stocked.live().entry(PARKING.key) == PARKING
    published(stocked)
    assert stocked.live().entry(PARKING.key) is None


def test_the_last_edit_of_an_entry_counts(stocked: Shop) -> None:
    save(stocked, replace(PARKING, answer="Uno."))
    save(stocked, replace(PARKING, answer="Dos."))
    assert waiting(stocked) == {PARKING.key: replace(PARKING, answer="Dos.")}


def test_the_profile_is_edited_in_the_same_way(stocked: Shop) -> None:
    moved = replace(shops.PROFILE, currency="USD")
    save(stocked, moved)
    assert waiting(stocked) == {PROFILE: moved}
    assert published(stocked) == Published(version=2, added=0, changed=0, removed=0)
    assert stocked.live().profile == moved


def test_what_would_be_published_can_be_seen_before(stocked: Shop) -> None:
    save(stocked, NEW)
    assert preview(stocked).entries == (*SHOP.entries, NEW)


def test_drafts_can_be_thrown_away_one_or_all(stocked: Shop) -> None:
    save(stocked, NEW, replace(PARKING, answer="Uno."), replace(ROSCON, name="Otro"))
    with stocked.edge.transaction(stocked.merchant) as session:
        discard_draft(session, stocked.merchant, NEW.key)
    assert set(waiting(stocked)) == {PARKING.key, ROSCON.key}
    with stocked.edge.transaction(stocked.merchant) as session:
        discard_draft(session, stocked.merchant)
    assert waiting(stocked) == {}


def test_drafts_that_contradict_each_other_stay_drafts(stocked: Shop) -> None:
    save(stocked, replace(NEW, question=PARKING.question, answer="Sí, 8."))
    assert isinstance(published(stocked), Conflict)
    assert set(waiting(stocked)) == {NEW.key}


def test_publishing_without_drafts_changes_nothing(stocked: Shop) -> None:
    assert published(stocked) == Unchanged(1)


def test_there_is_nothing_to_edit_before_the_first_publication(shop: Shop) -> None:
    assert published(shop) == UnknownVersion(0)


def test_drafts_of_another_merchant_are_not_seen(stocked: Shop) -> None:
    save(stocked, NEW)
    with stocked.edge.transaction(stocked.neighbour().merchant) as session:
        assert drafts(session, stocked.merchant) == ()


@pytest.mark.parametrize("entry", SHOP.entries, ids=lambda entry: type(entry).__name__)
def test_every_kind_of_entry_can_wait_as_a_draft(shop: Shop, entry: Entry) -> None:
    save(shop, entry)
    assert waiting(shop) == {entry.key: entry}
