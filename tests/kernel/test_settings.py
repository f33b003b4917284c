import os
from pathlib import Path

import pytest

from app.installation import Installation, create_secrets, read_secrets, write_secrets
from kernel.errors import SettingMissing
from kernel.settings import DiarySettings, EdgeSettings, HomeSettings, MindSettings, Room, read_settings

KINDS = {Room.EDGE: EdgeSettings, Room.MIND: MindSettings, Room.DIARY: DiarySettings}


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> HomeSettings:
    for name in os.environ:
        if name.startswith(("WHATSAPP_", "GRAPH_", "DATABASE_", "EMBEDDING_", "COMPOSER_", "GOOGLE_")):
            monkeypatch.delenv(name)
    created = HomeSettings(mostrador_home=tmp_path)
    create_secrets(Installation(created))
    for room in Room:
        file = created.secrets_file(room)
        write_secrets(file, read_secrets(file) | {"DATABASE_URL": f"postgresql://{room.role}@/x"})
    return created


@pytest.mark.parametrize("room", KINDS)
def test_a_room_starts_with_what_init_wrote_for_it(home: HomeSettings, room: Room) -> None:
    settings = read_settings(KINDS[room], room, home)
    assert settings.database_url == f"postgresql://{room.role}@/x"


@pytest.mark.parametrize(
    ("room", "secret"),
    [(Room.EDGE, "WHATSAPP_APP_SECRET"), (Room.EDGE, "EDGE_KEYSET"), (Room.MIND, "TRAY_KEYSET")],
)
def test_a_missing_secret_stops_the_start_and_is_named(home: HomeSettings, room: Room, secret: str) -> None:
    file = home.secrets_file(room)
    write_secrets(file, {name: value for name, value in read_secrets(file).items() if name != secret})
    with pytest.raises(SettingMissing, match=secret):
        read_settings(KINDS[room], room, home)


def test_no_room_holds_another_s_keys(home: HomeSettings) -> None:
    held = {room: read_secrets(home.secrets_file(room)) for room in KINDS}
    assert "EDGE_KEYSET" not in held[Room.MIND]
    assert "WHATSAPP_APP_SECRET" not in held[Room.MIND]
    assert set(held[Room.DIARY]) == {"DIARY_KEYSET", "DIARY_TRAY_KEYSET", "DIARY_INDEX_KEY", "DATABASE_URL"}
    assert not set(held[Room.MIND]) & {"DIARY_KEYSET", "DIARY_TRAY_KEYSET", "DIARY_INDEX_KEY"}
    assert held[Room.EDGE]["TRAY_KEYSET"] == held[Room.MIND]["TRAY_KEYSET"]


def test_secrets_can_be_read_by_their_owner_only(home: HomeSettings) -> None:
    assert {home.secrets_file(room).stat().st_mode & 0o777 for room in Room} == {0o600}


def test_init_run_again_keeps_every_secret(home: HomeSettings) -> None:
    before = home.secrets_file(Room.EDGE).read_text()
    assert create_secrets(Installation(home)) is False
    assert home.secrets_file(Room.EDGE).read_text() == before


def test_secrets_do_not_show_when_printed(home: HomeSettings) -> None:
    settings = read_settings(EdgeSettings, Room.EDGE, home)
    assert settings.whatsapp_app_secret.get_secret_value() not in repr(settings)
