"""What all rooms stand on: settings, clock, database, tenancy, sealing, ledger, jobs.

Imports nothing of ours. Knows no word of a merchant's business: a class such as an intent or a slot
has no place here, or the wall between the rooms would fall without any import being wrong.
"""
