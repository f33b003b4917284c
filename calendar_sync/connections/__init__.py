"""Connections: linking a merchant's Google account, keeping its tokens, taking it back, and saying what is wrong.

Tokens live in one table that the diary alone may read, sealed with the diary's own key and bound to merchant and column.
What the console shows (which account, which calendars, what the doctor found, the receipt of an unlinking) lies apart,
sealed with the key of the trays. Never imports the conversation or the shop.

Public: `office.Office`, `serving.serve` (every request about a connection), `agendas.agenda_for`, `unlinking.close_account`,
`examining.examine_merchant`, `viewing` and `doctor` (both may be used by the edge: no Google library is loaded), `tasks`.
"""
