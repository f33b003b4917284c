"""Imports keep the rooms apart; each contract is broken once on purpose to see that it bites."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = (
    "app",
    "console",
    "webhooks",
    "assistant",
    "knowledge",
    "calendar_sync",
    "privacy",
    "kernel",
    "sandbox",
)


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports())",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copy")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    return folder


def test_the_contracts_hold() -> None:
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout


VIOLATIONS = {
    "words-and-diary": (
        "assistant/__init__.py",
        "import calendar_sync",
        "The assistant and the diary never meet",
    ),
    "knowledge-and-diary": (
        "calendar_sync/__init__.py",
        "import knowledge",
        "Knowledge and the diary never meet",
    ),
    "hidden": (
        "calendar_sync/__init__.py",
        "def f() -> None:\n    import assistant",
        "The assistant and the diary never meet",
    ),
    "down": ("knowledge/__init__.py", "import webhooks", "Imports only point down"),
    "sandbox-alone": ("sandbox/__init__.py", "import kernel", "The sandbox imports nothing of ours"),
    "sandbox-door": ("webhooks/__init__.py", "import sandbox", "Only the application starts the sandbox"),
    "no-model-in-the-diary": (
        "calendar_sync/__init__.py",
        "import httpx",
        "No model and no HTTP client in the diary",
    ),
    "no-web-below-the-edges": ("knowledge/__init__.py", "import fastapi", "No web framework below the edges"),
    "one-door": (
        "webhooks/gate.py",
        "import assistant.intents",
        "Outside the assistant, only routing reads an intent",
    ),
    "closed-kernel": ("kernel/utils.py", "", "The kernel is a closed list"),
}


@pytest.mark.parametrize("violation", VIOLATIONS)
def test_a_violation_is_caught_by_name(copy: Path, violation: str) -> None:
    file, code, contract = VIOLATIONS[violation]
    path = copy / file
    before = path.read_text() if path.exists() else None
    path.write_text((before or "") + f"\n{code}\n")
    try:
        result = lint(copy)
    finally:
        path.write_text(before) if before is not None else path.unlink()
    assert result.returncode == 1
    assert f"{contract} BROKEN" in " ".join(result.stdout.split())


MODEL = {"torch", "sentence_transformers", "onnxruntime", "transformers"}

WHAT_A_PACKAGE_LOADS = {
    "calendar_sync": MODEL | {"faiss", "assistant", "knowledge", "webhooks"},
    "webhooks": MODEL | {"faiss", "googleapiclient"},
    "assistant": {"googleapiclient", "calendar_sync", "webhooks", "fastapi"},
    "knowledge": {"calendar_sync", "webhooks", "assistant", "fastapi"},
}
"""Modules that must not be loaded when every module of a package has been imported in a fresh process."""

WHAT_A_PROCESS_LOADS = {
    "app.edge": MODEL | {"googleapiclient"},
    "app.diary": MODEL | {"faiss", "assistant", "knowledge", "webhooks", "fastapi"},
    "app.mind": MODEL | {"googleapiclient", "calendar_sync"},
}
"""The same for a room's whole process, before it is told to load anything."""

_WALK = """
import importlib, pkgutil, sys
package = importlib.import_module({name!r})
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
print("\\n".join(sorted({{name.split(".")[0] for name in sys.modules}})))
"""

_IMPORT = """
import sys, {name}
print("\\n".join(sorted({{name.split(".")[0] for name in sys.modules}})))
"""


def loaded(probe: str, name: str) -> set[str]:
    command = [sys.executable, "-c", probe.format(name=name)]
    return set(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())


@pytest.mark.parametrize("package", WHAT_A_PACKAGE_LOADS)
def test_a_package_loads_nothing_that_it_must_not_hold(package: str) -> None:
    assert WHAT_A_PACKAGE_LOADS[package] & loaded(_WALK, package) == set()


@pytest.mark.parametrize("process", WHAT_A_PROCESS_LOADS)
def test_starting_a_room_loads_nothing_that_it_must_not_hold(process: str) -> None:
    assert WHAT_A_PROCESS_LOADS[process] & loaded(_IMPORT, process) == set()
