"""Dialogues, turn by turn."""

import pytest

from tests.calendar_sync.conversation import scripts_booking, scripts_standing
from tests.calendar_sync.conversation.playing import play
from tests.calendar_sync.conversation.wishes import Script

EVERY = (*scripts_booking.SCRIPTS, *scripts_standing.SCRIPTS)


@pytest.mark.parametrize("script", EVERY, ids=lambda script: script.name)
def test_plays_as_written(script: Script) -> None:
    play(script)
