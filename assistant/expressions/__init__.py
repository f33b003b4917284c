"""When a customer means: dates and times in people's words, read into zone-aware values.

A grammar of our own in bounded time. A text becomes tokens (`tokens`), these become atoms with the classes that the
tables give them (`atoms`, `vocabulary`, `slips`), layers of rules over classes rewrite the row (`patterns`,
`cascade`, `tables/rules.yaml`; what a rule makes: `*_rules`), days and hours are joined (`units`, `listing`), told apart
by what is done with them (`roles`, `settling`) and placed by the shop's clock (`resolving`, `halves`, `parts`). What a
shop means by a word is one table, `tables/conventions.yaml`, and the only place to add one.

Knows the merchant's hours, never a booking and never what the diary said. Imports `knowledge` only in `hours`, which
makes a `ShopClock` of knowledge entries, and of the rest of the assistant only `language`, `turns`, `errors` and
`tables` (the words for other places' clocks, shared with the facts).

Public: `reading.read` and `reading.warm_up`, `values` (`When`, `Mention`, `Grain`, `Role`), `shop.ShopClock`,
`hours.shop_clock`.
"""
