"""Runs the rooms as child processes, each with its own role and only its own keys, and restarts what dies."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import FrameType

import structlog

from app.installation import Installation, read_secrets
from kernel.settings import DiarySettings, EdgeSettings, MindSettings, Room, RoomSettings

_log = structlog.get_logger()

COMMANDS = {Room.EDGE: "web", Room.MIND: "assistant", Room.DIARY: "calendar"}
_SETTINGS: Mapping[Room, type[RoomSettings]] = {
    Room.EDGE: EdgeSettings,
    Room.MIND: MindSettings,
    Room.DIARY: DiarySettings,
}
_OF_ANY_PROCESS = ("PATH", "HOME", "LANG", "LC_ALL", "TZ", "TMPDIR", "MOSTRADOR_HOME", "VIRTUAL_ENV")
_RESTART_SECONDS = 1.0
_STOP_SECONDS = 10.0


def environment_of(room: Room, installation: Installation) -> dict[str, str]:
    """A child's whole environment: what any process needs, and this room's settings, no other's."""
    names = (
        *_OF_ANY_PROCESS,
        *(name.upper() for name in _SETTINGS[room].model_fields if name != "database_url"),
    )
    inherited = {name: os.environ[name] for name in names if name in os.environ}
    home = {"MOSTRADOR_HOME": str(installation.home.mostrador_home.resolve())}
    return read_secrets(installation.home.secrets_file(room)) | inherited | home


@dataclass(slots=True)
class Child:
    """One process that is kept running."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = field(default=None)

    def start(self) -> None:
        self.process = subprocess.Popen(self.command, env=dict(self.environment), start_new_session=True)

    def ended(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        if self.process is None or self.ended():
            return
        self.process.terminate()
        try:
            self.process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class House:
    """All rooms of one installation, kept running until `close` or a signal."""

    def __init__(self, children: Sequence[Child]) -> None:
        self._children = children
        self._closing = threading.Event()

    def open(self) -> None:
        for child in self._children:
            child.start()

    def keep(self) -> None:
        """Restart children that end, until asked to close; then stop them all."""
        signal.signal(signal.SIGTERM, self._on_signal)
        signal.signal(signal.SIGINT, self._on_signal)
        try:
            while not self._closing.wait(_RESTART_SECONDS):
                for child in filter(Child.ended, self._children):
                    _log.warning("room restarted", room=child.name)
                    child.start()
        finally:
            self.close()

    def close(self) -> None:
        for child in self._children:
            child.stop()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._closing.set()


def rooms(installation: Installation) -> list[Child]:
    """The three rooms as children of this process."""
    return [
        Child(room.value, [sys.executable, "-m", "app", command], environment_of(room, installation))
        for room, command in COMMANDS.items()
    ]
