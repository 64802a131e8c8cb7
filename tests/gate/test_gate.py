"""Every exercise of the course, in twenty worlds, through each door, with each of its mistakes."""

from __future__ import annotations

import pytest

from cep_toolkit.course.catalogue import chapter, notebooks
from cep_toolkit.workshop.gate import Verdict, gate, scenarios
from cep_toolkit.workshop.source import Source

WORLDS = 20
EXERCISES = [(name, exercise) for name in notebooks() for exercise in chapter(name).exercises]


@pytest.fixture(scope="module")
def verdicts(sources: list[Source]) -> dict[tuple[str, str], Verdict]:
    """What the gate found."""
    return {(found.notebook, found.exercise): found for found in gate(sources, scenarios(WORLDS))}


@pytest.mark.parametrize(("notebook", "exercise"), EXERCISES)
def test_an_exercise_passes_the_gate(verdicts: dict[tuple[str, str], Verdict], notebook: str, exercise: str) -> None:
    found = verdicts[notebook, exercise]
    assert found.ok, "\n".join(found.failures)
    assert found.scenarios == WORLDS
    # nothing, reference and every mistake, through three doors
    assert found.answers >= WORLDS * 3 * (2 + found.misconceptions)


def test_the_gate_has_tried_every_exercise(verdicts: dict[tuple[str, str], Verdict]) -> None:
    assert list(verdicts) == EXERCISES
