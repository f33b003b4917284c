"""Google on this machine: OAuth consent, tokens and Calendar v3, with a page to be the calendar's owner on.

Speaks Google's protocol over HTTP, keeps everything in memory, and misbehaves on demand. It must never
import the product, nor Google's own client library.

Public names: ``application.create_google``, ``settings.GoogleSettings``, ``cast.sample_google``,
``driver.Owner`` and ``addresses.Addresses``.
"""
