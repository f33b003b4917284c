"""Text out of the files a merchant uploads: PDF, DOCX, XLSX, CSV, HTML, Markdown and plain text.

What a file is, is decided by its content. A file that cannot be used gives a `Refused` with the reason, never
an exception. Imports nothing of ours but `knowledge`'s own values; talks to no one.

Public: `extract.extract`, `catalogue.catalogue_from_table`, `outcome.Limits`, `outcome.Refused`.
"""
