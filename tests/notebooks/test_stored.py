"""The stored notebooks are what their sources give, and give the same when run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cep_toolkit.course.catalogue import notebooks
from cep_toolkit.workshop import build as building
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop import places
from tests.notebooks.strict_nbval import code_cells, rerun, vacuous

NOTEBOOKS = notebooks()


def stored(name: str) -> Path:
    return places.built_folder() / f"{name}.ipynb"


def test_every_chapter_has_a_source_and_every_source_a_notebook() -> None:
    assert places.sources(places.source_folder()) == NOTEBOOKS
    assert tuple(sorted(file.stem for file in places.built_folder().glob("*.ipynb"))) == NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_running_it_again_would_prove_something(name: str) -> None:
    assert vacuous(stored(name)) == ""


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_unsolved_and_shows_no_error(name: str) -> None:
    outputs = "".join(str(cell.outputs) for cell in code_cells(nb.read(stored(name))))
    assert "Not attempted" in outputs
    assert "Correct." not in outputs
    assert "'output_type': 'error'" not in outputs


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_is_what_its_source_gives(name: str) -> None:
    building.check(name, places.source_folder(), places.built_folder())


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_it_gives_the_same_when_run_again(name: str, tmp_path: Path) -> None:
    again = rerun(stored(name), tmp_path)
    assert again.failed == 0, again.said
    assert again.cells == len(code_cells(nb.read(stored(name))))
