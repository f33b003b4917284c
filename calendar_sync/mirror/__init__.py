"""The mirror: what the owner does to bookings in Google reaches the diary, once.

Google's pushes are hints that a sync is due; the sweep finds what they missed. Only the times of our own events are
looked at; nothing else that is read is kept but the sync token. Never writes to Google's calendar.

Public: `changes` (owner_changes and its values), `syncing.sync`, `pushes.hear`, `rounds`, `tasks`.
"""
