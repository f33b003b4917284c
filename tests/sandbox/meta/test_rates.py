"""Meta's brakes."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.meta.rates import NumberBrake, PairBrake
from sandbox.settings import Limits
from tests.sandbox.cast import CLINIC
from tests.sandbox.conftest import Bench, Opener

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def later(seconds: float) -> datetime:
    return NOON + timedelta(seconds=seconds)


def test_a_burst_of_45_goes_through_and_must_then_be_paid_back() -> None:
    brake = PairBrake(pace=6, burst=45)
    assert all(brake.allows(NOON) for _ in range(45))
    assert not brake.allows(NOON)
    assert not brake.allows(later(269))
    assert brake.allows(later(270))


def test_one_message_in_six_seconds_may_go_on_for_ever() -> None:
    brake = PairBrake(pace=6, burst=45)
    assert all(brake.allows(later(6 * n)) for n in range(200))


def test_a_number_has_its_messages_per_second() -> None:
    brake = NumberBrake(per_second=2)
    brake.count(NOON)
    brake.count(later(0.5))
    assert not brake.allows(later(0.9))
    assert brake.allows(later(1.0))


@pytest.mark.anyio
async def test_too_many_messages_to_one_person_are_refused(opened: Opener) -> None:
    bench: Bench = await opened(limits=Limits(pair_burst=2))
    codes = [(await bench.send_text()).json().get("error", {}).get("code") for _ in range(3)]
    assert codes == [None, None, 131056]
    bench.clock.advance(seconds=12)
    assert (await bench.send_text()).status_code == 200


@pytest.mark.anyio
async def test_inbound_and_outbound_share_the_messages_of_a_second(opened: Opener) -> None:
    bench: Bench = await opened(limits=Limits(messages_per_second=2))
    bench.write(number=CLINIC)
    bench.write()
    assert (await bench.send_text()).status_code == 200
    assert (await bench.send_text()).json()["error"]["code"] == 130429
    bench.clock.advance(seconds=1)
    assert (await bench.send_text()).status_code == 200
