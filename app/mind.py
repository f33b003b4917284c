"""The mind's process: loads the model once, then reads turns until it is told to end."""

import asyncio

import httpx
import structlog

from app.installation import Installation
from app.trays import reply_job
from assistant.composers.composer import Composer
from assistant.composers.language_model import LanguageModelComposer, LanguageModelSettings
from assistant.composers.quoting import QuotingComposer
from assistant.counter import Counter
from assistant.evidence import evidence_head
from assistant.expressions.reading import warm_up
from assistant.room import Mind
from assistant.tasks import blueprint as assistant_tasks
from assistant.told import HeadScores
from assistant.understanding.last_texts import LastTexts
from assistant.understanding.reader import Understander
from kernel.clock import Clock, SystemClock
from kernel.database import Database
from kernel.jobs import WorkerOptions, create_job_app, run_worker
from kernel.logs import configure_logs
from kernel.sealing import Sealer
from kernel.settings import HomeSettings, MindSettings, Room, read_settings
from knowledge.embedding.loading import load_encoder
from knowledge.library import Library
from knowledge.tasks import blueprint as knowledge_tasks

OPTIONS = WorkerOptions(queues=("mind",), concurrency=4)
_log = structlog.get_logger()


def run_mind() -> None:
    """Start the mind and work until the process is told to end."""
    home = HomeSettings()
    settings = read_settings(MindSettings, Room.MIND, home)
    configure_logs(Room.MIND, settings.log_level)
    database = Database(settings.database_url)
    database.check()
    mind = build_mind(settings, home, database, SystemClock())
    # A second's work, once, that the first customer need not wait for.
    warm_up()
    _log.info("mind ready", model=settings.embedding_model or "embedded")
    asyncio.run(work(mind))


def build_mind(settings: MindSettings, home: HomeSettings, database: Database, clock: Clock) -> Mind:
    """Load the model and join the mind's parts."""
    model = settings.embedding_model or Installation(home).model_folder
    encoder = LastTexts(load_encoder(model, settings.embedding_threads))
    head = evidence_head()
    return Mind(
        database=database,
        clock=clock,
        tray=Sealer(settings.tray_keyset.get_secret_value()),
        library=Library([encoder], max_bytes=settings.library_megabytes * 1_000_000, sketcher=head),
        counter=Counter(encoder, build_composer(settings, clock), head=HeadScores(head, encoder)),
        understander=Understander(encoder),
        reply_job=reply_job,
    )


def build_composer(settings: MindSettings, clock: Clock) -> Composer:
    """Quotes, unless the operator has named a language model's address."""
    if not settings.composer_url:
        return QuotingComposer()
    chosen = LanguageModelSettings(
        base_url=settings.composer_url,
        model=settings.composer_model,
        key=settings.composer_key,
        seconds=settings.composer_seconds,
    )
    # One client is kept for the process: a new one loads the certificate store each time.
    return LanguageModelComposer(httpx.Client(), chosen, clock)


async def work(mind: Mind, options: WorkerOptions = OPTIONS) -> None:
    """Read turns and embed texts until cancelled."""
    blueprints = [("assistant", assistant_tasks), ("knowledge", knowledge_tasks)]
    app = create_job_app(mind.database.url, blueprints)
    async with app.open_async():
        await run_worker(app, mind, options)
