from datetime import timedelta

import pytest
from pydantic import SecretStr

from calendar_sync.google.tokens import (
    Lapse,
    Lapsed,
    Revoked,
    Tokens,
    lapsed,
    refresh,
    revoke,
    tokens_of,
)
from calendar_sync.google.troubles import Failed, Trouble
from calendar_sync.google.wires import Wires
from tests.calendar_sync.google.little_google import Fault, LittleGoogle, app_at, error

APP = app_at()


def wires(google: LittleGoogle) -> Wires:
    return Wires(APP, google.make)


def test_a_refresh_brings_a_token_and_what_it_is_good_for() -> None:
    google = LittleGoogle()
    tokens = refresh(APP, wires(google), SecretStr(google.oauth.grant("a b")))
    assert isinstance(tokens, Tokens)
    assert tokens.lifetime == timedelta(seconds=3599)
    assert (tokens.refresh, tokens.grant and tokens.grant.scopes) == (None, {"a", "b"})


@pytest.mark.parametrize(
    ("code", "lapse"),
    [
        ("invalid_grant", Lapse.GRANT),
        ("admin_policy_enforced", Lapse.GRANT),
        ("invalid_client", Lapse.CLIENT),
        ("deleted_client", Lapse.CLIENT),
        ("redirect_uri_mismatch", Lapse.CLIENT),
        ("something_new", Lapse.REQUEST),
    ],
)
def test_each_refusal_has_its_meaning(code: str, lapse: Lapse) -> None:
    google = LittleGoogle()
    google.fail("/token", Fault("", 400, {"error": code}))
    assert refresh(APP, wires(google), SecretStr("x")) == Lapsed(lapse, code)


@pytest.mark.parametrize(
    ("fault", "trouble"),
    [
        (error(503, "backendError"), Trouble.BACKEND),
        (Fault("", 429), Trouble.RATE),
        (Fault("", raises=TimeoutError()), Trouble.UNCLEAR),
        (Fault("", 200, {"nothing": "here"}), Trouble.BACKEND),
    ],
)
def test_a_passing_trouble_is_no_refusal(fault: Fault, trouble: Trouble) -> None:
    google = LittleGoogle()
    google.fail("/token", fault)
    failed = refresh(APP, wires(google), SecretStr("x"))
    assert isinstance(failed, Failed)
    assert failed.trouble is trouble


def test_one_refresh_is_one_request() -> None:
    google = LittleGoogle()
    google.fail("/token", error(503, "backendError"), times=9)
    refresh(APP, wires(google), SecretStr("x"))
    assert google.asked == ["POST /token"]


def test_a_permission_is_taken_back() -> None:
    google = LittleGoogle()
    token = google.oauth.grant()
    assert revoke(APP, wires(google), SecretStr(token)) == Revoked()
    assert revoke(APP, wires(google), SecretStr(token)) == Revoked(already=True)


@pytest.mark.parametrize("fault", [error(503, "backendError"), Fault("", raises=OSError()), Fault("", 429)])
def test_a_revocation_without_answer_has_failed(fault: Fault) -> None:
    google = LittleGoogle()
    google.fail("/revoke", fault)
    assert isinstance(revoke(APP, wires(google), SecretStr("x")), Failed)


def test_tokens_do_not_show_when_printed() -> None:
    tokens = tokens_of({"access_token": "ya29.open", "refresh_token": "1//open", "id_token": "e.y.j"})
    shown = repr(tokens)
    assert "open" not in shown
    assert "e.y.j" not in shown
    assert "secret" not in repr(APP).replace("client_secret", "")


def test_an_error_page_of_the_server_says_nothing_about_the_permission() -> None:
    assert lapsed("invalid_grant", 502) == Failed(Trouble.BACKEND, "502")
