"""One notebook with other parameters: run, scrubbed, and refused before any cell runs where a value is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from cep_toolkit.checking import Status
from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course.start_here import DutyRate
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import CepError, CourseError, StorageError
from cep_toolkit.workshop import build as building
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop import variants
from cep_toolkit.workshop.source import Source, read_source
from cep_toolkit.workshop.variants import make_variant
from cep_toolkit.workshop.world_folder import write_world
from cep_toolkit.world import Scenario
from tests.workshop.tiny import NOTEBOOK, TINY, with_cell


def shown(file: Path) -> dict[str, str]:
    return {nb.tag(cell): str(cell.get("outputs", "")) for cell in nb.read(file).cells}


def test_an_unsolved_variant_is_another_world_and_twice_the_same(source: Source, tmp_path: Path) -> None:
    for name in ("first", "second"):
        make_variant(source, {"seed": 7, "level": "advanced"}, tmp_path / f"{name}.ipynb")
    first = tmp_path / "first.ipynb"
    assert first.read_bytes() == (tmp_path / "second.ipynb").read_bytes()
    made = nb.read(first)
    injected = next(cell for cell in made.cells if nb.tag(cell) == "injected-parameters")
    assert injected.source == '# Parameters\nseed = 7\nlevel = "advanced"\n'
    assert "papermill" not in first.read_text(encoding="utf-8")
    assert "Not attempted" in shown(first)["door:blank:duty_rate"]


def test_a_solved_variant_is_correct(source: Source, tmp_path: Path) -> None:
    out = tmp_path / "made for it" / "solved.ipynb"
    make_variant(source, {"seed": 7}, out, solved=True)
    assert "Correct" in shown(out)["solution:duty_rate"]


def test_data_is_found_from_the_variants_own_folder(
    source: Source, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_world(Scenario(seed=3, declarations=6_000), tmp_path / "own data")
    monkeypatch.chdir(tmp_path)
    make_variant(source, {"data": "own data"}, tmp_path / "variants" / "own.ipynb")
    made = nb.read(tmp_path / "variants" / "own.ipynb")
    assert 'data = "../own data"' in made.cells[2].source
    assert "6,000 declarations" in str(made.cells[-1].outputs)


def test_what_needs_the_truth_is_not_marked_without_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_world(Scenario(declarations=5_000), tmp_path / "data")
    wb = Workbook(NOTEBOOK, data=str(tmp_path / "data"), store=MemoryStore())
    assert wb.check("duty_rate", wb.question("duty_rate").duty_rate).status is Status.CORRECT
    monkeypatch.setattr(DutyRate, "open_book", False)
    assert wb.check("duty_rate", wb.question("duty_rate").duty_rate).status is Status.NOT_MARKED


@pytest.mark.parametrize("given", [{"sede": 7}, {"seed": "7"}, {"level": "hard"}, {"data": "nowhere"}])
def test_a_wrong_parameter_is_refused_before_any_cell_runs(
    source: Source, tmp_path: Path, given: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_kernel(*given: object) -> None:
        pytest.fail("a cell was run")

    monkeypatch.setattr(variants, "run_variant", no_kernel)
    with pytest.raises(CepError):
        make_variant(source, given, tmp_path / "new" / "out.ipynb")
    assert list(tmp_path.glob("**/*.ipynb")) == []
    assert not (tmp_path / "new").exists()


def test_a_cell_that_fails_is_named_as_in_the_source(write_source: Callable[[str], Path], tmp_path: Path) -> None:
    broken = read_source(NOTEBOOK, write_source(with_cell("1 / (seed - 7)")))
    with pytest.raises(CourseError, match=r"cell 10 \(1 / \(seed - 7\)\): ZeroDivisionError"):
        make_variant(broken, {"seed": 7}, tmp_path / "out.ipynb")
    assert not (tmp_path / "out.ipynb").exists()


def test_a_file_that_is_there_stays(source: Source, tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    out.write_text("mine")
    with pytest.raises(StorageError, match="this file is there already"):
        make_variant(source, {}, out)
    assert out.read_text() == "mine"


def test_another_ending_is_refused(source: Source, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match=r"ends in \.ipynb"):
        make_variant(source, {}, tmp_path / "out.html")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tiny notebook as a participant gets it."""
    course = tmp_path_factory.mktemp("course")
    (course / f"{NOTEBOOK}.py").write_text(TINY, encoding="utf-8")
    building.build(NOTEBOOK, course, course)
    return course / f"{NOTEBOOK}.ipynb"


def papermill(stored: Path, out: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "papermill", "--no-progress-bar", str(stored), str(out), *options]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=out.parent)


def test_bare_papermill_works(stored: Path, tmp_path: Path) -> None:
    ended = papermill(stored, tmp_path / "out.ipynb", "-p", "seed", "7")
    assert ended.returncode == 0, ended.stderr
    made = nb.read(tmp_path / "out.ipynb")
    assert all(cell.execution_count for cell in made.cells if cell.cell_type == "code")
    assert shown(tmp_path / "out.ipynb")["exercise:duty_rate"] != shown(stored)["exercise:duty_rate"]


def test_bare_papermill_stops_at_the_opening_cell_for_a_wrong_value(stored: Path, tmp_path: Path) -> None:
    ended = papermill(stored, tmp_path / "out.ipynb", "-p", "level", "hard")
    assert ended.returncode != 0
    assert 'level "hard" is not known' in ended.stderr


def test_our_engine_refuses_an_unknown_name(stored: Path) -> None:
    from papermill import execute_notebook

    from cep_toolkit.workshop.papermill_engine import ENGINE

    with pytest.raises(CepError, match='parameter "sede" is not known'):
        execute_notebook(str(stored), None, {"sede": 7}, engine_name=ENGINE, progress_bar=False)
    with pytest.raises(CepError, match="0 cells are tagged parameters"):
        execute_notebook(nb.notebook([]), None, {}, engine_name=ENGINE, progress_bar=False)
