"""The pages' words and heads, without a browser."""

import pytest

from sandbox.google.cast import CLIENT_ID
from sandbox.google.faults import FaultKind
from sandbox.google.pages.rendering import words
from sandbox.google.scopes import KNOWN_CALENDAR
from tests.sandbox.google.conftest import Desk, timed
from tests.sandbox.google.contract import document


def test_the_three_languages_have_the_same_words() -> None:
    spanish = words("es")
    assert set(words("pt")) == set(spanish) == set(words("en"))
    for kind in FaultKind:
        assert {f"fault_{kind}", f"fault_{kind}_hint"} <= set(spanish)


@pytest.mark.parametrize(("language", "heading"), [("es", "Permitir"), ("pt", "Permitir"), ("en", "Allow")])
def test_consent_speaks_the_persons_language(desk: Desk, language: str, heading: str) -> None:
    address, _ = desk.flow().authorization_url()
    page = desk.http.get(address, headers={"Accept-Language": f"{language}-XX,fr;q=0.5"})
    assert f'<html lang="{language}">' in page.text
    assert f">{heading}</button>" in page.text
    assert words(language)["scope_calendar.freebusy"] in page.text


def test_what_people_write_is_never_markup(desk: Desk) -> None:
    desk.owner().add(
        timed("24T10:00", "24T11:00", summary='"><script>alert(1)</script>', description="<i>x</i>")
    )
    page = desk.http.get(f"{desk.base}/calendar")
    assert "<script>alert" not in page.text
    assert "<i>x</i>" not in page.text
    assert "default-src 'self'" in page.headers["content-security-policy"]
    strange = desk.http.get(
        desk.doors.authorize, params={"client_id": CLIENT_ID, "redirect_uri": "<script>x</script>"}
    )
    assert "<script>x" not in strange.text


def test_a_day_or_a_calendar_that_does_not_exist_falls_back_to_what_does(desk: Desk) -> None:
    page = desk.http.get(f"{desk.base}/calendar", params={"calendar": "nobody", "day": "31-02"})
    assert page.status_code == 200
    assert 'data-monday="2026-11-23"' in page.text


def test_every_scope_that_can_be_asked_for_is_one_of_googles() -> None:
    known = {each.rpartition("/auth/")[2] for each in document()["auth"]["oauth2"]["scopes"]}
    assert set(KNOWN_CALENDAR) <= known
