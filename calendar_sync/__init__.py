"""The diary: books, moves, cancels and reminds on the merchant's Google Calendar, by deterministic code.

Imports only `kernel`; could be lifted out and run alone. Never imports `assistant`, `knowledge`, `webhooks`
or `console`, loads no model, and opens no connection but to PostgreSQL and Google.

What the edge may use: `requests` and `outcomes` (the closed vocabularies), `tray` (its side of both trays), and
`shop.values` and `shop.store` (delivering a merchant's copy). None of these loads a Google library.
"""
