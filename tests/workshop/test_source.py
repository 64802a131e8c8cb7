"""A source that breaks a rule is refused, with the notebook, the cell and the remedy."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cep_toolkit.errors import CourseError, InputFileError
from cep_toolkit.workshop.source import Source, read_source
from tests.workshop import tiny
from tests.workshop.tiny import NOTEBOOK, TINY


def test_cells_know_their_part(source: Source) -> None:
    parts = [(cell.number, cell.kind, cell.tags) for cell in source.cells if cell.tags]
    assert parts == [
        (2, "code", ("parameters",)),
        (3, "code", ("opening",)),
        (4, "markdown", ("facilitator",)),
        (5, "code", ("exercise:duty_rate",)),
        (6, "code", ("solution:duty_rate",)),
    ]
    assert source.parameters["declarations"].default == 5_000
    assert source.solutions["duty_rate"].word == "duty rate"


BREACHES = {
    "no parameters": (TINY.replace('tags=["parameters"]', ""), '0 cells are tagged "parameters"'),
    "two parameters": (TINY + "\n" + tiny.PARAMETERS, '2 cells are tagged "parameters"'),
    "a sixth parameter": (TINY.replace('data: str = ""', 'data: str = ""\nhard: int = 1'), "not a typed literal"),
    "a missing parameter": (TINY.replace('data: str = ""\n', ""), "does not declare the five"),
    "no annotation": (TINY.replace("seed: int = 2016", "seed = 2016"), '"seed = 2016" is not a typed literal'),
    "wrong annotation": (TINY.replace("seed: int", "seed: float"), "is not a typed literal"),
    "a computed value": (TINY.replace("int = 2016", "int = 2015 + 1"), '"seed: int = 2015 + 1" is not a typed'),
    "a literal of another type": (TINY.replace('str = "XA"', "str = 5"), "is not a typed literal"),
    "no opening": (TINY.replace('tags=["opening"]', ""), '0 cells are tagged "opening"'),
    "another notebook's workbook": (TINY.replace('Workbook("00', 'Workbook("12'), "does not make this notebook's"),
    "parameters late": (
        tiny.OPENING + "\n" + tiny.PARAMETERS + "\n" + tiny.EXERCISE + "\n" + tiny.SOLUTION,
        "not the first two code cells",
    ),
    "unknown tag": (TINY.replace('tags=["facilitator"]', 'tags=["facilitater"]'), 'Did you mean "facilitator"?'),
    "unknown exercise": (TINY.replace("exercise:duty_rate", "exercise:duty"), "names no exercise"),
    "asked twice": (tiny.with_cell('wb.ask("duty_rate")'), '"duty_rate" is asked 2 times'),
    "never asked": (TINY.replace('wb.ask("duty_rate")', "wb"), '"duty_rate" is asked 0 times'),
    "asked in an untagged cell": (TINY.replace(' tags=["exercise:duty_rate"]', ""), "lacks its tag"),
    "a function that takes an offer where nothing is played": (
        TINY.replace("my_answer()", "my_answer(offer)"),
        "brackets after the function's name do not fit",
    ),
    "no solution": (TINY.replace(tiny.SOLUTION, ""), "has 0 solution cells"),
    "solution first": (TINY.replace(tiny.EXERCISE, "").replace(tiny.AFTER, tiny.EXERCISE), "before its exercise"),
    "prose folded away": (TINY.replace("# ## What the world holds", "# What the world holds"), "has no heading"),
    "code that cannot be read": (tiny.with_cell("print("), "cannot be read"),
}


@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_names_notebook_cell_and_remedy(breach: str, write_source: Callable[[str], Path]) -> None:
    text, said = BREACHES[breach]
    with pytest.raises(CourseError) as refused:
        read_source(NOTEBOOK, write_source(text))
    assert f"notebook {NOTEBOOK}" in str(refused.value)
    assert said in str(refused.value)
    assert str(refused.value).endswith(".") or "wb = Workbook" in str(refused.value)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\xff"])
def test_a_source_that_cannot_be_read_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / f"{NOTEBOOK}.py").write_bytes(content)
    with pytest.raises(InputFileError, match=r"00_start_here\.py: the source cannot be read"):
        read_source(NOTEBOOK, tmp_path)
