"""A notebook of a pack and the solved one of the key, both from one run of one kernel."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path

from nbformat import NotebookNode

from cep_toolkit.course.text import say_answer
from cep_toolkit.workshop import derive
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.key import KeyEntry
from cep_toolkit.workshop.normal import normalise
from cep_toolkit.workshop.running import run
from cep_toolkit.workshop.source import PARAMETERS, Source

DATA = ".."
"""The pack's own folder as seen from its notebooks'."""


def run_both(source: Source, folder: Path, entries: Mapping[str, KeyEntry]) -> tuple[NotebookNode, NotebookNode]:
    """Run a notebook in a pack's folder, and return it as participants get it and as the key holds it.

    The cells that only the key has are run last, in the same kernel: what participants see is what a kernel shows that
    never knew them.

    Parameters
    ----------
    source : Source
    folder : Path
        The pack's ``notebooks``.
    entries : Mapping[str, KeyEntry]
        Exercise -> its answer, which the key's notebook tells below each solution.

    Raises
    ------
    CourseError
        A cell failed, or shows what no stored notebook may show.
    """
    given, solved = (_in_pack(source, made) for made in (derive.unsolved(source), derive.solved(source)))
    known = {cell.id for cell in given.cells}
    more = [deepcopy(cell) for cell in solved.cells if cell.cell_type == "code" and cell.id not in known]
    whole = nb.notebook([*given.cells, *more])
    run(source.notebook, whole, folder=folder)
    ran = {cell.id: cell for cell in whole.cells}
    given["cells"] = [ran[cell.id] for cell in given.cells]
    solved["cells"] = list(_told(source, [_as_run(cell, ran) for cell in solved.cells], entries))
    _count(solved)
    for made in (given, solved):
        normalise(source.notebook, made)
    return given, solved


def _in_pack(source: Source, made: NotebookNode) -> NotebookNode:
    """Return a notebook that opens its pack: the cell is the one that papermill would put there."""
    place = 1 + next(place for place, cell in enumerate(made.cells) if nb.tag(cell) == PARAMETERS)
    injected = nb.cell("code", f'# Parameters\ndata = "{DATA}"\n', {"tags": ["injected-parameters"]})
    made.cells.insert(place, injected)
    derive.give_ids(source.notebook, made)
    return made


def _as_run(cell: NotebookNode, ran: Mapping[str, NotebookNode]) -> NotebookNode:
    return deepcopy(ran[cell.id]) if cell.cell_type == "code" else cell


def _told(source: Source, cells: list[NotebookNode], entries: Mapping[str, KeyEntry]) -> Iterator[NotebookNode]:
    """Yield cells, and after each solution the answer of this world with its reasons."""
    for cell in cells:
        yield cell
        role, _, exercise = nb.tag(cell).partition(":")
        if role == "solution":
            yield nb.cell("markdown", _answer(entries[exercise]), {"tags": [f"answer:{exercise}"]})


def _answer(entry: KeyEntry) -> str:
    if entry.expected is None:
        return f"**Not posed here.** {entry.not_posed}"
    told = say_answer(entry.expected.fields, entry.expected.reference)
    return f"**The answer in this world**\n\n{told}\n\n{entry.explanation}"


def _count(made: NotebookNode) -> None:
    """Give the cells numbers as if they had run from top to bottom."""
    code = [cell for cell in made.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell["execution_count"] = number
        for output in cell.outputs:
            if "execution_count" in output:
                output["execution_count"] = number
