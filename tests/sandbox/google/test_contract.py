"""The checker itself, and the stand-in's table of methods, against Google's document."""

import pytest

from sandbox.google.method_table import method_table
from tests.sandbox.google.conftest import timed
from tests.sandbox.google.contract import (
    PINNED,
    document,
    fingerprint,
    request_problems,
    response_problems,
    route_of,
    routes,
)

EVENTS = "/calendar/v3/calendars/primary/events"
EVENT = timed("23T10:00", "23T11:00")


def test_the_document_is_the_one_that_was_reviewed() -> None:
    assert fingerprint() == PINNED, "Google's document changed: read what is new in it, then pin it again"


def test_the_table_of_methods_says_what_the_document_says() -> None:
    by_name = {each.name: each for each in routes()}
    for method in method_table().values():
        route = by_name[method.name]
        assert (method.verb, method.scopes) == (route.verb, route.scopes)
        assert route.path.fullmatch("/calendar/v3" + method.path.replace("{", "").replace("}", ""))
        own = {name: known for name, known in route.query.items() if name not in document()["parameters"]}
        assert set(method.query) == set(own)
        for name, known in method.query.items():
            told = own[name]
            assert known["type"] == told["type"]
            assert known.get("enum") == told.get("enum")
            assert known.get("repeated", False) == told.get("repeated", False)
            assert str(known.get("minimum")) == str(told.get("minimum"))
            assert str(known.get("maximum")) == str(told.get("maximum"))


def test_sound_requests_pass() -> None:
    assert request_problems("POST", f"{EVENTS}?sendUpdates=all&conferenceDataVersion=1", EVENT) == []
    assert (
        request_problems("GET", f"{EVENTS}?privateExtendedProperty=a%3D1&privateExtendedProperty=b%3D2") == []
    )
    assert request_problems("DELETE", f"{EVENTS}/abcde?sendUpdates=none") == []


@pytest.mark.parametrize(
    ("verb", "target", "body"),
    [
        ("PUT", "/calendar/v3/freeBusy", {}),
        ("POST", EVENTS, {"summary": "without times"}),
        ("POST", EVENTS, EVENT | {"sumary": "misspelt"}),
        ("POST", EVENTS, EVENT | {"start": {"dateTime": "2026-11-23T10:00:00"}}),
        ("POST", EVENTS, EVENT | {"start": {"dateTime": "tomorrow"}}),
        ("POST", f"{EVENTS}?sendUpdates=everyone", EVENT),
        ("POST", f"{EVENTS}?conferenceDataVersion=2", EVENT),
        ("GET", f"{EVENTS}?timeMin=2026-11-23T15:00:00", None),
        ("GET", f"{EVENTS}?q=a&q=b", None),
        ("GET", f"{EVENTS}?calendarId=x", None),
        ("GET", f"{EVENTS}?singleEvents=True", None),
        ("DELETE", f"{EVENTS}/abcde", {"a": 1}),
    ],
)
def test_unsound_requests_are_found(verb: str, target: str, body: object) -> None:
    assert request_problems(verb, target, body)


def test_answers_are_checked_by_shape() -> None:
    name = "calendar.events.insert"
    assert response_problems(name, 200, EVENT | {"etag": '"1"'}) == []
    assert response_problems(name, 200, {"start": {"dateTime": 5}})
    assert response_problems(name, 200, {"strat": {}})
    assert response_problems(name, 409, {"error": "conflict"})
    assert response_problems("calendar.events.delete", 204, {"id": "x"})


def test_fixed_letters_win_over_names() -> None:
    found = [route_of("POST", f"{EVENTS}/{each}") for each in ("import", "quickAdd", "watch")]
    assert [each.name for each in found if each] == [
        "calendar.events.import",
        "calendar.events.quickAdd",
        "calendar.events.watch",
    ]
