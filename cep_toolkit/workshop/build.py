"""From the sources to the notebooks that people open: executed, unsolved, the same at every build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nbformat import NotebookNode

from cep_toolkit.checking.files import write_whole
from cep_toolkit.errors import CourseError
from cep_toolkit.workshop import derive
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.normal import normalise, shown
from cep_toolkit.workshop.running import run
from cep_toolkit.workshop.source import Source, read_source

Progress = Callable[[], object]
MOST_NAMED = 5


def made_from(source: Source, *, solved: bool = False, progress: Progress = lambda: None) -> NotebookNode:
    """Return the notebook of a source, run in a clean kernel and in its normal form.

    Parameters
    ----------
    source : Source
    solved : bool
        With the solutions and the facilitator's notes, for the key; else as participants get it.
    progress : callable
        Called before each code cell.

    Raises
    ------
    CourseError
        A cell fails, or shows what no stored notebook may show.
    """
    made = derive.solved(source) if solved else derive.unsolved(source)
    run(source.notebook, made, progress)
    normalise(source.notebook, made)
    return made


def build(notebook: str, sources: Path, to: Path, progress: Progress = lambda: None) -> bool:
    """Build one notebook and store it; say whether what is stored has changed.

    Parameters
    ----------
    notebook : str
        Its name.
    sources, to : Path
        The folder of the sources, and that of the built notebooks.
    progress : callable
        Called before each code cell.
    """
    content = nb.written(made_from(read_source(notebook, sources), progress=progress))
    file = to / f"{notebook}.ipynb"
    if file.exists() and file.read_bytes() == content:
        return False
    write_whole(file, content)
    return True


def check(notebook: str, sources: Path, to: Path, progress: Progress = lambda: None) -> None:
    """Build one notebook and compare it with the stored one.

    Raises
    ------
    CourseError
        They differ; the error names the cells.
    """
    remedy = f"Run: cep build {notebook}"
    file = to / f"{notebook}.ipynb"
    if not file.exists():
        raise CourseError(f"notebook {notebook}", "It was never built.", remedy)
    stored = nb.read(file)
    fresh = made_from(read_source(notebook, sources), progress=progress)
    if found := differences(stored, fresh):
        more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        rule = f"What is stored is not what the source gives now: {', '.join(found[:MOST_NAMED])}{more}."
        raise CourseError(f"notebook {notebook}", rule, remedy)


def differences(stored: NotebookNode, fresh: NotebookNode) -> list[str]:
    """Return the cells in which two notebooks differ, as people would look for them; pictures are not compared."""
    found = [
        f"cell {place}, {nb.tag(new)} {what}"
        for place, (old, new) in enumerate(zip(stored.cells, fresh.cells, strict=False), start=1)
        if (what := _difference(old, new))
    ]
    if len(stored.cells) != len(fresh.cells):
        found.append(f"{len(stored.cells)} cells stored, {len(fresh.cells)} now")
    if stored.metadata != fresh.metadata:
        found.append("the notebook's metadata")
    return found


def _difference(old: NotebookNode, new: NotebookNode) -> str:
    parts = {
        "(kind)": (old.cell_type, new.cell_type),
        "(text)": (old.source, new.source),
        "(id)": (old.get("id"), new.get("id")),
        "(metadata)": (old.metadata, new.metadata),
        "(run number)": (old.get("execution_count"), new.get("execution_count")),
        "(output)": (shown(old), shown(new)),
    }
    return next((what for what, (before, now) in parts.items() if before != now), "")
