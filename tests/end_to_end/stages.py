"""A theatre on a test's own database, with a mind that has no model: for what is about the way and not the words."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from app.evaluation.database import PassingDatabase
from app.evaluation.theatre import Theatre, build_theatre
from app.trays import reply_job
from assistant.room import Answering, Mind
from assistant.understanding.reader import Understander
from kernel.clock import SetClock
from kernel.database import Database
from kernel.sealing import Sealer, new_keyset
from kernel.settings import Room
from knowledge.embedding.hash_encoder import HashEncoder
from knowledge.library import Library

SCRIPTS = Path(__file__).resolve().parents[1] / "data" / "dialogues"


@contextmanager
def stage_of(
    passing: PassingDatabase,
    folders: Sequence[Path],
    counter: Answering,
    understander: Understander,
    clock: SetClock,
) -> Iterator[Theatre]:
    tray = SecretStr(new_keyset())
    inner = Database(passing.url(Room.MIND))
    mind = Mind(
        database=inner,
        clock=clock,
        tray=Sealer(tray.get_secret_value()),
        library=Library([HashEncoder()]),
        counter=counter,
        understander=understander,
        reply_job=reply_job,
    )
    yield build_theatre(passing, folders, mind, clock, tray)
    inner.close()
