"""Running a notebook again goes red where it must, and what proves nothing is not taken for proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode

from cep_toolkit.workshop import notebook as nb
from tests.notebooks.strict_nbval import rerun, vacuous

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a notebook of cells that print one to four, after a change."""

    def write(change: Callable[[list[NotebookNode]], Any] = lambda cells: None) -> Path:
        cells = []
        for number in range(1, 5):
            cell = nb.cell("code", f"print({number})", {})
            cell.update(id=f"cell{number}", execution_count=number)
            cell["outputs"] = [nb.node({"output_type": "stream", "name": "stdout", "text": f"{number}\n"})]
            cells.append(cell)
        change(cells)
        file = tmp_path / "notebook.ipynb"
        file.write_bytes(nb.written(nb.notebook(cells)))
        return file

    return write


def test_a_notebook_that_says_the_same_passes(write: Write, tmp_path: Path) -> None:
    file = write()
    assert vacuous(file) == ""
    again = rerun(file, tmp_path)
    assert (again.cells, again.failed) == (4, 0)


def test_another_output_fails(write: Write, tmp_path: Path) -> None:
    again = rerun(write(lambda cells: cells[2].update(source="print(33)")), tmp_path)
    assert (again.cells, again.failed) == (4, 1)


def test_an_error_fails(write: Write, tmp_path: Path) -> None:
    assert rerun(write(lambda cells: cells[3].update(source="print(4 / 0)")), tmp_path).failed == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda cells: cells[3].update(execution_count=None), "never run"),
        (lambda cells: [cell.update(outputs=[]) for cell in cells[1:]], "only 1 of 4 cells"),
        (lambda cells: [cell.metadata.update(tags=["nbval-skip"]) for cell in cells[1:]], "only 1 of 4 cells"),
        (lambda cells: [cell.update(source="# NBVAL_IGNORE_OUTPUT") for cell in cells[1:]], "only 1 of 4 cells"),
        (lambda cells: cells.clear(), "only 0 of 0 cells"),
    ],
)
def test_what_proves_nothing_is_told(write: Write, change: Callable[[list[NotebookNode]], Any], said: str) -> None:
    assert said in vacuous(write(change))
