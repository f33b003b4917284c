"""The Graph API and the webhooks of WhatsApp, kept in memory.

Knows nothing of the phone page, which reads this package's store and listens to its broker. Must never
import the product. Public names: ``models``, ``payloads``, ``faults`` and ``switchboard.Switchboard``.
"""
