"""Every fault of the reference, armed over HTTP and met by Google's own client."""

from http.client import HTTPException
from typing import Any

import pytest
from google.auth.exceptions import RefreshError
from googleapiclient.discovery import build
from httplib2 import Http

from sandbox.google.cast import BOOKINGS
from sandbox.google.faults import REASONS, FaultKind
from sandbox.google.models import Json
from sandbox.google.refusals import CATALOGUE
from tests.sandbox.google.conftest import SCOPES, Desk, full, timed
from tests.sandbox.google.refused import refused
from tests.sandbox.references import examples, reference

INSERT = "calendar.events.insert"
BODY = timed("24T10:00", "24T11:00", id="booking1")


def insert(calendar: Any, body: Json | None = None) -> Json:
    found: Json = calendar.events().insert(calendarId="primary", body=body or BODY).execute()
    return found


def listed(calendar: Any) -> Json:
    found: Json = calendar.events().list(calendarId="primary").execute()
    return found


@pytest.mark.parametrize("name", examples("google/errors", "*.json"))
def test_every_error_of_the_reference_can_be_armed_word_for_word(name: str) -> None:
    sample = reference(f"google/errors/{name}")
    held = {"invalidSyncTokenParams": "400 invalid", "timeRangeEmpty": "400 timeRangeEmpty"}
    reason = name.removesuffix(".json").partition("_")[2]
    key = held.get(reason, f"{sample['status']} {reason}")
    if key in CATALOGUE:
        answer = CATALOGUE[key].as_answer()
        wanted = sample["body"]
        if reason == "forbiddenForNonOrganizer":
            wanted["error"]["message"] = answer["error"]["message"]
            wanted["error"]["errors"][0]["message"] = answer["error"]["message"]
        assert answer == wanted
    else:
        assert key in held.values(), f"{key} is missing from the catalogue"


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name != "401 authError"])
def test_an_error_before_leaves_no_trace_and_strikes_as_often_as_told(desk: Desk, name: str) -> None:
    calendar = desk.calendar()
    desk.owner().arm("error_before", reason=name, count=2, method=INSERT)
    status, _, reason = name.partition(" ")
    assert listed(calendar)["items"] == []
    for _ in range(2):
        assert refused(lambda: insert(calendar)) == (int(status), reason)
    assert desk.owner().events() == []
    insert(calendar)


def test_the_client_renews_its_token_when_told_that_it_is_bad(desk: Desk) -> None:
    calendar = desk.calendar()
    desk.owner().arm("error_before", reason="401 authError")
    insert(calendar)
    assert [each.method for each in desk.google.journal.exchanges][-3:] == [INSERT, "oauth.token", INSERT]


@pytest.mark.parametrize("name", ["500 backendError", "503 backendError"])
def test_an_error_after_has_taken_effect(desk: Desk, name: str) -> None:
    calendar = desk.calendar()
    desk.owner().arm("error_after", reason=name, method=INSERT)
    assert refused(lambda: insert(calendar))[0] == int(name[:3])
    assert refused(lambda: insert(calendar)) == (409, "duplicate")
    assert len(desk.owner().events()) == 1


@pytest.mark.parametrize(("kind", "made"), [("cut_before", 0), ("cut_after", 1)])
def test_a_cut_connection_says_nothing_of_what_became_of_the_write(desk: Desk, kind: str, made: int) -> None:
    calendar = desk.calendar()
    desk.owner().arm(kind, method=INSERT)
    with pytest.raises(HTTPException):
        insert(calendar)
    assert len(desk.owner().events()) == made
    assert desk.google.journal.exchanges[-1].status == 0


@pytest.mark.parametrize(("kind", "made"), [("hang_before", 0), ("hang_after", 1)])
def test_silence_outlasts_the_clients_patience(desk: Desk, kind: str, made: int) -> None:
    import google_auth_httplib2

    credentials = desk.link()
    http = google_auth_httplib2.AuthorizedHttp(credentials, http=Http(timeout=0.3))
    options = {"api_endpoint": desk.doors.calendar}
    calendar = build("calendar", "v3", http=http, client_options=options, static_discovery=True)
    desk.stack.callback(calendar.close)
    desk.owner().arm(kind, seconds=1.0, method=INSERT)
    with pytest.raises(TimeoutError):
        insert(calendar)
    assert len(desk.owner().events()) == made


def test_a_fault_can_be_for_one_calendar_and_is_taken_away(desk: Desk) -> None:
    calendar = desk.calendar()
    desk.owner().arm("error_before", reason="404 notFound", calendar=BOOKINGS.calendar_id, count=5)
    assert listed(calendar)
    request = calendar.events().list(calendarId=BOOKINGS.calendar_id)
    assert refused(request.execute) == (404, "notFound")
    desk.owner().disarm()
    assert calendar.events().list(calendarId=BOOKINGS.calendar_id).execute()["items"] == []


@pytest.mark.parametrize("reason", REASONS[FaultKind.TOKEN_ERROR])
def test_the_token_endpoint_fails_in_every_known_way(desk: Desk, reason: str) -> None:
    credentials = desk.link()
    calendar = desk.calendar(credentials)
    desk.owner().end("expire_access")
    # The library asks again by itself where the trouble may pass.
    desk.owner().arm("token_error", reason=reason, count=20)
    with pytest.raises(
        RefreshError, match=reason.rsplit(maxsplit=1)[-1] if reason[0] == "5" else reason.split(maxsplit=1)[0]
    ):
        listed(calendar)
    desk.owner().disarm()
    assert listed(calendar)["items"] == []


def test_consent_is_cut_short_or_denied_on_demand(desk: Desk) -> None:
    desk.owner().arm("partial_consent", reason="calendar.events.owned")
    granted = desk.link(scopes=SCOPES).granted_scopes
    assert full("calendar.events.owned") not in granted
    assert full("calendar.freebusy") in granted
    desk.owner().arm("consent_denied")
    address, _ = desk.flow().authorization_url()
    assert "error=access_denied" in desk.owner().consent(address)


def test_a_revocation_can_fail_and_then_nothing_was_revoked(desk: Desk) -> None:
    credentials = desk.link()
    desk.owner().arm("revoke_error")
    assert desk.http.post(desk.doors.revoke, data={"token": credentials.token}).status_code == 503
    assert listed(desk.calendar(credentials))["items"] == []


def test_a_fault_that_nobody_knows_is_refused(desk: Desk) -> None:
    answer = desk.http.post(
        f"{desk.base}/sandbox/faults", json={"kind": "error_before", "reason": "418 teapot"}
    )
    assert answer.status_code == 422
    assert "503 backendError" in answer.json()["detail"]
    armed = desk.http.get(f"{desk.base}/sandbox/faults").json()
    assert armed["armed"] == []
    assert set(armed["kinds"]) == {str(kind) for kind in FaultKind}


def test_without_or_with_a_strange_token_nothing_opens(desk: Desk) -> None:
    address = f"{desk.doors.calendar}calendars/primary/events"
    assert desk.http.get(address).json()["error"]["errors"][0]["reason"] == "required"
    strange = desk.http.get(address, headers={"Authorization": "Bearer ya29.stolen"})
    assert strange.json() == reference("google/errors/401_authError.json")["body"]
    assert desk.http.get(f"{desk.base}/calendar/v3/nothing").json()["error"]["code"] == 404
