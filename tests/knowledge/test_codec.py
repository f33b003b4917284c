import json

from hypothesis import given, settings

from knowledge.codec import body_of, entry_from, kind_of, profile_from
from knowledge.entries import KnowledgeBase
from tests.knowledge.shops import PROFILE, ROSCON
from tests.knowledge.strategies import WITHOUT_SHRINKING, merchants


@settings(max_examples=40, deadline=None, phases=WITHOUT_SHRINKING)
@given(merchants())
def test_every_entry_comes_back_from_the_database_s_json(base: KnowledgeBase) -> None:
    for entry in base.entries:
        assert entry_from(kind_of(entry), json.loads(json.dumps(body_of(entry)))) == entry


def test_a_profile_comes_back_too() -> None:
    assert profile_from(json.loads(json.dumps(body_of(PROFILE)))) == PROFILE


def test_money_is_kept_exactly() -> None:
    assert body_of(ROSCON)["price"] == "18500"
