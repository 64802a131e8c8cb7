"""Variants of every notebook: solved, all is right; unsolved, nothing is; and each gives the same when run again."""

from __future__ import annotations

from pathlib import Path

import pytest

from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.own_data import import_declarations
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop import places
from cep_toolkit.workshop.parameters import Value
from cep_toolkit.workshop.source import read_source
from cep_toolkit.workshop.variants import make_variant
from cep_toolkit.workshop.world_folder import write_world
from cep_toolkit.world import Scenario, World
from tests.notebooks.strict_nbval import code_cells, rerun, vacuous
from tests.own_data.made import KOREAN, korean_rows, text_of

NOTEBOOKS = notebooks()
OTHER: dict[str, Value] = {"administration": "XD", "seed": 7, "level": "foundation", "declarations": 20_000}


def variant(name: str, out: Path, parameters: dict[str, Value], *, solved: bool = False) -> dict[str, str]:
    """Make a variant and return what its tagged cells show."""
    make_variant(read_source(name, places.source_folder()), parameters, out, solved=solved)
    assert vacuous(out) == ""
    return {nb.tag(cell): str(cell.outputs) for cell in code_cells(nb.read(out))}


def same_again(out: Path, folder: Path) -> None:
    again = rerun(out, folder)
    assert again.failed == 0, again.said
    assert again.cells == len(code_cells(nb.read(out)))


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_solved_everything_is_correct(name: str, tmp_path: Path) -> None:
    out = tmp_path / "solved.ipynb"
    shown = variant(name, out, OTHER, solved=True)
    for exercise in chapter(name).exercises:
        assert "Correct." in shown[f"solution:{exercise}"]
    same_again(out, tmp_path)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_unsolved_nothing_is_correct(name: str, tmp_path: Path) -> None:
    out = tmp_path / "unsolved.ipynb"
    shown = variant(name, out, OTHER)
    for exercise in chapter(name).exercises:
        assert "Not attempted." in shown[f"door:blank:{exercise}"]
        assert "Not attempted." in shown[f"door:write:{exercise}"]
    assert "Correct." not in str(shown)
    same_again(out, tmp_path)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_without_a_truth_what_public_tables_answer_is_still_marked(name: str, tmp_path: Path) -> None:
    write_world(Scenario(seed=11, declarations=20_000), tmp_path / "data")
    shown = variant(name, tmp_path / "own.ipynb", {"data": str(tmp_path / "data")}, solved=True)
    for exercise in chapter(name).exercises.values():
        said = "Not marked here." if exercise.needs_truth else "Correct."
        assert said in shown[f"solution:{exercise.id}"]
    assert str(tmp_path) not in (tmp_path / "own.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_an_imported_file_goes_through_the_whole_notebook(name: str, tmp_path: Path) -> None:
    file, out = tmp_path / "made.csv", tmp_path / "own.ipynb"
    file.write_text(text_of(korean_rows(3_000), KOREAN), encoding="utf-8")
    import_declarations(file, "kcs", tmp_path / "data")
    shown = variant(name, out, {"data": str(tmp_path / "data")})
    assert "World of own data" in shown["opening"]
    world = World.from_folder(tmp_path / "data")
    held = {f"{table}.{column}" for table in world.tables for column in world.table(table).columns}
    lacking = [exercise for exercise in chapter(name).exercises.values() if not held.issuperset(exercise.needs)]
    assert lacking  # the Korean layout holds neither letters nor value added tax
    for exercise in lacking:
        said = shown[f"door:blank:{exercise.id}"]
        assert "Not marked here." in said
        if exercise.referee:
            assert "referee" in said
            continue
        for table, column in (need.split(".") for need in set(exercise.needs) - held):
            assert (column if table in world.tables else table) in said
    same_again(out, tmp_path)
