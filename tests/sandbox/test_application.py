"""One service, both stand-ins."""

import subprocess
import sys
from dataclasses import replace

import httpx
import pytest

from sandbox.application import create_application
from sandbox.google.cast import ANA, sample_google
from sandbox.google.driver import Owner
from tests.sandbox.cast import settings
from tests.sandbox.servers import free_port, serving


def test_meta_is_at_the_root_and_google_beside_it() -> None:
    application = create_application(settings(google=sample_google("http://127.0.0.1:9/back")))
    with serving(application, free_port()) as url, httpx.Client() as client:
        assert client.get(f"{url}/phone").status_code == 200
        assert client.get(f"{url}/sandbox/people").json()["numbers"]
        google = f"{url}/google"
        assert client.get(f"{google}/", follow_redirects=True).url.path == "/google/calendar"
        assert client.get(f"{google}/static/shared/base.css").status_code == 200
        answer = client.get(f"{google}/calendar/v3/users/me/calendarList")
        assert (answer.status_code, answer.json()["error"]["errors"][0]["reason"]) == (401, "required")
        doors = client.get(f"{google}/.well-known/openid-configuration").json()
        assert doors["token_endpoint"] == f"{google}/token"
        owner = Owner(client, google, ANA.email)
        owner.add({"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}})
        assert len(owner.events()) == 1


def test_without_googles_settings_there_is_no_google() -> None:
    application = create_application(settings())
    with serving(application, free_port()) as url:
        assert httpx.get(f"{url}/google/calendar").status_code == 404
        assert application.state.google is None


def test_pushes_leave_by_the_transport_that_was_handed_in() -> None:
    heard: list[str] = []

    def hear(request: httpx.Request) -> httpx.Response:
        heard.append(request.headers["x-goog-resource-state"])
        return httpx.Response(200)

    application = create_application(
        settings(google=replace(sample_google(), seed="s")), transport=httpx.MockTransport(hear)
    )
    google = application.state.google
    grant = google.vault.issue_access(ANA.subject, "x", ("https://www.googleapis.com/auth/calendar.events",))
    head = {"Authorization": f"Bearer {grant.token}"}
    body = {"id": "c1", "type": "web_hook", "address": "https://app.example.com/push"}
    with serving(application, free_port()) as url, httpx.Client(headers=head) as client:
        opened = client.post(f"{url}/google/calendar/v3/calendars/primary/events/watch", json=body)
        assert opened.status_code == 200
        Owner(client, f"{url}/google", ANA.email).add(
            {"start": {"date": "2026-11-24"}, "end": {"date": "2026-11-25"}}
        )
        # The pushes are sent before the service ends.
        client.get(f"{url}/google/sandbox/pushes")
    assert heard[:1] == ["sync"]


@pytest.mark.parametrize("path", ["/google/static/../settings.py", "/google/static/%2e%2e/settings.py"])
def test_only_the_pages_files_are_served(path: str) -> None:
    application = create_application(settings(google=sample_google()))
    with serving(application, free_port()) as url:
        assert httpx.get(url + path).status_code == 404


def test_the_stand_ins_know_neither_the_product_nor_googles_own_client() -> None:
    strangers = ("app", "assistant", "calendar_sync", "console", "kernel", "knowledge", "privacy", "webhooks")
    strangers += ("googleapiclient", "google_auth_oauthlib", "google", "httplib2", "oauthlib")
    code = f"import sys, sandbox.application; print(*({{m.partition('.')[0] for m in sys.modules}} & {set(strangers)!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
