"""The diary: books, moves, cancels and reminds on the merchant's Google Calendar, by deterministic code.

Imports only `kernel`; could be lifted out and run alone. Never imports `assistant`, `knowledge`, `webhooks`
or `console`, loads no model, and opens no connection but to PostgreSQL and Google.
"""
