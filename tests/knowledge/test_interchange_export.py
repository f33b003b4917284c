from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant, read_merchant
from knowledge.interchange_export import export_merchant, merchant_text
from tests.knowledge.shops import SHOP
from tests.knowledge.strategies import WITHOUT_SHRINKING, merchants
from tests.knowledge.test_interchange import CASES, base_of


@settings(max_examples=60, deadline=None, phases=WITHOUT_SHRINKING)
@given(merchants())
def test_what_is_exported_is_read_back_the_same(base: KnowledgeBase) -> None:
    loaded = read_merchant(merchant_text(base).encode())
    assert loaded.problems == ()
    assert loaded.knowledge_base == base


def test_a_merchant_goes_to_a_file_and_back(tmp_path: Path) -> None:
    export_merchant(SHOP, tmp_path / "merchant.yaml")
    assert load_merchant(tmp_path / "merchant.yaml").knowledge_base == SHOP


@pytest.mark.skipif(not CASES.exists(), reason="the evaluation merchants are kept beside the project")
@pytest.mark.parametrize("merchant", ["gus", "dental", "barber"])
def test_the_evaluation_merchants_go_round(merchant: str, tmp_path: Path) -> None:
    base = base_of(load_merchant(CASES / merchant / "merchant.yaml", [CASES.parents[1] / "seeds"]))
    export_merchant(base, tmp_path / "merchant.yaml")
    assert load_merchant(tmp_path / "merchant.yaml").knowledge_base == base


def test_any_reader_of_yaml_finds_numbers_where_numbers_are() -> None:
    content = yaml.safe_load(merchant_text(SHOP))
    assert content["catalog"][0]["price"] == 18500
    assert content["catalog"][1]["prices"][1]["price"] == 42000.5
    assert content["hours"]["weekly"]["sun"] == [["07:00", "12:30"]]
