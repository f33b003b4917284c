"""A whole merchant from one YAML file: what could be read, and every problem with what could not.

The format is the one that `interchange_export` writes. Sections that are lists of rows and have no type
of their own become `Record`s, and so do single texts under an unknown name, so that nothing a merchant
wrote is lost without a word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.documents.decoding import decode
from knowledge.entries import (
    ADDRESS,
    CONTACT,
    HOURS,
    PAYMENTS,
    STAFF,
    Entry,
    EntryKey,
    KnowledgeBase,
    Record,
)  # fmt: skip
from knowledge.interchange_documents import FileReader, files_in, no_files, read_documents
from knowledge.interchange_facts import read_address, read_contact, read_payments
from knowledge.interchange_hours import read_hours
from knowledge.interchange_profile import read_profile
from knowledge.interchange_row import Findings, Row, plain
from knowledge.interchange_rows import read_faq, read_item, read_record, read_staff, rows_of
from knowledge.interchange_yaml import read_yaml
from knowledge.messages import Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What a file held. There is no knowledge base when it does not even say who the merchant is."""

    knowledge_base: KnowledgeBase | None
    problems: tuple[Problem, ...] = ()


def load_merchant(path: Path, search: Sequence[Path] = ()) -> Loaded:
    """Read a merchant's file; documents are looked for beside it, then in the `search` folders."""
    try:
        data = path.read_bytes()
    except OSError as error:
        return Loaded(
            knowledge_base=None,
            problems=(Problem(where=path.name, reason="file_missing", value=error.strerror or ""),),
        )
    return read_merchant(data, files_in(path.parent, *search))


def read_merchant(data: bytes, read_file: FileReader = no_files) -> Loaded:
    """The same from the file's bytes, with the documents from wherever the caller keeps them."""
    text = decode(data)
    if text is None:
        return Loaded(knowledge_base=None, problems=(Problem(where="", reason="not_text"),))
    content, problems = read_yaml(text)
    findings = Findings()
    findings.problems.extend(problems)
    base = None
    if isinstance(content, Mapping):
        base = _merchant(Row(content, "", findings), read_file)
    elif not problems:
        findings.add("", "not_a_mapping")
    return Loaded(knowledge_base=base, problems=tuple(findings.problems))


def _merchant(row: Row, read_file: FileReader) -> KnowledgeBase | None:
    profile = read_profile(row)
    for key in (HOURS, ADDRESS, CONTACT, PAYMENTS, STAFF):
        row.findings.claim(key, "")
    entries = (*_single_entries(row), *_row_entries(row, read_file))
    return KnowledgeBase(profile=profile, entries=entries) if profile is not None else None


def _single_entries(row: Row) -> list[Entry]:
    """Address, contact, hours and payments: one entry each, under a key that is always the same."""
    content = row.take("hours")
    hours = None if content is None else read_hours(content, row.findings)
    found: tuple[Entry | None, ...] = (read_address(row), read_contact(row), hours, read_payments(row))
    return [entry for entry in found if entry is not None]


def _row_entries(row: Row, read_file: FileReader) -> list[Entry]:
    findings = row.findings
    staff_content = row.take("staff")
    staff = None if staff_content is None else read_staff(staff_content, findings)
    ids = frozenset(member.id for member in staff.members) if staff else frozenset[str]()
    catalogue, faqs = row.take("catalog", "catalogue"), row.take("faqs")
    documents = row.take("documents")
    found: list[Entry | None] = [staff]
    found += [read_item(one, ids) for one in rows_of(catalogue, "catalog", findings)]
    found += [read_faq(one) for one in rows_of(faqs, "faqs", findings)]
    for section, content in row.rest().items():
        found += _section(section, content, findings)
    found += read_documents(documents, findings, read_file)
    return [entry for entry in found if entry is not None]


def _section(section: str, content: object, findings: Findings) -> list[Record | None]:
    """An unknown section: a table of rows, or a single statement that is kept under its name."""
    if isinstance(content, list) and any(isinstance(one, Mapping) for one in content):
        return [read_record(one, section) for one in rows_of(content, section, findings)]
    text = plain(content)
    if not text or not findings.claim(section, section):
        return []
    return [Record(key=EntryKey(section), section=section, name=section, fields=((section, text),))]
