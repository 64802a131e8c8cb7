"""A built notebook in its one normal form: what it shows, and nothing of when, where or by whom it was run."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from cep_toolkit.errors import CourseError
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.derive import give_ids

WIDGET = "application/vnd.jupyter.widget-view+json"
_KEPT_METADATA = ("tags", "jp-MarkdownHeadingCollapsed", "jupyter", "slideshow")
_ADDRESS = re.compile(r"\bat 0x[0-9a-f]{6,}")


def normalise(notebook: str, made: NotebookNode) -> None:
    """Bring a notebook that was run into its normal form, in place.

    Raises
    ------
    CourseError
        An output shows a memory address or a path of this machine.
    """
    made["metadata"] = nb.node(nb.METADATA)
    for cell in made.cells:
        cell["metadata"] = nb.node({key: cell.metadata[key] for key in _KEPT_METADATA if cell.metadata.get(key)})
        if cell.cell_type == "code":
            cell["outputs"] = list(_outputs(cell.outputs))
    give_ids(notebook, made)
    for number, cell in enumerate(made.cells, start=1):
        for text in texts(cell):
            if found := _leak(text):
                raise CourseError(
                    f"notebook {notebook}, cell {number}", f'Its output shows "{found}".', "Print something else."
                )


def _outputs(outputs: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Yield the outputs without widget views and standard error, printed text in one piece."""
    printed: NotebookNode | None = None
    for output in outputs:
        if output.output_type != "stream":
            output.get("data", {}).pop(WIDGET, None)
            if output.output_type == "error" or output.data:
                printed = None
                yield output
        elif output.name == "stdout":
            if printed is not None:
                printed["text"] += output.text
                continue
            printed = output
            yield output


def texts(cell: NotebookNode) -> Iterator[str]:
    """Yield every text that a cell's stored outputs show, pictures left out."""
    for output in cell.get("outputs", []):
        if output.output_type == "stream":
            yield output.text
        for kind, content in output.get("data", {}).items():
            if kind.startswith("text/") or kind == "application/json":
                yield str(content)


def shown(cell: NotebookNode) -> list[Any]:
    """Return a cell's outputs as they are compared: of a picture, only that there is one."""
    return [
        (
            output.output_type,
            output.get("text", ""),
            {kind: _comparable(kind, content) for kind, content in data.items()},
        )
        for output in cell.get("outputs", [])
        for data in [output.get("data", {})]
    ]


def _comparable(kind: str, content: object) -> object:
    return "" if kind.startswith("image/") else content


def _leak(text: str) -> str:
    """Return what no stored output may show: a memory address, or a path of this machine."""
    if match := _ADDRESS.search(text):
        return match.group()
    homes = (str(Path.home()), tempfile.gettempdir(), str(Path(__file__).parents[2]))
    return next((home for home in homes if len(home) > 1 and home + os.sep in text), "")
