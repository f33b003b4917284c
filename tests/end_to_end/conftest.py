"""The whole product in one process, with a model-free mind, for tests that are about the way and not the words."""

import secrets
from collections.abc import Callable, Iterator

import pytest
from pydantic import SecretStr

from app.evaluation.house import House, enter_numbers, number_of, open_house
from app.merchants import load_knowledge
from app.trays import reply_job
from assistant.room import Mind
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.sealing import Sealer, new_keyset
from kernel.settings import EdgeSettings, Room
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.entries import EntryKey, Faq, KnowledgeBase, Profile
from knowledge.library import Library
from sandbox.meta.models import Customer, CustomerKey
from tests.end_to_end.first_hit import FirstHit

ANA = Customer(key=CustomerKey("ana"), name="Ana", phone="573001112233")
BETO = Customer(key=CustomerKey("beto"), name="Beto", phone="573004445566")
SHOPS = ("panaderia", "ferreteria")


def knowledge_of(slug: str) -> KnowledgeBase:
    faq = Faq(key=EntryKey("f01"), question="¿Tienen parqueadero?", answer=f"Sí, detrás de la {slug}.")
    profile = Profile(
        slug=slug, name=slug.title(), timezone="America/Bogota", locale="es-CO", languages=("es",)
    )
    return KnowledgeBase(profile=profile, entries=(faq,))


@pytest.fixture
def edge_settings(room_url: Callable[[Room], str]) -> EdgeSettings:
    return EdgeSettings(
        database_url=room_url(Room.EDGE),
        whatsapp_app_secret=SecretStr(secrets.token_hex(16)),
        whatsapp_verify_token=SecretStr("verify"),
        edge_keyset=SecretStr(new_keyset()),
        tray_keyset=SecretStr(new_keyset()),
        diary_tray_keyset=SecretStr(new_keyset()),
        blind_index_key=SecretStr(secrets.token_hex(32)),
        burst_quiet_seconds=0.2,
        burst_cap_seconds=1,
    )


@pytest.fixture
def house(room_database: Callable[[Room], Database], edge_settings: EdgeSettings) -> Iterator[House]:
    """Two merchants, two customers, everything running."""
    clock = SystemClock()
    edge, mind_database = room_database(Room.EDGE), room_database(Room.MIND)
    merchants = [load_knowledge(edge, clock, knowledge_of(slug))[0] for slug in SHOPS]
    numbers = {merchant: number_of(i, SHOPS[i]) for i, merchant in enumerate(merchants)}
    enter_numbers(edge, edge_settings.edge_keyset, numbers)
    mind = Mind(
        database=mind_database,
        clock=clock,
        tray=Sealer(edge_settings.tray_keyset.get_secret_value()),
        library=Library([HashEncoder()]),
        counter=FirstHit(),
        reply_job=reply_job,
    )
    with open_house(edge_settings, edge, mind, clock, list(numbers.values()), [ANA, BETO]) as opened:
        yield opened
