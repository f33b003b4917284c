"""The facts engine: answers computed or copied from typed entries, before any text is searched."""
