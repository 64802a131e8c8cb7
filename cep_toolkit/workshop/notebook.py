"""Notebooks as files: cells made, read and written in one way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import nbformat
from nbformat import NotebookNode

from cep_toolkit.errors import InputFileError

METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def node(content: Mapping[str, Any]) -> NotebookNode:
    """Return plain content as nbformat's own kind of dictionary.

    Examples
    --------
    >>> node({"tags": ["opening"]}).tags
    ['opening']
    """
    return cast(NotebookNode, nbformat.from_dict(content))  # type: ignore[no-untyped-call]  # nbformat is half typed


def cell(kind: str, text: str, metadata: Mapping[str, Any]) -> NotebookNode:
    """Return a cell that was never run; its id is given later."""
    content: dict[str, Any] = {"cell_type": kind, "metadata": dict(metadata), "source": text}
    return node(content | {"execution_count": None, "outputs": []} if kind == "code" else content)


def notebook(cells: Iterable[NotebookNode]) -> NotebookNode:
    """Return a notebook of cells."""
    return node({"cells": list(cells), "metadata": dict(METADATA), "nbformat": 4, "nbformat_minor": 5})


def tag(cell: NotebookNode) -> str:
    """Return the first tag of a cell, or its kind where it has none."""
    return str(next(iter(cell.metadata.get("tags", [])), cell.cell_type))


def read(file: Path) -> NotebookNode:
    """Read a stored notebook.

    Raises
    ------
    InputFileError
        The file is missing or is no notebook.
    """
    try:
        found = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]  # nbformat is half typed
    except Exception as error:  # a damaged file fails in many ways, all with one remedy
        raise InputFileError(file.name, "the stored notebook cannot be read.", f"Run: cep build {file.stem}") from error
    return cast(NotebookNode, found)


def written(made: NotebookNode) -> bytes:
    """Return a notebook as the bytes of its file."""
    nbformat.validate(made)
    text = str(nbformat.writes(made, indent=1))  # type: ignore[no-untyped-call]  # nbformat is half typed
    return (text.rstrip("\n") + "\n").encode("utf-8")
