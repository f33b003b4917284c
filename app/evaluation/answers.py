"""`mostrador evaluate answers`: every question of a folder through the real entrance, then the scorer's table."""

import asyncio
import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from pydantic import SecretStr
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from app.evaluation.database import passing_database
from app.evaluation.house import House, enter_numbers, number_of, open_house
from app.evaluation.scoring import GOOD, Prediction, Question, Score, Verdict, judge, read_questions, score
from app.merchants import load_knowledge
from app.mind import build_mind
from kernel.clock import SetClock
from kernel.database import Database
from kernel.ids import MerchantId
from kernel.sealing import new_keyset
from kernel.settings import EdgeSettings, MindSettings
from knowledge.entries import KnowledgeBase
from knowledge.interchange import load_merchant
from knowledge.library import embed_missing
from sandbox.driver import Phone
from sandbox.meta.models import BusinessNumber, Customer, CustomerKey
from webhooks.routing import grounds_of

OTHERWISE = datetime(2026, 11, 24, 10, 30)  # noqa: DTZ001 - local to each merchant; a Tuesday morning
"""When a question is asked for which the time does not matter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One merchant's folder."""

    folder: Path
    base: KnowledgeBase
    questions: Sequence[Question]
