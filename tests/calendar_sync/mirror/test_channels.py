from datetime import UTC, datetime, timedelta

import pytest

from calendar_sync.connections.prefixes import merchant_of_channel
from calendar_sync.mirror.channels import keep_open
from calendar_sync.mirror.models import ChannelRow, SyncRow
from calendar_sync.mirror.pushes import hear
from calendar_sync.requests import Push
from tests.calendar_sync.connections.offices import Desk, jobs, request_id
from tests.calendar_sync.google.little_google import Fault, error
from tests.calendar_sync.mirror.shops import MAIN

WATCH = f"POST /calendar/v3/calendars/{MAIN}/events/watch"


def open_channel(desk: Desk) -> ChannelRow:
    assert keep_open(desk.office, desk.merchant, MAIN) is None
    rows = sorted(desk.rows(ChannelRow), key=lambda row: row.made_at)
    assert isinstance(rows[-1], ChannelRow)
    return rows[-1]


def push(desk: Desk, channel: str, **changes: object) -> Push:
    known = desk.google.channels.get(channel, {})
    values: dict[str, object] = {
        "id": request_id(),
        "merchant": desk.merchant,
        "channel_id": channel,
        "resource_id": f"resource-{MAIN}",
        "token": known.get("token", ""),
        "state": "exists",
        "number": 2,
    }
    return Push(**(values | changes))  # type: ignore[arg-type]


def heard(desk: Desk, given: Push) -> int:
    """Syncs that wait after this push."""
    desk.lay(given)
    hear(desk.office, given)
    with desk.read() as session:
        return [name for name, _ in jobs(session)].count("mirror:sync")


@pytest.fixture
def short(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Google gives channels of a week from now."""
    ends = desk.clock.now() + timedelta(days=7)
    answer = desk.google._events_api

    def with_end(*given: object) -> object:
        status, body = answer(*given)  # type: ignore[arg-type]
        if body and "expiration" in body:
            body["expiration"] = str(int(ends.timestamp() * 1000))
        return status, body

    monkeypatch.setattr(desk.google, "_events_api", with_end)
    return desk


def test_a_channel_is_asked_for_with_a_secret_and_our_address(desk: Desk) -> None:
    row = open_channel(desk)
    asked = desk.google.channels[row.id]
    assert asked["address"] == "https://shop.test/google/push"
    assert len(asked["token"]) >= 32
    assert asked["token"].encode() not in row.token_digest
    assert (len(row.id) <= 64, merchant_of_channel(row.id)) == (True, desk.merchant)
    assert row.ends_at == datetime.fromtimestamp(2_000_000_000, UTC)


def test_the_row_is_there_before_google_is_asked(desk: Desk) -> None:
    desk.google.fail(WATCH, Fault("", raises=TimeoutError()), times=9)
    assert keep_open(desk.office, desk.merchant, MAIN) is not None
    assert len(desk.rows(ChannelRow)) == 1


def test_a_push_that_comes_before_the_answer_is_understood(desk: Desk) -> None:
    desk.google.fail(WATCH, Fault("", raises=TimeoutError()), times=9, takes_effect=True)
    keep_open(desk.office, desk.merchant, MAIN)
    channel = next(iter(desk.google.channels))
    assert heard(desk, push(desk, channel)) == 1


def test_a_channel_that_lasts_is_kept(desk: Desk) -> None:
    first = open_channel(desk)
    assert open_channel(desk).id == first.id
    assert len(desk.google.channels) == 1


def test_a_channel_is_followed_before_it_lapses_and_then_stopped(short: Desk) -> None:
    first = open_channel(short)
    short.clock.advance(timedelta(days=4, hours=23))
    assert open_channel(short).id == first.id
    short.clock.advance(timedelta(hours=2))
    second = open_channel(short)
    assert second.id != first.id
    assert list(short.google.channels) == [second.id]
    assert [row.id for row in short.rows(ChannelRow)] == [second.id]


def test_the_old_channel_stays_when_the_new_one_is_refused(short: Desk) -> None:
    first = open_channel(short)
    short.clock.advance(timedelta(days=6))
    short.google.fail(WATCH, error(503, "backendError"))
    assert keep_open(short.office, short.merchant, MAIN) is not None
    assert list(short.google.channels) == [first.id]


def test_without_an_address_no_channel_is_asked_for(desk: Desk) -> None:
    from dataclasses import replace

    from calendar_sync.google.door import GoogleDoor

    desk.office = replace(desk.office, google=GoogleDoor(replace(desk.office.google.app, push="")))
    assert keep_open(desk.office, desk.merchant, MAIN) is None
    assert desk.rows(ChannelRow) == []


def test_a_push_makes_the_calendar_be_read(desk: Desk) -> None:
    assert heard(desk, push(desk, open_channel(desk).id)) == 1


def test_the_first_push_of_a_channel_only_says_that_it_is_open(desk: Desk) -> None:
    channel = open_channel(desk).id
    assert heard(desk, push(desk, channel, state="sync", number=1)) == 0
    (row,) = desk.rows(ChannelRow)
    assert row.heard_at == desk.clock.now()


@pytest.mark.parametrize(
    "forged",
    [{"token": "guess"}, {"token": ""}, {"resource_id": "another"}, {"channel_id": "unknown"}],
)
def test_a_push_that_does_not_know_the_channels_secret_does_nothing(
    desk: Desk, forged: dict[str, str]
) -> None:
    assert heard(desk, push(desk, open_channel(desk).id, **forged)) == 0
    (row,) = desk.rows(ChannelRow)
    assert row.heard_at is None


def test_a_push_that_comes_twice_counts_once(desk: Desk) -> None:
    channel = open_channel(desk).id
    heard(desk, push(desk, channel))
    (sync,) = desk.rows(SyncRow)
    desk.clock.advance(timedelta(seconds=5))
    heard(desk, push(desk, channel))
    assert desk.rows(SyncRow)[0].wanted_at == sync.wanted_at


def test_a_burst_of_pushes_waits_for_one_sync(desk: Desk) -> None:
    channel = open_channel(desk).id
    assert [heard(desk, push(desk, channel, number=number)) for number in (2, 3, 7)] == [1, 1, 1]


def test_a_push_for_another_merchant_finds_no_channel(desk: Desk) -> None:
    from uuid import uuid4

    from kernel.ids import MerchantId

    channel = open_channel(desk).id
    given = push(desk, channel, merchant=MerchantId(uuid4()))
    desk.lay(given)
    hear(desk.office, given)
    assert desk.rows(SyncRow) == []


@pytest.mark.parametrize("text", ["", "x", "zz-1", "0" * 32, "0" * 31 + "-1", "0" * 32 + "g-1"])
def test_an_id_that_is_not_ours_names_no_merchant(text: str) -> None:
    assert merchant_of_channel(text) is None
