"""Google Calendar behind one small door: what the diary asks of a merchant's calendar, and the client that asks it.

`agenda` holds the protocol and its values and loads no Google library; `google_agenda` is the real one. Nothing
outside this package imports `googleapiclient`, `google` or `google_auth_oauthlib`. Never imports the packages of
bookings, shops or conversations: a merchant's business is no matter of this one, and it touches no database.

Public: `agenda` (Agenda, Window, Busy, Unknown, EventDraft, Put), `google_agenda.GoogleAgenda`, `local_agenda`,
`app.GoogleApp`, `door.GoogleDoor`, `troubles`, `backoff`, `scopes`, `errors`.
"""
