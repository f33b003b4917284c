"""Linking an account through Google's own library: consent, code, verifier, tokens, and how they end."""

import warnings
from datetime import timedelta
from typing import Any

import httpx
import pytest
from google.auth.exceptions import RefreshError
from google.auth.transport.requests import Request
from google.oauth2 import id_token
from google.oauth2.credentials import Credentials
from oauthlib.oauth2.rfc6749.errors import AccessDeniedError, MismatchingStateError, OAuth2Error
from requests import Session

from sandbox.google.cast import ANA, BRUNO, CLIENT_ID, CLIENT_SECRET, sample_google
from tests.sandbox.google.conftest import NOW, REDIRECT, SCOPES, Desk, Opener, full
from tests.sandbox.google.refused import refused
from tests.sandbox.references import reference


def refresh(desk: Desk, credentials: Credentials) -> None:
    with Session() as session:
        credentials.refresh(Request(session))


def asked(desk: Desk, **changes: str) -> str:
    address, _ = desk.flow().authorization_url(prompt="consent")
    return str(httpx.URL(address).copy_merge_params(changes))


def exchange(desk: Desk, **changes: str) -> httpx.Response:
    """A code for the reference's verifier, redeemed by hand."""
    vector = reference("vectors/pkce_s256.json")
    question = asked(desk, code_challenge=vector["code_challenge"], code_challenge_method="S256")
    back = httpx.URL(desk.owner().consent(question))
    form = {
        "grant_type": "authorization_code",
        "code": back.params["code"],
        "redirect_uri": REDIRECT,
        "client_id": CLIENT_ID,
        "client_secret": CLIENT_SECRET,
        "code_verifier": vector["code_verifier"],
    }
    return desk.http.post(desk.doors.token, data={k: v for k, v in (form | changes).items() if v})


def test_a_whole_flow_ends_in_credentials_that_work(desk: Desk) -> None:
    flow = desk.flow()
    address, state = flow.authorization_url(prompt="consent", include_granted_scopes="true")
    assert httpx.URL(address).params["code_challenge_method"] == "S256"
    back = desk.owner().consent(address)
    later = desk.flow(state=state, code_verifier=flow.code_verifier, autogenerate_code_verifier=False)
    later.fetch_token(authorization_response=back)
    credentials = later.credentials
    assert set(credentials.granted_scopes) >= {full(each) for each in SCOPES}
    assert len(credentials.refresh_token) <= 512
    assert len(credentials.token) <= 2048
    assert desk.calendar(credentials).calendarList().list().execute()["items"]


def test_the_identity_token_is_signed_and_names_the_person(desk: Desk) -> None:
    desk.google.clock.release()
    credentials = desk.link(BRUNO)
    with Session() as session:
        claims = id_token.verify_token(
            credentials.id_token, Request(session), audience=CLIENT_ID, certs_url=desk.doors.certificates
        )
    assert (claims["sub"], claims["email"], claims["email_verified"]) == (BRUNO.subject, BRUNO.email, True)
    assert claims["iss"] == "https://accounts.google.com"
    headers = {"Authorization": f"Bearer {credentials.token}"}
    person = desk.http.get(desk.doors.user_info, headers=headers).json()
    assert (person["sub"], person["given_name"]) == (BRUNO.subject, "Bruno")
    key = desk.http.get(desk.doors.keys).json()["keys"][0]
    assert (key["kty"], key["alg"], key["use"]) == ("RSA", "RS256", "sig")
    doors = desk.http.get(f"{desk.base}/.well-known/openid-configuration").json()
    assert doors["token_endpoint"] == desk.doors.token
    info = desk.http.get(desk.doors.token_info, params={"access_token": credentials.token}).json()
    assert (info["aud"], info["sub"], info["email"]) == (CLIENT_ID, BRUNO.subject, BRUNO.email)


def test_a_refusal_comes_back_as_one(desk: Desk) -> None:
    flow = desk.flow()
    address, state = flow.authorization_url()
    back = desk.owner().consent(address, deny=True)
    later = desk.flow(state=state)
    with pytest.raises(AccessDeniedError):
        later.fetch_token(authorization_response=back)


def test_a_state_of_somebody_else_is_noticed(desk: Desk) -> None:
    address, _ = desk.flow().authorization_url()
    back = desk.owner().consent(address)
    with pytest.raises(MismatchingStateError):
        desk.flow(state="another").fetch_token(authorization_response=back)


def test_only_the_ticked_rights_are_granted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    credentials = desk.link(ticked=("calendar.freebusy",))
    assert full("calendar.freebusy") in credentials.granted_scopes
    assert full("calendar.events.owned") not in credentials.granted_scopes
    calendar = desk.calendar(credentials)
    assert refused(calendar.calendarList().list().execute) == (403, "insufficientPermissions")
    window = {"timeMin": "2026-11-23T00:00:00Z", "timeMax": "2026-11-24T00:00:00Z"}
    assert calendar.freebusy().query(body=window | {"items": [{"id": "primary"}]}).execute()["calendars"]
    # Without the library's switch, fewer rights than asked for are raised as a warning.
    monkeypatch.delenv("OAUTHLIB_RELAX_TOKEN_SCOPE")
    with pytest.raises(Warning, match="Scope has changed"), warnings.catch_warnings():
        desk.link(BRUNO, ticked=("calendar.freebusy",))


def test_earlier_rights_come_along_when_they_are_asked_for(desk: Desk) -> None:
    desk.link(ticked=("calendar.freebusy",))
    more = desk.link(ticked=("calendar.events.owned",))
    assert {full("calendar.freebusy"), full("calendar.events.owned")} <= set(more.granted_scopes)
    alone = desk.link(ticked=("calendar.events.owned",), include_granted_scopes="false")
    assert full("calendar.freebusy") not in alone.granted_scopes


def test_a_single_right_alone_has_no_box_to_untick(desk: Desk) -> None:
    question = asked(desk, scope=full("calendar.freebusy"))
    assert 'name="scope"' not in desk.http.get(question).text
    back = httpx.URL(desk.owner().consent(question, scopes=()))
    assert back.params["scope"] == full("calendar.freebusy")


def test_a_refresh_token_comes_only_where_consent_was_asked_for(desk: Desk) -> None:
    assert desk.link(prompt="").refresh_token
    assert desk.link(prompt="").refresh_token is None
    assert desk.link(prompt="consent").refresh_token


@pytest.mark.parametrize(
    ("changes", "status", "told"),
    [
        ({"client_id": "nobody"}, 401, "invalid_client"),
        ({"redirect_uri": "https://elsewhere.example/"}, 400, "redirect_uri_mismatch"),
        ({"response_type": "token"}, 400, "unsupported_response_type"),
        ({"scope": "everything"}, 400, "invalid_scope"),
        ({"code_challenge_method": "S512"}, 400, "invalid_request"),
    ],
)
def test_a_question_that_is_wrong_is_told_to_the_person_and_to_nobody_else(
    desk: Desk, changes: dict[str, str], status: int, told: str
) -> None:
    for verb in ("GET", "POST"):
        answer = desk.http.request(verb, asked(desk, **changes))
        assert answer.status_code == status
        assert told in answer.text


@pytest.mark.parametrize(
    ("changes", "status", "error", "described"),
    [
        ({"code": "4/invented"}, 400, "invalid_grant", "Bad Request"),
        ({"code_verifier": ""}, 400, "invalid_grant", "Missing code verifier."),
        ({"code_verifier": "x" * 43}, 400, "invalid_grant", "Invalid code verifier."),
        ({"redirect_uri": f"{REDIRECT}/other"}, 400, "redirect_uri_mismatch", "Bad Request"),
        ({"client_id": "nobody"}, 401, "invalid_client", "The OAuth client was not found."),
        ({"client_secret": "guessed"}, 401, "invalid_client", "Unauthorized"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type", "Invalid grant_type."),
    ],
)
def test_a_wrong_exchange_gives_nothing(
    desk: Desk, changes: dict[str, str], status: int, error: str, described: str
) -> None:
    answer = exchange(desk, **changes)
    assert (answer.status_code, answer.json()) == (status, {"error": error, "error_description": described})


def test_the_references_verifier_opens_the_code_and_only_once(desk: Desk) -> None:
    answer = exchange(desk)
    assert set(answer.json()) == set(reference("google/authored/token_response_full.json"))
    flow = desk.flow()
    address, _ = flow.authorization_url()
    code = httpx.URL(desk.owner().consent(address)).params["code"]
    flow.fetch_token(code=code)
    with pytest.raises(OAuth2Error, match="invalid_grant"):
        flow.fetch_token(code=code)


def test_a_code_goes_stale(desk: Desk) -> None:
    flow = desk.flow()
    address, _ = flow.authorization_url()
    code = httpx.URL(desk.owner().consent(address)).params["code"]
    desk.owner().advance(601)
    with pytest.raises(OAuth2Error, match="invalid_grant"):
        flow.fetch_token(code=code)


def test_access_ends_after_an_hour_and_is_renewed_by_the_library(desk: Desk) -> None:
    credentials = desk.link()
    calendar, before = desk.calendar(credentials), credentials.token
    desk.owner().advance(3601)
    assert calendar.calendarList().list().execute()["items"]
    assert credentials.token != before
    seen = [(each.method, each.status) for each in desk.google.journal.exchanges][-3:]
    assert seen == [
        ("calendar.calendarList.list", 401),
        ("oauth.token", 200),
        ("calendar.calendarList.list", 200),
    ]


@pytest.mark.parametrize("how", ["revoke", "expire_refresh"])
def test_what_the_person_ends_is_an_invalid_grant(desk: Desk, how: str) -> None:
    credentials = desk.link()
    desk.owner().end(how)
    with pytest.raises(RefreshError) as caught:
        desk.calendar(credentials).calendarList().list().execute()
    assert caught.value.args[1] == reference("google/authored/oauth_invalid_grant.json")["body"]
    assert not caught.value.retryable


def test_a_right_taken_back_is_missing_after_the_next_refresh(desk: Desk) -> None:
    credentials = desk.link()
    desk.owner().end("shrink", "calendar.freebusy")
    refresh(desk, credentials)
    assert full("calendar.freebusy") not in credentials.granted_scopes
    assert full("calendar.events.owned") in credentials.granted_scopes


@pytest.mark.parametrize("which", ["token", "refresh_token"])
def test_revoking_either_token_ends_both(desk: Desk, which: str) -> None:
    credentials, other = desk.link(), desk.link(BRUNO)
    assert desk.http.post(desk.doors.revoke, data={"token": getattr(credentials, which)}).status_code == 200
    with pytest.raises(RefreshError, match="invalid_grant"):
        refresh(desk, credentials)
    headers = {"Authorization": f"Bearer {credentials.token}"}
    assert desk.http.get(desk.doors.user_info, headers=headers).status_code == 401
    assert desk.http.post(desk.doors.revoke, data={"token": credentials.token}).status_code == 400
    refresh(desk, other)


def test_in_testing_a_refresh_token_lives_seven_days(opened: Opener) -> None:
    from dataclasses import replace

    desk = opened(replace(sample_google(REDIRECT), testing=True))
    credentials = desk.link()
    desk.google.clock.advance(timedelta(days=6, hours=23).total_seconds())
    refresh(desk, credentials)
    desk.google.clock.advance(3601)
    with pytest.raises(RefreshError, match="expired or revoked"):
        refresh(desk, credentials)


def test_access_for_a_limited_time_says_how_long(desk: Desk) -> None:
    flow = desk.flow()
    address, _ = flow.authorization_url(prompt="consent")
    code = httpx.URL(desk.owner().consent(address, time_limited=True)).params["code"]
    told: dict[str, Any] = flow.fetch_token(code=code)
    wanted = reference("google/authored/token_response_time_limited.json")["refresh_token_expires_in"]
    assert told["refresh_token_expires_in"] == wanted
    desk.owner().advance(7 * 86_400)
    with pytest.raises(RefreshError, match="invalid_grant"):
        refresh(desk, flow.credentials)


def test_a_refresh_token_unused_for_half_a_year_is_dead(desk: Desk) -> None:
    credentials = desk.link()
    desk.owner().advance(170 * 86_400)
    refresh(desk, credentials)
    desk.owner().advance(170 * 86_400)
    refresh(desk, credentials)
    desk.owner().advance(184 * 86_400)
    with pytest.raises(RefreshError, match="invalid_grant"):
        refresh(desk, credentials)


def test_the_hundred_and_first_token_pushes_out_the_first(desk: Desk) -> None:
    first = desk.link()
    for _ in range(100):
        code = desk.google.vault.issue_code(_draft(desk))
        redeemed = desk.google.vault.take_code(code)
        assert redeemed is not None
        desk.google.vault.issue_refresh(redeemed)
    with pytest.raises(RefreshError, match="invalid_grant"):
        refresh(desk, first)


def _draft(desk: Desk) -> Any:
    from sandbox.google.vault import Code

    return Code(
        code="",
        subject=ANA.subject,
        client_id=CLIENT_ID,
        redirect_uri=REDIRECT,
        scopes=("openid",),
        challenge="",
        challenge_method="plain",
        nonce="",
        offline=True,
        time_limited=False,
        expires=NOW,
    )
