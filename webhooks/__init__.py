"""The WhatsApp edge: receives, keeps the transcript, takes turns to the mind's tray and sends replies.

It must never import `assistant`, `knowledge` or `calendar_sync` outside `routing` (wiring hands the trays in),
open a Google token, or load a model.
Public doorways: `application.create`, `receipt.Receipt`, `tasks.blueprint`, `room.Edge`, `trays`, `messages`.
"""
