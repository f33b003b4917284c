"""What Google's client makes of a refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from googleapiclient.errors import HttpError


def refused(call: Callable[[], Any]) -> tuple[int, str]:
    """Status and reason of the refusal that the call must meet."""
    with pytest.raises(HttpError) as caught:
        call()
    return caught.value.status_code, caught.value.error_details[0]["reason"]
