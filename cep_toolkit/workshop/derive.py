"""From a source to a notebook nobody has run yet: the participant's, or the solved one of the key."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from nbformat import NotebookNode

from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.source import FACILITATOR, Cell, Source

DOORS_HEADING = (
    "#### Answer in code instead\n\n"
    "In the first cell below, put one word in place of `____` and run the cell. "
    "In the second, write the whole answer yourself. The check is the same as the form's."
)
FOLDED = {"jp-MarkdownHeadingCollapsed": True, "tags": ["lab"]}  # unfolded or not, the page leaves it out


def unsolved(source: Source) -> NotebookNode:
    """Return the participant's notebook: doors in place of the solutions, nothing for the facilitator."""
    kept = (cell for cell in source.cells if FACILITATOR not in cell.tags)
    made = nb.notebook(made for cell in kept for made in _for_participants(source, cell))
    give_ids(source.notebook, made)
    return made


def solved(source: Source) -> NotebookNode:
    """Return the notebook of the key: solutions in place, the facilitator's notes too."""
    made = nb.notebook(_solved(source, cell) for cell in source.cells)
    give_ids(source.notebook, made)
    return made


def _for_participants(source: Source, cell: Cell) -> Iterator[NotebookNode]:
    exercise = cell.part("solution")
    if not exercise:
        yield _same(cell)
        return
    solution = source.solutions[exercise]
    yield nb.cell("markdown", DOORS_HEADING, FOLDED)
    yield nb.cell("code", solution.one_blank, {"tags": [f"door:blank:{exercise}"]})
    yield nb.cell("code", solution.stub, {"tags": [f"door:write:{exercise}"]})


def _solved(source: Source, cell: Cell) -> NotebookNode:
    exercise = cell.part("solution")
    if not exercise:
        return _same(cell)
    return nb.cell("code", source.solutions[exercise].code, {"tags": list(cell.tags)})


def _same(cell: Cell) -> NotebookNode:
    tags = {"tags": list(cell.tags)} if cell.tags else {}
    return nb.cell(cell.kind, cell.text, {**cell.metadata, **tags})


def give_ids(notebook: str, made: NotebookNode) -> None:
    """Give every cell an id that depends on the notebook, the cell's first tag and its place among those alone.

    So a new cell of prose changes the ids of no exercise, and two builds give the same.
    """
    seen: Counter[str] = Counter()
    for cell in made.cells:
        name = f"{notebook}|{nb.tag(cell)}|{seen[nb.tag(cell)]}"
        seen[nb.tag(cell)] += 1
        cell["id"] = hashlib.sha256(name.encode()).hexdigest()[:16]
