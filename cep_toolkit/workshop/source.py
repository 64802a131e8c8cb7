"""A notebook's percent source, read into cells that know their part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from cep_toolkit.errors import CourseError, InputFileError
from cep_toolkit.workshop.doors import Solution, read_solution
from cep_toolkit.workshop.parameters import Parameter, declared

PARAMETERS, OPENING, FACILITATOR = "parameters", "opening", "facilitator"
_PART = re.compile(r"(exercise|solution):(.*)", re.DOTALL)


@dataclass(frozen=True)
class Cell:
    """One cell of a source.

    Parameters
    ----------
    notebook : str
        The notebook's name.
    number : int
        Its place in the source, from 1.
    kind : {"code", "markdown", "raw"}
    text : str
        What it holds.
    tags : tuple of str
    metadata : Mapping
        What else its marker says.
    """

    notebook: str
    number: int
    kind: str
    text: str
    tags: tuple[str, ...] = ()
    metadata: Mapping[str, Any] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """How errors call this cell.

        Examples
        --------
        >>> Cell("00_start_here", 4, "code", "wb", ("opening",)).where
        'notebook 00_start_here, cell 4 (opening)'
        """
        label = f" ({self.tags[0]})" if self.tags else ""
        return f"notebook {self.notebook}, cell {self.number}{label}"

    def part(self, role: str) -> str:
        """Return the exercise's id where the cell is tagged ``role:ID``, else an empty text."""
        matches = [_PART.fullmatch(tag) for tag in self.tags]
        return next((match.group(2) for match in matches if match and match.group(1) == role), "")

    def refused(self, rule: str, remedy: str) -> CourseError:
        """Return the error of an author who broke a rule in this cell."""
        return CourseError(self.where, rule, remedy)


@dataclass(frozen=True)
class Source:
    """A notebook's cells as the author wrote them; ``read_source`` makes one that keeps the house's rules.

    Parameters
    ----------
    notebook : str
        The notebook's name.
    cells : tuple of Cell
    """

    notebook: str
    cells: tuple[Cell, ...]

    def tagged(self, tag: str) -> tuple[Cell, ...]:
        """Return the cells that carry a tag."""
        return tuple(cell for cell in self.cells if tag in cell.tags)

    @cached_property
    def parameters(self) -> dict[str, Parameter]:
        """The parameters that the notebook takes, by name."""
        (cell,) = self.tagged(PARAMETERS)
        return declared(cell.text, cell.where)

    @cached_property
    def solutions(self) -> dict[str, Solution]:
        """Exercise's id -> what its solution cell gives."""
        cells = {cell.part("solution"): cell for cell in self.cells if cell.part("solution")}
        return {exercise: read_solution(exercise, cell.text, cell.where) for exercise, cell in cells.items()}


def parse_source(notebook: str, text: str) -> Source:
    """Return the cells of a percent source, before any rule is looked at."""
    import jupytext

    read = jupytext.reads(text, fmt="py:percent")
    cells = []
    for number, cell in enumerate(read.cells, start=1):
        metadata = dict(cell.metadata)
        tags = metadata.pop("tags", [])
        cells.append(Cell(notebook, number, cell.cell_type, cell.source, tuple(map(str, tags)), metadata))
    return Source(notebook, tuple(cells))


def read_source(notebook: str, folder: Path) -> Source:
    """Read a notebook's source and hold it to the house's rules.

    Parameters
    ----------
    notebook : str
        The name, for example ``"12_risk_analysis"``.
    folder : Path
        Where the sources lie.

    Raises
    ------
    InputFileError
        The file cannot be read.
    CourseError
        A rule is broken; the error names the notebook, the cell and the remedy.
    """
    from cep_toolkit.workshop.rules import hold

    file = folder / f"{notebook}.py"
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputFileError(file.name, "the source cannot be read.", "It must be a text file in UTF-8.") from error
    source = parse_source(notebook, text)
    hold(source)
    return source
