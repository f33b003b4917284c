"""`python -m app` is the `mostrador` command."""

from app.command_line import main

main()
