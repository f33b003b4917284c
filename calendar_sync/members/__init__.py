"""A merchant's members: who may book what the merchant keeps for them.

Imports a list from a spreadsheet, and says whether a customer is on it; never who else is. Imports no
Google library, no model, and of ours only the kernel and the diary's own base.
Public doorways: `importing.read_members`, `store.Roll`, `phones.phone_key`, `documents.document_key`.
"""
