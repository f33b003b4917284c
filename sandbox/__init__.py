"""Meta on this machine: a stand-in for WhatsApp's Cloud API, with a phone to hold in the hand.

It speaks Meta's protocol over HTTP (send call, media, signed webhooks) and misbehaves on demand. It
imports nothing of ours, so that no agreement between product and stand-in can hide in shared code.

Public names: ``settings.SandboxSettings``, ``application.create_application``, ``driver.Phone``,
``driver.signed_delivery`` and the builders in ``meta.payloads``.
"""
