"""Where scripts are played: the merchants of a folder loaded once, and a fresh house with its own world for each script."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import yaml
from psycopg import sql
from pydantic import SecretStr

from app.evaluation.database import PassingDatabase
from app.evaluation.house import DiaryRoom, House, enter_numbers, number_of, open_house
from app.evaluation.scripts import Script
from app.merchants import load_knowledge
from app.stand_in_google import Linker, Proprietor, world_of
from app.stand_in_templates import approved_templates
from assistant.room import Mind
from calendar_sync.desk import Desk
from calendar_sync.members.importing import Preview, read_members
from calendar_sync.shop.store import read_shop
from calendar_sync.shop.values import Shop
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import new_keyset
from kernel.settings import DiarySettings, EdgeSettings, Room
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant
from sandbox.meta.models import BusinessNumber, Customer, CustomerKey

KEPT = frozenset({"webhooks.number", "webhooks.number_route", "calendar.shop"})
"""Tables that stay when the house is cleaned between two scripts."""
CLEANED = ("webhooks", "calendar", "assistant", "jobs")
SCHEMA_TABLES = "select schemaname, tablename from pg_tables where schemaname = any(%s)"
SOMEBODY = "573000000001"


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """A merchant of the folder."""

    name: str
    base: KnowledgeBase
    raw: Mapping[str, Any]
    """The file as it is written, for what the product does not know by that name."""
    number: BusinessNumber
    merchant: MerchantId
    shop: Shop
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """A running house, ready for one script."""

    house: House
    desk: Desk
    play: Play
    clock: SetClock
    customer: Customer
    proprietor: Proprietor
    administrator_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Theatre:
    passing: PassingDatabase
    edge_settings: EdgeSettings
    diary_settings: DiarySettings
    mind: Mind
    clock: SetClock
    plays: Mapping[str, Play]

    @contextmanager
    def scene(self, script: Script) -> Iterator[Scene]:
        """Everything anew but what the merchants know: no customer, no booking, an empty calendar."""
        play = self.plays[script.merchant]
        self._clean()
        self.clock.set(script.now)
        customer = customer_of(script)
        proprietor = Proprietor.of(play.name, play.shop)
        room = DiaryRoom(
            settings=self.diary_settings, google=world_of([proprietor]), templates=approved_templates()
        )
        database = Database(self.edge_settings.database_url)
        numbers = [one.number for one in self.plays.values()]
        with open_house(
            self.edge_settings, database, self.mind, self.clock, numbers, [customer], room
        ) as house:
            desk = house.desk
            if desk is None:
                raise RuntimeError("a house without a diary")
            Linker(database, desk.diary.tray, self.clock, house.google_url).link(play.merchant, proprietor)
            enrol(desk, play)
            yield Scene(
                house=house,
                desk=desk,
                play=play,
                clock=self.clock,
                customer=customer,
                proprietor=proprietor,
                administrator_url=self.administrator_url,
            )
        database.close()

    @property
    def administrator_url(self) -> str:
        return self.passing.server.url(database=self.passing.name)

    def _clean(self) -> None:
        with psycopg.connect(self.administrator_url, autocommit=True) as connection:
            found = connection.execute(SCHEMA_TABLES, [list(CLEANED)]).fetchall()
            tables = [sql.Identifier(*row) for row in found if ".".join(row) not in KEPT]
            connection.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(tables)))


def customer_of(script: Script) -> Customer:
    """The script's customer; one whose phone is hidden has only a name."""
    digits = "".join(c for c in script.phone or "" if c.isdigit())
    return Customer(
        key=CustomerKey("customer"),
        name=script.name or "",
        phone=digits or SOMEBODY,
        hides_number=script.phone is None,
        username="" if script.phone else "cliente",
    )


def enrol(desk: Desk, play: Play) -> None:
    """The merchant's members' list, where the folder has one."""
    for file in sorted(play.folder.glob("members.*")):
        found = read_members(file.read_bytes(), play.shop.country)
        if isinstance(found, Preview):
            with desk.diary.database.transaction(play.merchant) as session:
                desk.roll.replace(session, play.merchant, found.members, actor="operator")


def build_theatre(
    passing: PassingDatabase, folders: Sequence[Path], mind: Mind, clock: SetClock, tray: SecretStr
) -> Theatre:
    """Load the merchants of these folders and give each a number."""
    edge_settings = EdgeSettings(
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
    diary_settings = DiarySettings(
        database_url=passing.url(Room.DIARY),
        diary_keyset=SecretStr(new_keyset()),
        diary_tray_keyset=edge_settings.diary_tray_keyset,
        diary_index_key=SecretStr(secrets.token_hex(32)),
    )
    database = Database(edge_settings.database_url)
    plays = {folder.name: _play(database, clock, place, folder) for place, folder in enumerate(folders, 1)}
    enter_numbers(database, edge_settings.edge_keyset, {one.merchant: one.number for one in plays.values()})
    database.close()
    return Theatre(
        passing=passing,
        edge_settings=edge_settings,
        diary_settings=diary_settings,
        mind=mind,
        clock=clock,
        plays=plays,
    )


def _play(database: Database, clock: SetClock, place: int, folder: Path) -> Play:
    file = folder / "merchant.yaml"
    base = load_merchant(file, seeds_of(folder)).knowledge_base
    if base is None:
        raise ValueError(f"{file} holds no merchant that could be loaded")
    merchant, _ = load_knowledge(database, clock, base)
    with database.transaction(merchant) as session:
        shop = read_shop(session, merchant)
    if shop is None:
        raise ValueError(f"{file} was not delivered to the diary")
    raw = yaml.safe_load(file.read_text("utf-8"))
    number = number_of(place, base.profile.name)
    return Play(
        name=folder.name, base=base, raw=raw, number=number, merchant=merchant, shop=shop, folder=folder
    )


def seeds_of(folder: Path) -> list[Path]:
    """Where documents may lie that a merchant's folder names and does not hold."""
    return [path for path in (folder.parents[1] / "seeds", folder.parents[2] / "seeds") if path.is_dir()]
