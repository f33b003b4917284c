"""``python -m sandbox``: the stand-in by itself, its settings from the environment (see ``settings_from``)."""

import os
import sys

import uvicorn

from sandbox.application import create_application
from sandbox.cast import SAMPLE_CUSTOMERS
from sandbox.errors import SettingMissing
from sandbox.settings import settings_from, with_customers


def main() -> None:
    try:
        settings = settings_from(os.environ)
    except SettingMissing as error:
        sys.exit(str(error))
    application = create_application(with_customers(settings, SAMPLE_CUSTOMERS))
    port = int(os.environ.get("SANDBOX_PORT", "8090"))
    # Open event streams would keep the server from stopping.
    level = os.environ.get("SANDBOX_LOG_LEVEL", "info")
    uvicorn.run(application, host="127.0.0.1", port=port, log_level=level, timeout_graceful_shutdown=1)


if __name__ == "__main__":
    main()
