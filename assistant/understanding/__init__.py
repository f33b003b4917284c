"""Words to intents: what a customer wants, with the services, people, numbers and times that were named.

Tables (`tables/`) hold the signs of each language; a small trained head weighs them together with the message's
vector. Never imports `calendar_sync`, `webhooks` or `app`; knows that something is awaited, never what was offered.

Public: `reader.Understander` (a message and a shop give an `Understanding`), `values`, `shop_words.shop_of`.
"""
