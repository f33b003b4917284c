"""What the edge uses of the diary loads neither Google's library nor a model."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DOORS = (
    "calendar_sync.tray",
    "calendar_sync.requests",
    "calendar_sync.outcomes",
    "calendar_sync.shop.store",
    "calendar_sync.bookings.reading",
)
NEVER = {"googleapiclient", "httplib2", "google_auth_oauthlib", "oauthlib", "torch", "faiss", "fastapi"}
_IMPORT = "import sys, {name}\nprint(' '.join({{name.split('.')[0] for name in sys.modules}}))"


def loaded(name: str) -> set[str]:
    command = [sys.executable, "-c", _IMPORT.format(name=name)]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("door", DOORS)
def test_a_door_of_the_diary_loads_nothing_that_the_edge_must_not_hold(door: str) -> None:
    assert loaded(door) & NEVER == set()


def test_the_probe_sees_what_is_loaded() -> None:
    assert "googleapiclient" in loaded("googleapiclient.discovery")
