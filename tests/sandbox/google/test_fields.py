"""Partial answers."""

from typing import Any

import pytest

from sandbox.google.fields import masked
from sandbox.google.refusals import Refusal
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.refused import refused

PAGE = {
    "kind": "calendar#events",
    "items": [{"id": "a", "start": {"dateTime": "x", "timeZone": "z"}, "summary": "s"}, {"id": "b"}],
    "nextSyncToken": "t",
}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("kind", {"kind": "calendar#events"}),
        ("items/id,nextSyncToken", {"items": [{"id": "a"}, {"id": "b"}], "nextSyncToken": "t"}),
        ("items(id,start/dateTime)", {"items": [{"id": "a", "start": {"dateTime": "x"}}, {"id": "b"}]}),
        (
            "items(id,start(timeZone)),kind",
            {"kind": "calendar#events", "items": [{"id": "a", "start": {"timeZone": "z"}}, {"id": "b"}]},
        ),
        (
            "items/*/dateTime",
            {"items": [{"id": "a", "start": {"dateTime": "x"}, "summary": "s"}, {"id": "b"}]},
        ),
        ("*", PAGE),
        ("nothing", {}),
    ],
)
def test_only_what_is_named_is_answered(text: str, kept: dict[str, Any]) -> None:
    assert masked(PAGE, text) == kept


@pytest.mark.parametrize("text", ["items(", "items)", "a,,b", "items(id", "a b", "(a)", "items()", "a/"])
def test_a_selection_that_cannot_be_read_is_refused(text: str) -> None:
    assert isinstance(masked(PAGE, text), Refusal)


def test_the_client_gets_the_parts_it_asked_for(desk: Desk) -> None:
    calendar = desk.calendar()
    desk.owner().add(timed("24T10:00", "24T11:00", id="corte", summary="Corte"))
    found = calendar.events().list(calendarId="primary", fields="items(id,etag),nextSyncToken").execute()
    assert set(found) == {"items", "nextSyncToken"}
    assert set(found["items"][0]) == {"id", "etag"}
    assert refused(calendar.events().list(calendarId="primary", fields="items(").execute) == (400, "invalid")
