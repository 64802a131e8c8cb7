"""Building the tiny notebook for real: executed, unsolved, the same each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from nbformat import NotebookNode

from cep_toolkit.errors import CourseError
from cep_toolkit.workshop import build as building
from cep_toolkit.workshop import derive
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.running import run
from cep_toolkit.workshop.source import Source
from tests.workshop.tiny import NOTEBOOK, TINY, with_cell


def texts(made: NotebookNode) -> list[str]:
    return [cell.source for cell in made.cells]


def test_a_participant_gets_doors_and_no_solution(source: Source) -> None:
    made = derive.unsolved(source)
    assert [nb.tag(cell) for cell in made.cells] == [
        "markdown",
        "parameters",
        "opening",
        "exercise:duty_rate",
        "lab",
        "door:blank:duty_rate",
        "door:write:duty_rate",
        "markdown",
        "code",
    ]
    assert made.cells[4].metadata == {"jp-MarkdownHeadingCollapsed": True, "tags": ["lab"]}
    assert '"duty rate"' not in "\n".join(texts(made))
    assert "Wait until everybody" not in "\n".join(texts(made))


def test_the_key_holds_solution_and_notes(source: Source) -> None:
    made = "\n".join(texts(derive.solved(source)))
    assert 'read_declaration(wb.question("duty_rate"), "duty rate")' in made
    assert "Wait until everybody" in made
    assert "____" not in made


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose tiny notebook was built once, from a folder that is not the course's."""
    course = tmp_path_factory.mktemp("course")
    (course / "source").mkdir()
    (course / "source" / f"{NOTEBOOK}.py").write_text(TINY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path_factory.mktemp("elsewhere"))
        assert building.build(NOTEBOOK, course / "source", course)
    return course


def test_a_built_notebook_is_executed_and_unsolved(built: Path) -> None:
    made = nb.read(built / f"{NOTEBOOK}.ipynb")
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
    shown = {nb.tag(cell): str(cell.outputs) for cell in code}
    assert "Not attempted" in shown["door:blank:duty_rate"]
    assert "Not attempted" in shown["door:write:duty_rate"]
    assert "5,000 declarations" in shown["code"]


def test_a_second_build_changes_nothing(built: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / f"{NOTEBOOK}-0123.json").write_text("somebody's progress")
    monkeypatch.setenv("CEP_PROGRESS", str(tmp_path))
    assert not building.build(NOTEBOOK, built / "source", built)
    building.check(NOTEBOOK, built / "source", built)
    assert [file.name for file in tmp_path.iterdir()] == [f"{NOTEBOOK}-0123.json"]


def test_check_names_the_cell_that_differs_and_the_remedy(built: Path, tmp_path: Path) -> None:
    stored = (built / f"{NOTEBOOK}.ipynb").read_text(encoding="utf-8")
    (tmp_path / f"{NOTEBOOK}.ipynb").write_text(stored.replace("5,000 declarations", "5,001 declarations"))
    with pytest.raises(CourseError) as refused:
        building.check(NOTEBOOK, built / "source", tmp_path)
    assert "cell 9, code (output)" in str(refused.value)
    assert str(refused.value).endswith("Run: cep build 00_start_here")


def test_a_change_of_any_kind_is_a_difference(built: Path) -> None:
    stored = nb.read(built / f"{NOTEBOOK}.ipynb")

    def after(change: Callable[[NotebookNode], object]) -> list[str]:
        fresh = nb.read(built / f"{NOTEBOOK}.ipynb")
        change(fresh)
        return building.differences(stored, fresh)

    assert after(lambda made: None) == []
    assert after(lambda made: made.cells[0].update(source="# End")) == ["cell 1, markdown (text)"]
    assert after(lambda made: made.cells[2].update(id="other")) == ["cell 3, opening (id)"]
    assert after(lambda made: made.cells[2].update(execution_count=9)) == ["cell 3, opening (run number)"]
    assert after(lambda made: made.cells[2].update(outputs=[])) == ["cell 3, opening (output)"]
    assert after(lambda made: made.cells.pop()) == ["9 cells stored, 8 now"]
    assert after(lambda made: made.metadata.update(title="x")) == ["the notebook's metadata"]


def test_a_notebook_never_built_or_damaged_is_told_to_be_built(built: Path, tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"It was never built\. Run: cep build 00_start_here"):
        building.check(NOTEBOOK, built / "source", tmp_path)
    (tmp_path / f"{NOTEBOOK}.ipynb").write_text("{")
    with pytest.raises(Exception, match=r"cannot be read\. Run: cep build 00_start_here"):
        building.check(NOTEBOOK, built / "source", tmp_path)


def test_a_cell_that_fails_is_named_and_nothing_is_stored(write_source: Callable[[str], Path], tmp_path: Path) -> None:
    folder = write_source(with_cell("wb.world.table('declaration')"))
    with pytest.raises(CourseError, match=r"notebook 00_start_here, cell 10 \(wb\.world\.table") as refused:
        building.build(NOTEBOOK, folder, tmp_path)
    assert 'UnknownValueError: table "declaration" is not known' in str(refused.value)
    assert not (tmp_path / f"{NOTEBOOK}.ipynb").exists()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("1 / 0", "ZeroDivisionError: division by zero"),
        ("import os; os._exit(1)", "the kernel ended"),
        ("while True: pass", "it ran longer than 3 seconds"),
    ],
)
def test_however_a_cell_ends_it_is_named(code: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.workshop.running.CELL_SECONDS", 3)
    made = nb.notebook([nb.cell("code", "print(1)", {}), nb.cell("code", code, {"tags": ["tool"]})])
    derive.give_ids(NOTEBOOK, made)
    with pytest.raises(CourseError, match=rf"^notebook 00_start_here, cell 2 \(tool\): {said}"):
        run(NOTEBOOK, made)
