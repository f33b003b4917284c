"""Composers: how a drafted answer is put into words. The default one quotes.

A composer never decides what is true: it is given a draft and what the draft rests on, and gives back a text.
`language_model` is the one file of the assistant's that reaches another host, and only the one that the operator
configured. Never imports the transcript, a customer, a merchant's settings or anything but `assistant`'s own words
and figures, `kernel.clock` and httpx.

Public: `composer` (the port and its values), `quoting.QuotingComposer`, `language_model.LanguageModelComposer`.
"""
