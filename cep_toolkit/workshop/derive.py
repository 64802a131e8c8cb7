"""From a source to a notebook nobody has run yet: the participant's, or the solved one of the key."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from nbformat import NotebookNode, v4

from cep_toolkit.workshop.source import FACILITATOR, Cell, Source

DOORS_HEADING = (
    "#### Answer in code instead\n\n"
    "In the first cell below, put one word in place of `____` and run the cell. "
    "In the second, write the whole answer yourself. The check is the same as the form's."
)
FOLDED = {"jp-MarkdownHeadingCollapsed": True}
METADATA = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def unsolved(source: Source) -> NotebookNode:
    """Return the participant's notebook: doors in place of the solutions, nothing for the facilitator."""
    cells = (made for cell in source.cells if FACILITATOR not in cell.tags for made in _for_participants(source, cell))
    return _notebook(source.notebook, cells)


def solved(source: Source) -> NotebookNode:
    """Return the notebook of the key: solutions in place, the facilitator's notes too."""
    return _notebook(source.notebook, (_solved(source, cell) for cell in source.cells))


def _for_participants(source: Source, cell: Cell) -> Iterator[NotebookNode]:
    exercise = cell.part("solution")
    if not exercise:
        yield _same(cell)
        return
    solution = source.solutions[exercise]
    yield v4.new_markdown_cell(DOORS_HEADING, metadata=dict(FOLDED))
    yield _code(solution.one_blank, f"door:blank:{exercise}")
    yield _code(solution.stub, f"door:write:{exercise}")


def _solved(source: Source, cell: Cell) -> NotebookNode:
    exercise = cell.part("solution")
    return _code(source.solutions[exercise].code, *cell.tags) if exercise else _same(cell)


def _same(cell: Cell) -> NotebookNode:
    make = {"code": v4.new_code_cell, "markdown": v4.new_markdown_cell, "raw": v4.new_raw_cell}[cell.kind]
    metadata: dict[str, Any] = dict(cell.metadata)
    if cell.tags:
        metadata["tags"] = list(cell.tags)
    made: NotebookNode = make(cell.text, metadata=metadata)
    return made


def _code(text: str, *tags: str) -> NotebookNode:
    made: NotebookNode = v4.new_code_cell(text, metadata={"tags": list(tags)})
    return made


def _notebook(notebook: str, cells: Iterable[NotebookNode]) -> NotebookNode:
    made: NotebookNode = v4.new_notebook(cells=list(cells), metadata=METADATA)
    give_ids(notebook, made)
    return made


def give_ids(notebook: str, made: NotebookNode) -> None:
    """Give every cell an id that depends on the notebook, the cell's first tag and its place among those alone.

    So a new cell of prose changes the ids of no exercise, and two builds give the same.
    """
    seen: Counter[str] = Counter()
    for cell in made.cells:
        tag = next(iter(cell.metadata.get("tags", [])), cell.cell_type)
        name = f"{notebook}|{tag}|{seen[tag]}"
        seen[tag] += 1
        cell["id"] = hashlib.sha256(name.encode()).hexdigest()[:16]
