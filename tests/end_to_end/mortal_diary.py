"""The diary's own process that may kill itself (SIGKILL) at its n-th step. Run as `python -m tests.end_to_end.mortal_diary`.

A step is the moment before or after a commit or a call of Google's. Arguments: the step to die at (0 = never), and a file
to which each step's name is added.
"""

import asyncio
import sys
from pathlib import Path
from typing import Any

import httplib2

from app.diary import build_desk, work
from kernel.clock import SystemClock
from kernel.database import Database
from kernel.settings import DiarySettings
from tests.end_to_end.fates import Fate, quick, weave_commits


def weave_calls(fate: Fate) -> None:
    request = httplib2.Http.request

    def requesting(self: httplib2.Http, *args: Any, **options: Any) -> Any:
        fate.step("before a call of Google's")
        answer = request(self, *args, **options)
        fate.step("after a call of Google's")
        return answer

    setattr(httplib2.Http, "request", requesting)  # noqa: B010 - mypy forbids assigning to a method


if __name__ == "__main__":
    chosen = Fate(int(sys.argv[1]), Path(sys.argv[2]))
    weave_commits(chosen)
    weave_calls(chosen)
    settings = DiarySettings()  # type: ignore[call-arg]
    asyncio.run(work(build_desk(settings, Database(settings.database_url), SystemClock()), quick("diary")))
