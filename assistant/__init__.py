"""Words in, answers out: the counter that reads a customer's turn and answers from the merchant's knowledge.

Imports `knowledge` and `kernel` only. Never imports `calendar_sync`, `webhooks`, `console` or `app`, opens
no token and reads no transcript: a turn carries the few earlier lines that it may see.

Public: `counter.Counter` (a turn and a shelf give an answer), `turns` (the values), `intents`.
"""
