"""Starts things: the rooms' processes, the command line, migrations. Wiring only, no rule.

May import every package; nothing imports `app`.
"""
