"""Consent, retention, erasure, export and the proofs over the ledger.

Imports only `kernel`: packages hand it their holders of personal data in `app.wiring`.
"""
