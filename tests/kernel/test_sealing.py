from uuid import uuid4

import pytest

from kernel.errors import SealBroken
from kernel.ids import MerchantId
from kernel.sealing import BlindIndex, PersonSealer, Place, Sealer, new_keyset

PLACE = Place(MerchantId(uuid4()), "webhooks.line", "body")
ELSEWHERE = [
    Place(MerchantId(uuid4()), PLACE.table, PLACE.column),
    Place(PLACE.merchant, "webhooks.outbox", PLACE.column),
    Place(PLACE.merchant, PLACE.table, "note"),
]


@pytest.fixture(params=["keyset", "person"])
def sealer(request: pytest.FixtureRequest) -> Sealer | PersonSealer:
    return Sealer(new_keyset()) if request.param == "keyset" else PersonSealer(PersonSealer.new_key())


def test_what_was_sealed_opens_in_its_place(sealer: Sealer | PersonSealer) -> None:
    assert sealer.open(sealer.seal("¿a cómo? 👍".encode(), PLACE), PLACE).decode() == "¿a cómo? 👍"


@pytest.mark.parametrize("elsewhere", ELSEWHERE)
def test_a_value_moved_to_another_merchant_table_or_column_does_not_open(
    sealer: Sealer | PersonSealer, elsewhere: Place
) -> None:
    sealed = sealer.seal(b"secret", PLACE)
    with pytest.raises(SealBroken):
        sealer.open(sealed, elsewhere)


def test_a_changed_byte_does_not_open(sealer: Sealer | PersonSealer) -> None:
    sealed = bytearray(sealer.seal(b"secret", PLACE))
    sealed[-1] ^= 1
    with pytest.raises(SealBroken):
        sealer.open(bytes(sealed), PLACE)


def test_another_room_s_key_does_not_open() -> None:
    sealed = Sealer(new_keyset()).seal(b"secret", PLACE)
    with pytest.raises(SealBroken):
        Sealer(new_keyset()).open(sealed, PLACE)


def test_keys_do_not_show_when_printed(sealer: Sealer | PersonSealer) -> None:
    assert repr(sealer).endswith("Sealer(…)")


def test_a_blind_index_finds_the_same_value_and_tells_merchants_apart() -> None:
    index = BlindIndex(bytes(32))
    assert index.of("573005550182", PLACE) == index.of("573005550182", PLACE)
    assert index.of("573005550182", PLACE) != index.of("573005550182", ELSEWHERE[0])
