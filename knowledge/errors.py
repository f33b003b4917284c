"""What can go wrong in `knowledge` that a caller could not have expected.

KnowledgeError (a `MostradorError`)
├── WrongVectors       vectors do not fit the passages they are given for
└── UnknownLanguage    a text was asked for in a language that has no catalogue

A bad row, an unreadable document and two contradicting FAQs are not errors: they are values
(`Problem`, `Refused`, `Conflict`).
"""

from kernel.errors import MostradorError


class KnowledgeError(MostradorError):
    """Base of this package's errors. None of them is cured by trying again."""


class WrongVectors(KnowledgeError):
    """Vectors do not fit the passages they are given for."""


class UnknownLanguage(KnowledgeError):
    """There is no message catalogue for this language."""
