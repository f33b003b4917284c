"""The reference material beside the project; its absence is said aloud, not passed over."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "reference" / "data"


def required_folder(name: str) -> Path:
    folder = DATA / name
    if not folder.is_dir():
        pytest.skip(f"NOT CHECKED: the reference data is missing; expected it at {folder}")
    return folder


def reference(path: str) -> Any:
    folder, _, name = path.rpartition("/")
    return json.loads((required_folder(folder) / name).read_text("utf-8"))


def examples(folder: str, pattern: str) -> list[Any]:
    """Parameters for pytest: one per example file, or one that will skip loudly."""
    files = sorted((DATA / folder).glob(pattern))
    return [pytest.param(path.name, id=path.stem) for path in files] or [pytest.param("", id="no-reference")]


@cache
def _validator(name: str) -> Draft202012Validator:
    return Draft202012Validator(reference(f"schemas/{name}.schema.json"))


def assert_valid(schema: str, instance: object) -> None:
    errors = [f"{error.json_path}: {error.message}" for error in _validator(schema).iter_errors(instance)]
    assert not errors, errors
