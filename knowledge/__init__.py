"""What a merchant knows, and search in it: entries, versions, passages, vectors, the hybrid index.

Imports only `kernel`. Never imports `calendar_sync`, `webhooks`, `assistant` or `console`; holds nothing
of a conversation.
"""
