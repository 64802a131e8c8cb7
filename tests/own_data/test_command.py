"""``cep import``: the report on the terminal, a first mapping, a key, and mistakes of the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cep_toolkit.cli import main
from cep_toolkit.world import World
from tests.own_data.made import KOREAN, korean_rows, text_of


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file to import, in which the commands run."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "export.csv").write_text(text_of(korean_rows(60), KOREAN), encoding="utf-8")
    return tmp_path


def run(*words: str) -> Result:
    """Run a command."""
    return CliRunner().invoke(main, ["import", *words])


def test_an_import_prints_its_report_and_no_bar_where_nobody_watches() -> None:
    done = run("export.csv", "--mapping", "kcs", "--out", "own")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "rows kept                       60" in done.stdout
    assert len(World.from_folder("own").declarations) == 60


def test_a_first_mapping_is_written_beside_and_then_used(here: Path) -> None:
    done = run("export.csv", "--suggest")
    assert (done.exit_code, done.stdout.split(".")[0]) == (0, "Written: export")
    refused = run("export.csv", "--mapping", "export.yaml", "--out", "own")
    assert refused.exit_code == 1
    assert "currency must be the three letters of ISO 4217" in refused.stderr
    text = (here / "export.yaml").read_text(encoding="utf-8")
    (here / "export.yaml").write_text(text.replace("# currency: USD", "currency: KRW"), encoding="utf-8")
    assert run("export.csv", "--mapping", "export.yaml", "--out", "own").exit_code == 0


def test_a_mapping_that_is_there_is_never_overwritten(here: Path) -> None:
    (here / "export.yaml").write_text("mine")
    done = run("export.csv", "--suggest")
    assert done.exit_code == 1
    assert "this is there already. Give another name with --out." in done.stderr
    assert (here / "export.yaml").read_text() == "mine"
    assert run("export.csv", "--suggest", "--out", "other.yaml").exit_code == 0


def test_a_new_key_is_told(here: Path) -> None:
    first = run("export.csv", "--mapping", "kcs", "--out", "one", "--pseudonymise", "own.key")
    assert "A new key was made: own.key." in first.stdout
    second = run("export.csv", "--mapping", "kcs", "--out", "two", "--pseudonymise", "own.key")
    assert "A new key" not in second.stdout
    assert len((here / "own.key").read_bytes()) == 32


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ((), "Missing option '--mapping'. For a first mapping: cep import FILE --suggest."),
        (("--mapping", "kcs"), "Missing option '--out'."),
        (("--suggest", "--mapping", "kcs"), "--suggest goes with FILE and --out only."),
        (("--suggest", "--pseudonymise", "key"), "--suggest goes with FILE and --out only."),
    ],
)
def test_what_is_missing_is_said(words: tuple[str, ...], message: str) -> None:
    done = run("export.csv", *words)
    assert done.exit_code == 2
    assert message in done.stderr
