"""The commands on an installation of their own, with an embedded database and the real model folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from app.command_line import cli, main
from kernel.errors import SettingMissing
from knowledge.interchange import load_merchant

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = ROOT / "app" / "demo" / "merchants" / "sonrisa" / "merchant.yaml"
BROKEN = """
id: rota
name: Tienda Rota
timezone: America/Bogota
locale: es-CO
languages: [es]
hours:
  weekly: {mon: [["25:00", "18:00"]], tue: [["08:00", "18:00"]]}
catalog:
  - {id: a, name: "Buena", price: 1000}
  - {id: b, name: "Mala", price: -5}
"""


@pytest.fixture(scope="module")
def runner() -> Iterator[CliRunner]:
    """An installation in a short folder (sockets need a short path), made by `mostrador init`."""
    with pytest.MonkeyPatch.context() as patch:
        home = Path("/tmp") / f"mostrador-cli-{id(patch):x}"
        patch.setenv("MOSTRADOR_HOME", str(home))
        patch.delenv("DATABASE_URL", raising=False)
        patch.setenv("COLUMNS", "200")
        made = CliRunner()
        assert made.invoke(cli, ["init"], catch_exceptions=False).exit_code == 0
        yield made


def test_init_run_again_changes_nothing(runner: CliRunner) -> None:
    again = runner.invoke(cli, ["init"], catch_exceptions=False)
    assert again.exit_code == 0
    assert "secrets kept" in again.output


def test_a_merchant_goes_in_is_listed_and_comes_out_the_same(runner: CliRunner, tmp_path: Path) -> None:
    assert runner.invoke(cli, ["merchant", "import", str(SAMPLE)], catch_exceptions=False).exit_code == 0
    assert "Odontología Sonrisa Clara" in runner.invoke(cli, ["merchant", "list"]).output
    assert runner.invoke(cli, ["merchant", "export", "sonrisa", str(tmp_path)]).exit_code == 0
    exported, original = load_merchant(tmp_path / "merchant.yaml"), load_merchant(SAMPLE)
    assert exported.problems == ()
    assert exported.knowledge_base is not None
    assert original.knowledge_base is not None
    assert exported.knowledge_base.entries == original.knowledge_base.entries


def test_a_broken_row_is_shown_with_its_reason_and_the_good_ones_are_kept(
    runner: CliRunner, tmp_path: Path
) -> None:
    file = tmp_path / "merchant.yaml"
    file.write_text(BROKEN, encoding="utf-8")
    result = runner.invoke(cli, ["merchant", "import", str(file)], catch_exceptions=False)
    assert result.exit_code == 0
    assert "catalog[2].price" in result.output
    assert "25:00" in result.output
    assert "published" in result.output


def test_a_file_that_is_no_merchant_is_refused_in_one_line(runner: CliRunner, tmp_path: Path) -> None:
    file = tmp_path / "merchant.yaml"
    file.write_text(": [", encoding="utf-8")
    result = runner.invoke(cli, ["merchant", "import", str(file)], catch_exceptions=False)
    assert result.exit_code == 1
    assert "Traceback" not in result.output


def test_asking_a_merchant_that_is_not_there_says_so(runner: CliRunner) -> None:
    result = runner.invoke(cli, ["ask", "nadie", "¿hola?"], catch_exceptions=False)
    assert result.exit_code == 1
    assert "nadie" in result.output


def test_an_answer_comes_with_its_sources(runner: CliRunner) -> None:
    runner.invoke(cli, ["merchant", "import", str(SAMPLE)], catch_exceptions=False)
    result = runner.invoke(cli, ["ask", "sonrisa", "¿tienen parqueadero?"], catch_exceptions=False)
    assert result.exit_code == 0
    assert "f01" in result.output
    assert "sótano" in result.output


def test_the_doctor_names_what_is_missing_and_the_remedy(runner: CliRunner) -> None:
    result = runner.invoke(cli, ["doctor"], catch_exceptions=False)
    assert result.exit_code == 1
    assert "no merchant has a WhatsApp number" in result.output
    assert "mostrador demo" in result.output


def test_a_command_without_an_installation_names_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MOSTRADOR_HOME", str(tmp_path / "none"))
    monkeypatch.setattr("sys.argv", ["mostrador", "merchant", "list"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    assert "mostrador init" in capsys.readouterr().out
    assert isinstance(ended.value.__cause__, SettingMissing | type(None))


def test_the_doctor_of_calendars_says_what_is_wrong_in_the_merchants_language(
    runner: CliRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert runner.invoke(cli, ["merchant", "import", str(SAMPLE)]).exit_code == 0
    told = runner.invoke(cli, ["doctor", "calendar", "--language", "pt"], catch_exceptions=False)
    assert told.exit_code == 1
    assert "sonrisa: Esta instalação não tem cliente do Google" in told.output
    monkeypatch.setenv("GOOGLE_CLIENT_ID", "client")
    monkeypatch.setenv("GOOGLE_CLIENT_SECRET", "secret")
    told = runner.invoke(cli, ["doctor", "calendar"], catch_exceptions=False)
    assert (told.exit_code, "No Google calendar is linked" in told.output) == (0, True)
