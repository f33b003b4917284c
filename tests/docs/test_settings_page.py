import re
from pathlib import Path

import pytest

from kernel.settings import DiarySettings, EdgeSettings, HomeSettings, MindSettings, OwnerSettings

PAGE = Path(__file__).resolve().parents[2] / "docs" / "settings.md"
GROUPS = (HomeSettings, OwnerSettings, EdgeSettings, MindSettings, DiarySettings)
NAMES = sorted({name.upper() for group in GROUPS for name in group.model_fields})


def documented() -> set[str]:
    first_cells = re.findall(r"^\| (`.*?) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return set(re.findall(r"`([A-Z_]+)`", " ".join(first_cells)))


@pytest.mark.parametrize("name", NAMES)
def test_the_settings_page_explains(name: str) -> None:
    assert name in documented()


def test_the_settings_page_explains_nothing_that_is_gone() -> None:
    assert documented() <= set(NAMES)
