"""A suite that cannot go red proves nothing: a corrupted reference and a changed row are found."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from cep_toolkit.checking import Cells, Date, Exercise, Kind, Number, OneOf, Play, Ranking, Rows, SeveralOf
from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.errors import CourseError
from cep_toolkit.workshop import build as building
from cep_toolkit.workshop import places
from cep_toolkit.workshop.bench import QuietWorkbook
from cep_toolkit.workshop.gate import gate, scenarios
from cep_toolkit.workshop.source import Source
from cep_toolkit.world import Scenario
from tests.notebooks.strict_nbval import rerun

EXERCISES = [exercise for name in notebooks() for exercise in chapter(name).exercises.values()]


def corrupted(kind: Kind[Any], value: Any) -> Any:
    """Return another value of a kind, as near to the right one as can be."""
    match kind:
        case Number():
            return value + 10.0**-kind.decimals + kind.tolerance
        case Date():
            return (pd.Timestamp(value) + pd.Timedelta(days=1)).date().isoformat()
        case OneOf():
            return next(key for key in kind.options if key != value)
        case SeveralOf():
            others = [key for key in kind.options if key not in value]
            return [*value[:-1], others[0]]
        case Ranking():
            return [value[1], value[0], *value[2:]]
        case Rows():
            return value[:-1] or ["0"]
        case Cells():
            row, (column, options) = next(iter(kind.rows)), next(iter(kind.columns.items()))
            other = next(key for key in options if key != value[row][column])
            return {**value, row: {**value[row], column: other}}
    pytest.fail(f"no way to corrupt a {type(kind).__name__}")


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.id)
def test_a_corrupted_reference_is_found(
    exercise: Exercise, sources: list[Source], monkeypatch: pytest.MonkeyPatch
) -> None:
    right = type(exercise).reference

    def wrong(self: Exercise, world: Any, truth: Any, question: Any) -> object:
        if isinstance(self, Play):
            return self.misconceptions[0].compute(None, question)
        fields = self.fields(question)
        name, kind = next(iter(fields.items()))
        reference: Any = right(self, world, truth, question)
        values = reference if isinstance(reference, dict) and name in reference else {name: reference}
        value, problem = kind.parse(values[name])
        assert not problem
        return {**values, name: corrupted(kind, value)}

    monkeypatch.setattr(type(exercise), "reference", wrong)
    found = {verdict.exercise: verdict for verdict in gate(sources, scenarios(1))}
    assert not found[exercise.id].ok
    assert all(verdict.ok for name, verdict in found.items() if name != exercise.id)


def test_a_changed_row_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Change the declaration that the first exercise reads, in the cache that the kernels read."""
    name = notebooks()[0]
    scenario = Scenario()
    made = Path(os.environ["CEP_CACHE"])
    read = QuietWorkbook(name, scenario).question("duty_rate").declaration_id
    monkeypatch.setenv("CEP_CACHE", str(tmp_path / "cache"))
    (tmp_path / "cache").mkdir()
    for file in made.glob(f"{scenario.fingerprint}-*-declarations.parquet"):
        table = pd.read_parquet(file)
        table.loc[table["declaration_id"].astype(str) == read, "customs_value"] += 1
        table.to_parquet(tmp_path / "cache" / file.name, index=False)
    with pytest.raises(CourseError, match=r"exercise:duty_rate \(output\)"):
        building.check(name, places.source_folder(), places.built_folder())
    copy = tmp_path / f"{name}.ipynb"
    shutil.copy(places.built_folder() / copy.name, copy)
    assert rerun(copy, tmp_path).failed > 0
