"""The house with the real model and given merchants, on a passing database: what evaluation and benchmarks run."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from pydantic import SecretStr

from app.commands.open import installed
from app.evaluation.database import PassingDatabase
from app.evaluation.house import House, enter_numbers, open_house
from app.merchants import load_knowledge
from app.mind import build_mind
from assistant.room import Mind
from kernel.clock import Clock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import new_keyset
from kernel.settings import EdgeSettings, MindSettings, Room
from knowledge.entries import KnowledgeBase
from knowledge.library import embed_missing
from sandbox.meta.models import BusinessNumber, Customer, PhoneNumberId


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """A running house, its mind, and whose number is whose."""

    house: House
    mind: Mind
    merchants: Mapping[PhoneNumberId, MerchantId]


@contextmanager
def rehearsal(
    passing: PassingDatabase,
    cast: Sequence[tuple[KnowledgeBase, BusinessNumber]],
    customers: Sequence[Customer],
    clock: Clock,
) -> Iterator[Rehearsal]:
    """Load the merchants, make their vectors, start everything; bursts are not waited for."""
    tray = SecretStr(new_keyset())
    settings = _edge_settings(passing, tray)
    edge, inner = Database(settings.database_url), Database(passing.url(Room.MIND))
    numbers = {load_knowledge(edge, clock, base)[0]: number for base, number in cast}
    enter_numbers(edge, settings.edge_keyset, numbers)
    mind_settings = MindSettings(database_url=inner.url, tray_keyset=tray)
    mind = build_mind(mind_settings, installed().home, inner, clock)
    _make_vectors(mind, numbers)
    merchants = {number.phone_number_id: merchant for merchant, number in numbers.items()}
    with open_house(settings, edge, mind, clock, list(numbers.values()), customers) as house:
        yield Rehearsal(house, mind, merchants)
    edge.close()
    inner.close()


def _make_vectors(mind: Mind, merchants: Mapping[MerchantId, object]) -> None:
    encoder = mind.library.encoder
    for merchant in merchants:
        with mind.database.transaction(merchant) as session:
            if encoder is not None:
                embed_missing(session, merchant, encoder, sketcher=mind.library.sketcher)


def _edge_settings(passing: PassingDatabase, tray: SecretStr) -> EdgeSettings:
    return EdgeSettings(
        database_url=passing.url(Room.EDGE),
        whatsapp_app_secret=SecretStr(secrets.token_hex(16)),
        whatsapp_verify_token=SecretStr(secrets.token_hex(8)),
        edge_keyset=SecretStr(new_keyset()),
        tray_keyset=tray,
        diary_tray_keyset=SecretStr(new_keyset()),
        blind_index_key=SecretStr(secrets.token_hex(32)),
        burst_quiet_seconds=0,
        burst_cap_seconds=0,
    )
