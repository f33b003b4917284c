"""Meta and Google on this machine: stand-ins that speak their protocols, with pages to hold in the hand.

``meta`` plays WhatsApp's Cloud API (send call, media, signed webhooks), ``phone`` is the customer's phone in
the browser, ``google`` plays OAuth consent and Calendar v3 and shows the owner's calendar. They misbehave on
demand. They import nothing of ours, so that no agreement between product and stand-in can hide in shared code.

Public names: ``settings.SandboxSettings``, ``application.create_application``, ``driver.Phone``,
``driver.signed_delivery``, the builders in ``meta.payloads``, and what ``google`` names.
"""
