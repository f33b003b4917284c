import base64
import hashlib
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from calendar_sync.connections.agendas import agenda_for
from calendar_sync.connections.models import GoogleCalendarRow, LinkedRow, LinkRow, RevocationRow
from calendar_sync.connections.prefixes import merchant_of_state
from calendar_sync.connections.serving import serve
from calendar_sync.connections.viewing import view
from calendar_sync.google.agenda import Busy, Unknown, WhyUnknown, Window
from calendar_sync.google.scopes import CHOICES
from calendar_sync.outcomes import ReportKind
from calendar_sync.requests import LinkDenied, LinkStart
from kernel.ids import MerchantId
from tests.calendar_sync.connections.offices import REDIRECT, Desk, request_id
from tests.calendar_sync.google.little_google import Calendar, error

WRITE, FREE_BUSY, PICK = CHOICES["a"][3:]


def failure(desk: Desk, request: Any) -> str:
    report = desk.ask(request)
    assert report
    assert report.kind is ReportKind.LINK_FAILED
    return report.facts["reason"]


def window(desk: Desk) -> Window:
    return Window(desk.clock.now(), desk.clock.now() + timedelta(days=1))


def test_the_address_asks_for_narrow_scopes_with_pkce_and_a_state(desk: Desk) -> None:
    query = desk.start()
    assert query["scope"].split() == list(CHOICES["a"])
    assert query["code_challenge_method"] == "S256"
    assert len(query["code_challenge"]) == 43
    assert (query["access_type"], query["prompt"]) == ("offline", "consent")
    assert query["include_granted_scopes"] == "true"
    assert query["redirect_uri"] == REDIRECT
    assert merchant_of_state(query["state"]) == desk.merchant


def test_the_other_choice_asks_for_a_calendar_of_our_own_only(desk: Desk) -> None:
    assert desk.start(scopes="b")["scope"].split() == list(CHOICES["b"])


def test_the_verifier_is_stored_sealed_and_never_leaves(desk: Desk) -> None:
    query = desk.start()
    (row,) = desk.rows(LinkRow)
    from calendar_sync.connections.vault import VERIFIER, Vault

    verifier = Vault(desk.diary.own, desk.merchant).open(row.verifier, VERIFIER).get_secret_value()
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    assert challenge == query["code_challenge"]
    assert verifier.encode() not in row.verifier


def test_an_account_is_linked(desk: Desk) -> None:
    report = desk.link()
    assert report.kind is ReportKind.LINKED
    assert report.facts == {"account": "owner@shop.test", "missing": ""}
    connection = desk.connection()
    assert connection
    assert connection.state == "linked"
    assert agenda_for(desk.office, desk.merchant).busy(window(desk)) == Busy()


def test_tokens_are_sealed_and_bound_to_merchant_and_column(desk: Desk) -> None:
    from calendar_sync.connections.vault import ACCESS, REFRESH, Vault
    from kernel.errors import SealBroken

    desk.link()
    row = desk.token()
    (refresh,) = desk.google.oauth.refresh
    assert row
    assert refresh.encode() not in row.refresh
    assert Vault(desk.diary.own, desk.merchant).open(row.refresh, REFRESH).get_secret_value() == refresh
    with pytest.raises(SealBroken):
        Vault(desk.diary.own, desk.merchant).open(row.refresh, ACCESS)
    with pytest.raises(SealBroken):
        Vault(desk.diary.own, MerchantId(uuid4())).open(row.refresh, REFRESH)
    with pytest.raises(SealBroken):
        Vault(desk.diary.tray, desk.merchant).open(row.refresh, REFRESH)


def test_the_main_calendar_is_chosen_first(desk: Desk) -> None:
    desk.google.calendars["team@group.test"] = Calendar("team@group.test", role="writer")
    desk.link()
    with desk.edge.transaction(desk.merchant) as session:
        shown = view(session, desk.diary.tray, desk.merchant)
    assert shown
    assert shown.email == "owner@shop.test"
    assert [(each.seen.id, each.blocks, each.writes) for each in shown.calendars] == [
        ("owner@shop.test", True, True),
        ("team@group.test", False, False),
    ]


def test_a_calendar_of_our_own_is_made_once_for_an_account(desk: Desk) -> None:
    desk.link(scopes="b")
    desk.link(scopes="b")
    assert len(desk.google.calendars) == 2
    with desk.read() as session:
        shown = view(session, desk.diary.tray, desk.merchant)
    assert shown
    assert [(each.blocks, each.writes) for each in shown.calendars] == [(True, False), (True, True)]
    assert agenda_for(desk.office, desk.merchant).busy(window(desk)) == Busy()


@pytest.mark.parametrize(
    ("granted", "missing", "state"),
    [
        ((WRITE, FREE_BUSY), "", "linked"),
        ((WRITE, PICK), "free_busy", "incomplete"),
        ((FREE_BUSY, PICK), "write", "incomplete"),
        ((), "write free_busy", "incomplete"),
    ],
)
def test_consent_is_taken_scope_by_scope(
    desk: Desk, granted: tuple[str, ...], missing: str, state: str
) -> None:
    report = desk.link(" ".join(("openid", *granted)))
    connection = desk.connection()
    assert connection
    assert (report.facts["missing"], connection.state) == (missing, state)
    answer = agenda_for(desk.office, desk.merchant).busy(window(desk))
    assert answer == (Busy() if state == "linked" else Unknown(WhyUnknown.SCOPES))


def test_without_the_list_the_main_calendar_is_used(desk: Desk) -> None:
    desk.link(f"{WRITE} {FREE_BUSY}")
    with desk.read() as session:
        shown = view(session, desk.diary.tray, desk.merchant)
    assert shown
    assert [each.seen.id for each in shown.calendars] == ["primary"]


def test_a_forged_state_is_refused(desk: Desk) -> None:
    query = desk.start()
    code = desk.google.oauth.agree(query)
    assert failure(desk, desk.code(f"{desk.merchant.hex}.forged", code)) == "forged"
    assert desk.google.oauth.consents[code].used is False
    assert desk.connection() is None


def test_another_merchants_state_is_as_good_as_forged(desk: Desk) -> None:
    query = desk.start()
    desk.merchant = MerchantId(uuid4())
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "forged"


def test_a_state_is_used_once(desk: Desk) -> None:
    query = desk.start()
    first, second = (desk.google.oauth.agree(query) for _ in range(2))
    desk.google.fail("/token", error(503, "backendError"))
    assert failure(desk, desk.code(query["state"], first)) == "unreachable"
    assert failure(desk, desk.code(query["state"], second)) == "replayed"
    assert desk.google.oauth.consents[second].used is False


def test_a_state_that_led_to_a_link_is_gone(desk: Desk) -> None:
    query = desk.start()
    desk.ask(desk.code(query["state"], desk.google.oauth.agree(query)))
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "forged"


def test_a_state_expires_after_ten_minutes(desk: Desk) -> None:
    query = desk.start()
    desk.clock.advance(timedelta(minutes=10))
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "expired"


def test_a_code_that_google_does_not_take_is_said_so(desk: Desk) -> None:
    query = desk.start()
    assert failure(desk, desk.code(query["state"], "stolen")) == "code"


def test_a_code_of_another_attempt_does_not_fit_the_verifier(desk: Desk) -> None:
    stolen, own = desk.start(), desk.start()
    assert failure(desk, desk.code(own["state"], desk.google.oauth.agree(stolen))) == "code"


@pytest.mark.parametrize(
    "claims", [{"nonce": "other"}, {"aud": "another client"}, {"iss": "https://evil.test"}, {"sub": ""}]
)
def test_an_id_token_that_is_not_for_this_attempt_is_refused(desk: Desk, claims: dict[str, str]) -> None:
    desk.google.oauth.claims = claims
    query = desk.start()
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "identity"
    assert desk.connection() is None


def test_an_answer_without_refresh_token_is_no_link(desk: Desk) -> None:
    desk.google.oauth.extra = {"refresh_token": ""}
    query = desk.start()
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "no_refresh"


def test_googles_error_page_ends_the_attempt(desk: Desk) -> None:
    query = desk.start()
    denied = LinkDenied(id=request_id(), merchant=desk.merchant, state=query["state"], error="access_denied")
    assert failure(desk, denied) == "denied"
    assert failure(desk, desk.code(query["state"], desk.google.oauth.agree(query))) == "forged"


def test_a_forged_error_page_ends_no_attempt(desk: Desk) -> None:
    query = desk.start()
    forged = LinkDenied(id=request_id(), merchant=desk.merchant, state="x.y", error="access_denied")
    assert failure(desk, forged) == "forged"
    report = desk.ask(desk.code(query["state"], desk.google.oauth.agree(query)))
    assert report
    assert report.kind is ReportKind.LINKED


def test_an_installation_without_a_client_says_so(desk: Desk) -> None:
    from dataclasses import replace

    from calendar_sync.google.door import GoogleDoor

    app = replace(desk.office.google.app, client_id="")
    desk.office = replace(desk.office, google=GoogleDoor(app))
    start = LinkStart(id=request_id(), merchant=desk.merchant, redirect_uri=REDIRECT, actor="owner")
    assert failure(desk, start) == "not_set_up"


def test_a_request_that_is_served_twice_is_answered_once(desk: Desk) -> None:
    query = desk.start()
    request = desk.code(query["state"], desk.google.oauth.agree(query))
    desk.lay(request)
    serve(desk.office, request)
    first = desk.taken(request.id)
    serve(desk.office, request)
    assert first
    assert first.kind is ReportKind.LINKED
    assert desk.news() == []
    connection = desk.connection()
    assert connection
    assert connection.state == "linked"


def test_a_job_killed_after_the_code_was_taken_answers_when_it_runs_again(desk: Desk) -> None:
    query = desk.start()
    code = desk.google.oauth.agree(query)
    request = desk.code(query["state"], code)
    desk.lay(request)
    from calendar_sync.connections.linking import _claim

    _claim(desk.office, request)
    serve(desk.office, request)
    report = desk.taken(request.id)
    assert report
    assert report.kind is ReportKind.LINKED


def test_linking_the_same_account_again_keeps_choice_and_permission(desk: Desk) -> None:
    desk.link()
    desk.link()
    assert desk.google.oauth.revoked == []
    assert desk.rows(RevocationRow) == []
    assert len(desk.rows(GoogleCalendarRow)) == 1


def test_linking_another_account_takes_the_first_ones_permission_back(desk: Desk) -> None:
    desk.link()
    desk.link(sub="2002")
    assert len(desk.rows(RevocationRow)) == 1
    assert desk.receipt().reason == "other_account"
    connection = desk.connection()
    assert connection
    assert connection.state == "linked"


def test_the_register_knows_the_account_by_its_digest_only(desk: Desk) -> None:
    desk.link()
    (row,) = desk.rows(LinkedRow)
    assert b"1001" not in row.account_digest


def test_a_clock_that_is_off_is_noted(desk: Desk) -> None:
    desk.link()
    connection = desk.connection()
    assert connection
    assert connection.skew_seconds is not None


def test_a_permission_that_ends_by_itself_is_noted(desk: Desk) -> None:
    desk.google.oauth.extra = {"refresh_token_expires_in": 604799}
    desk.link()
    connection = desk.connection()
    assert connection
    assert connection.refresh_ends_at == desk.clock.now() + timedelta(seconds=604799)


def test_who_changes_to_a_calendar_of_our_own_gets_it(desk: Desk) -> None:
    desk.link()
    desk.link(scopes="b")
    with desk.read() as session:
        shown = view(session, desk.diary.tray, desk.merchant)
    assert shown
    assert {(each.seen.id, each.writes, each.wrote) for each in shown.calendars} == {
        ("owner@shop.test", False, True),
        ("made1@group.test", True, False),
    }
