"""The command `cep`: every bad input is one paragraph on standard error, with no traceback."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cep_toolkit import cli
from cep_toolkit.errors import CepError
from cep_toolkit.world import World
from tests.workshop import tiny


def cep(*arguments: str) -> Result:
    return CliRunner().invoke(cli.main, list(arguments), prog_name="cep")


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course of the tiny notebook."""
    source = tmp_path / "course" / "notebooks" / "source"
    source.mkdir(parents=True)
    (source / f"{tiny.NOTEBOOK}.py").write_text(tiny.TINY, encoding="utf-8")
    monkeypatch.setattr("cep_toolkit.workshop.places.course_folder", lambda: tmp_path / "course")
    return tmp_path / "course"


def refused(result: Result, *said: str, code: int = 1) -> None:
    """Assert that a command ended with one paragraph that says these words."""
    assert result.exit_code == code, result.output
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    for words in said:
        assert words in result.stderr
    if code == 1:
        assert len(result.stderr.strip().splitlines()) == 1


# World ----------------------------------------------------------------------------------------------------------


def test_world_writes_what_world_reads(tmp_path: Path) -> None:
    result = cep("world", "--declarations", "5000", "--seed", "7", "--out", str(tmp_path / "out"))
    assert result.exit_code == 0, result.output
    assert "5,000 declarations of XA, seed 7, practitioner" in result.stdout
    assert len(World.from_folder(tmp_path / "out").declarations) == 5_000
    assert not (tmp_path / "out" / "truth").exists()


def test_world_with_truth(tmp_path: Path) -> None:
    assert cep("world", "--declarations", "5000", "--with-truth", "--out", str(tmp_path / "out")).exit_code == 0
    assert (tmp_path / "out" / "truth" / "declarations.parquet").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--administration", "XQ"), 'administration "XQ" is not known'),
        (("--administration", "xa"), 'Did you mean "XA"? Valid: QM'),
        (("--level", "advnaced"), 'Did you mean "advanced"? Valid: foundation, practitioner, advanced'),
        (("--declarations", "10"), "declarations is 10; allowed is 5,000 to 10,000,000"),
        (("--seed", "-1"), "seed is -1; allowed is 0 to"),
    ],
)
def test_world_refuses_what_is_unknown_or_out_of_range(tmp_path: Path, options: tuple[str, ...], said: str) -> None:
    refused(cep("world", *options, "--out", str(tmp_path / "out")), said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("world", "--seed", "seven", "--out", "x"), "'seven' is not a valid integer"),
        (("world",), "Say what to write: --out FOLDER"),
        (("wrold",), "Did you mean 'world'?"),
        (("world", "--sede", "7"), "--seed"),
        (("gate", "--scenarios", "0"), "is not in the range"),
        (("lab", "--port", "99999999"), "is not in the range"),
        (("variant", tiny.NOTEBOOK, "-p", "seed 7", "-o", "x.ipynb"), "is not NAME=VALUE"),
    ],
)
@pytest.mark.usefixtures("course")
def test_wrong_usage_is_told_the_right_one(arguments: tuple[str, ...], said: str) -> None:
    refused(cep(*arguments), said, code=2)


def test_a_folder_that_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused(cep("world", "--declarations", "5000", "--out", str(tmp_path)), "there already and not empty")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    refused(cep("world", "--declarations", "5000", "--out", str(tmp_path / "file" / "out")), "file/out: ")


def test_a_full_disk_is_told_and_old_files_stay(tmp_path: Path, course: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert cep("build").exit_code == 0
    stored = course / "notebooks" / f"{tiny.NOTEBOOK}.ipynb"
    before = stored.read_bytes()
    source = course / "notebooks" / "source" / f"{tiny.NOTEBOOK}.py"
    source.write_text(tiny.TINY.replace("# # Start here", "# # Start"), encoding="utf-8")

    def full(*given: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cep_toolkit.checking.files.os.fsync", full)
    refused(cep("build"), "the disk is full", "space left")
    assert stored.read_bytes() == before
    assert sorted(file.name for file in (course / "notebooks").iterdir()) == [stored.name, "source"]


# Build ----------------------------------------------------------------------------------------------------------


def test_build_then_check_then_a_change(course: Path) -> None:
    refused(cep("build", "--check"), "It was never built. Run: cep build 00_start_here")
    assert cep("build").stdout == "00_start_here: built\n"
    assert cep("build", "00_start_here").stdout == "00_start_here: built, nothing changed\n"
    assert cep("build", "--check").stdout == "00_start_here: up to date\n"
    source = course / "notebooks" / "source" / f"{tiny.NOTEBOOK}.py"
    source.write_text(tiny.TINY.replace(".head(3)", ".head(2)"), encoding="utf-8")
    refused(cep("build", "--check"), "cell 9, code (text)", "Run: cep build 00_start_here")


@pytest.mark.usefixtures("course")
def test_an_unknown_notebook_is_told_the_nearest() -> None:
    for command in (("build", "00_start_her"), ("gate", "00_start_her"), ("variant", "00_start_her", "-o", "x.ipynb")):
        refused(cep(*command), 'notebook "00_start_her" is not known. Did you mean "00_start_here"?')


def test_a_broken_source_names_the_cell(course: Path) -> None:
    source = course / "notebooks" / "source" / f"{tiny.NOTEBOOK}.py"
    source.write_text(tiny.TINY.replace("# ____ duty rate", "# ____"), encoding="utf-8")
    for command in ("build", "gate"):
        refused(cep(command), "notebook 00_start_here, cell 6 (solution:duty_rate)", "not well formed")


def test_without_the_course_beside_it_the_package_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("cep_toolkit.__file__", str(tmp_path / "site-packages" / "cep_toolkit" / "__init__.py"))
    refused(cep("build"), "not beside the package", "python3 start.py")


# Gate -----------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("course")
def test_gate_prints_one_line_an_exercise() -> None:
    result = cep("gate", tiny.NOTEBOOK)
    assert result.exit_code == 0, result.output
    (line,) = result.stdout.splitlines()
    assert line.startswith("00_start_here duty_rate: ")
    assert line.endswith(": ok")


def test_gate_fails_with_what_failed(course: Path) -> None:
    source = course / "notebooks" / "source" / f"{tiny.NOTEBOOK}.py"
    wrong = tiny.TINY.replace('"duty rate")  # ____ duty rate', '"VAT rate")  # ____ VAT rate')
    source.write_text(wrong, encoding="utf-8")
    result = cep("gate")
    assert result.exit_code == 1
    assert "FAILED, the first: [XA, seed 2016, practitioner, 5,000 declarations; one blank" in result.stdout


# Variant --------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("course")
def test_variant_is_written_once(tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    result = cep("variant", "notebooks/00_start_here.ipynb", "-p", "seed=7", "--solved", "-o", str(out))
    assert result.exit_code == 0, result.output
    before = out.read_bytes()
    assert b"Correct" in before
    refused(cep("variant", tiny.NOTEBOOK, "-o", str(out)), "this file is there already")
    assert out.read_bytes() == before


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sede=7", 'parameter "sede" is not known. Did you mean "seed"? Valid: administration, seed'),
        ("seed=seven", "seed must be a whole number"),
        ("seed=-1", "seed is -1; allowed is 0 to"),
        ("declarations=1", "allowed is 5,000 to 10,000,000"),
        ("level=0101", 'level "0101" is not known'),
        ("administration=0101", 'administration "0101" is not known'),
        ("data=nowhere", "nowhere: there is no such folder"),
    ],
)
@pytest.mark.usefixtures("course")
def test_variant_refuses_a_wrong_parameter(tmp_path: Path, line: str, said: str) -> None:
    refused(cep("variant", tiny.NOTEBOOK, "-p", line, "-o", str(tmp_path / "out.ipynb")), said)
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.usefixtures("course")
def test_variant_reads_a_file(tmp_path: Path) -> None:
    file = tmp_path / "p.yaml"
    file.write_text("level: hard\n")
    refused(cep("variant", tiny.NOTEBOOK, "-f", str(file), "-o", str(tmp_path / "o.ipynb")), 'level "hard"')
    refused(cep("variant", tiny.NOTEBOOK, "-f", str(tmp_path / "no.yaml"), "-o", str(tmp_path / "o.ipynb")), "no.yaml")


# Opening --------------------------------------------------------------------------------------------------------


def test_lab_opens_the_copies_as_start_py_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pytestconfig: pytest.Config
) -> None:
    from setting_up import opening

    seen: list[tuple[list[str], Path]] = []
    monkeypatch.setattr(opening, "_become", lambda command, folder: seen.append((command, folder)) or 0)
    monkeypatch.setattr("cep_toolkit.workshop.lab.course_folder", lambda: tmp_path)
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks" / "00_start_here.ipynb").write_text("{}")
    result = cep("lab", "--no-browser", "--port", "8899")
    assert result.exit_code == 0, result.output
    ((command, folder),) = seen
    assert command[:3] == [sys.executable, "-m", "jupyterlab"]
    assert "--no-browser" in command
    assert "--ServerApp.ip=127.0.0.1" in command
    assert "--ServerApp.port=8899" in command
    assert folder == tmp_path / "work"
    assert (folder / "00_start_here.ipynb").exists()


def test_page_opens_a_built_notebook(course: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    seen: list[tuple[str, int | None, bool]] = []
    monkeypatch.setattr(
        "cep_toolkit.widgets.page.serve", lambda file, port, open_browser: seen.append((file, port, open_browser))
    )
    refused(cep("page"), "00_start_here.ipynb: this notebook was never built. Run: cep build 00_start_here")
    stored, variant = course / "notebooks" / "00_start_here.ipynb", tmp_path / "variant.ipynb"
    stored.write_text("{}")
    variant.write_text("{}")
    for arguments in ((), ("00_start_here", "--no-browser"), (str(variant), "--port", "8877")):
        assert cep("page", *arguments).exit_code == 0
    assert seen == [(str(stored), None, True), (str(stored), None, False), (str(variant), 8877, True)]
    refused(cep("page", "13_targeting"), 'notebook "13_targeting" is not known')


# What goes wrong anywhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (CepError("the register:\n  it is closed. Open it."), 1, "the register: it is closed. Open it.\n"),
        (PermissionError(errno.EACCES, "Permission denied", "out"), 1, "out: the folder cannot be written"),
        (FileNotFoundError(errno.ENOENT, "No such file", "in.csv"), 1, "in.csv: "),
        (KeyboardInterrupt(), 130, ""),
    ],
)
def test_an_error_is_one_paragraph(
    error: BaseException, code: int, said: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fails(*given: object, **options: object) -> None:
        raise error

    monkeypatch.setattr("cep_toolkit.workshop.world_folder.write_world", fails)
    result = cep("world", "--declarations", "5000", "--out", str(tmp_path / "out"))
    assert result.exit_code == code
    assert result.stdout == ""
    assert result.stderr.startswith(said)
    assert "Traceback" not in result.stderr


def test_an_error_of_the_program_itself_is_not_hidden(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fails(*given: object, **options: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("cep_toolkit.workshop.world_folder.write_world", fails)
    assert isinstance(cep("world", "--out", str(tmp_path / "out")).exception, ZeroDivisionError)


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nfrom cep_toolkit.cli import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "print([name for name in ('pandas', 'numpy', 'papermill', 'IPython', 'ipywidgets') if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.endswith("[]\n")


@pytest.mark.skipif(os.name == "nt", reason="a pipe that closes is another error there")
def test_a_reader_that_stops_is_no_error() -> None:
    command = f"{sys.executable} -c 'from cep_toolkit.cli import main; main()' --help | head -1"
    ended = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)
    assert ended.stderr == ""


# Packs ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    file = tmp_path / "roster.csv"
    file.write_text("participant,administration\nP01,XA\nP02,QN\n", encoding="utf-8")
    return file


def pack(roster: Path, *options: str) -> Result:
    return cep("pack", str(roster), "--declarations", "5000", "--out", str(roster.parent / "out"), *options)


def test_a_dry_run_says_what_would_be_made_and_writes_nothing(course: Path, roster: Path) -> None:
    before = sorted(roster.parent.rglob("*"))
    result = pack(roster, "--mode", "assessment", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "P02   QN    practitioner  00         to make" in result.stdout
    assert "Nothing was written. To make 2 takes about 1 min." in result.stdout
    assert sorted(roster.parent.rglob("*")) == before


def test_a_rooms_packs_are_made_and_a_dry_run_sees_them(course: Path, roster: Path) -> None:
    result = pack(roster, "--mode", "room", "--administration", "QP", "--seed", "7", "--zip")
    assert result.exit_code == 0, result.output
    assert "2 made." in result.stdout
    assert (roster.parent / "out" / "packs" / "P02.zip").is_file()
    again = pack(roster, "--mode", "room", "--administration", "QP", "--seed", "7", "--dry-run")
    assert "2 there." in again.stdout
    assert "To make 0" in again.stdout
    refused(pack(roster, "--mode", "room", "--seed", "8"), "begun with administration QP, not XA, seed 7, not 8")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--mode", "exam"), 'mode "exam" is not known'),
        (("--mode", "room", "--notebooks", "13"), 'notebook "13" is not known'),
        (("--mode", "room", "--level", "hard"), 'level "hard" is not known'),
        (("--mode", "room", "--administration", "ZZ"), 'administration "ZZ" is not known'),
        (("--mode", "assessment", "--seed", "7"), "its worlds come from a secret"),
        (("--mode", "practice", "--declarations", "7"), "declarations is 7; allowed is 5,000"),
    ],
)
def test_wrong_options_of_packs_are_refused(course: Path, roster: Path, options: tuple[str, ...], said: str) -> None:
    refused(pack(roster, *options), said)
    assert not (roster.parent / "out").exists()


def test_a_pack_that_fails_gives_the_exit_status_one(course: Path, roster: Path) -> None:
    source = course / "notebooks" / "source" / f"{tiny.NOTEBOOK}.py"
    source.write_text(tiny.with_cell("1 / 0"), encoding="utf-8")
    result = pack(roster, "--mode", "room")
    assert result.exit_code == 1
    assert "2 failed." in result.stdout
    assert f"pack room: notebook {tiny.NOTEBOOK}, cell" in result.stdout
    assert "ZeroDivisionError" in result.stdout
