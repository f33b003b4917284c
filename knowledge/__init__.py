"""What a merchant knows, and search in it: entries, versions, passages, vectors, sketches, the hybrid index.

Imports only `kernel`. Never imports `calendar_sync`, `webhooks`, `assistant` or `console`; holds nothing
of a conversation.

Public: `entries` (what can be known), `interchange.load_merchant` and `interchange_export.export_merchant` (a
merchant as one file), `documents.extract.extract` and `documents.catalogue.catalogue_from_table` (uploaded
files), `passages.cut`, `index.MerchantIndex`, `store` (what is published and what is not yet), `library.Library`
(what the mind searches), `wording.Wording`, `messages.describe`, `embedding.loading.load_encoder`.
`store`, `interchange` and `documents` load no model and no index, so the edge may use them.
"""
