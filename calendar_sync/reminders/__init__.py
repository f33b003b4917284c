"""Reminders: planned when a booking is made or moved, sent when the job finds it unchanged. Never twice.

A job carries identifiers; what it says is read from the booking at the moment it is sent. Imports no Google library.
Public doorways: `planning.plan_reminders`, `sending.remind`.
"""
