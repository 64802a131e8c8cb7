"""A variant: one notebook with one scenario, or with an administration's own data, run from top to bottom."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cep_toolkit.checking.files import write_whole
from cep_toolkit.errors import InputFileError, StorageError
from cep_toolkit.workshop import derive
from cep_toolkit.workshop import notebook as nb
from cep_toolkit.workshop.normal import normalise
from cep_toolkit.workshop.parameters import Parameter, Value, checked, from_text
from cep_toolkit.workshop.running import CELL_SECONDS, watched
from cep_toolkit.workshop.source import Source

if TYPE_CHECKING:
    from nbformat import NotebookNode


def make_variant(source: Source, parameters: Mapping[str, Value], out: Path, *, solved: bool = False) -> None:
    """Run a notebook with other parameters and write it.

    Parameters
    ----------
    source : Source
        The notebook's source.
    parameters : Mapping[str, str or int]
        Parameter's name -> value; those not named keep the notebook's own.
    out : Path
        The file to write; it must not be there yet.
    solved : bool
        With the solutions and the facilitator's notes in place.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError, InputFileError
        A parameter is not one that the notebook takes; no cell was run.
    StorageError
        ``out`` is there already.
    CourseError
        A cell failed.
    """
    given = checked(source.parameters, parameters)
    if out.suffix != ".ipynb":
        raise StorageError(out, "a notebook's name ends in .ipynb.", "Give such a name.")
    if out.exists():
        raise StorageError(out, "this file is there already.", "Give another name, or remove it first.")
    out.parent.mkdir(parents=True, exist_ok=True)
    if given.get("data"):
        given["data"] = _from(out.parent, str(given["data"]))
    made = derive.solved(source) if solved else derive.unsolved(source)
    write_whole(out, nb.written(run_variant(source.notebook, made, given, out.parent)))


def _from(folder: Path, data: str) -> str:
    """Return the data's folder as seen from the variant's: the two may move together, and no machine is named."""
    try:
        return Path(os.path.relpath(Path(data).resolve(), folder.resolve())).as_posix()
    except ValueError:  # another drive on Windows
        return Path(data).resolve().as_posix()


def run_variant(notebook: str, made: NotebookNode, parameters: Mapping[str, Value], folder: Path) -> NotebookNode:
    """Put the parameters into a notebook that nobody has run and return it as papermill ran it.

    Parameters
    ----------
    notebook : str
        Its name.
    made : NotebookNode
    parameters : Mapping[str, str or int]
        Checked values.
    folder : Path
        Where the cells run.
    """
    from nbclient.exceptions import CellExecutionError
    from papermill import PapermillExecutionError, execute_notebook

    from cep_toolkit.workshop.papermill_engine import ENGINE

    with watched(notebook, made) as options:
        try:
            ran: NotebookNode = execute_notebook(
                made,
                None,
                parameters=dict(parameters),
                engine_name=ENGINE,
                progress_bar=sys.stderr.isatty(),
                cwd=folder,
                execution_timeout=CELL_SECONDS,
                **options,
            )
        except PapermillExecutionError as error:
            raise CellExecutionError("", error.ename, error.evalue) from error
    normalise(notebook, ran)
    return ran


def read_parameters(declared: Mapping[str, Parameter], lines: Sequence[str], file: Path | None) -> dict[str, Value]:
    """Return the parameters of a command: a YAML file's, then those given as ``name=value``.

    Every value is read as text and takes the type that the parameters cell gives it, so that no code becomes a number
    and ``NO`` no truth value.

    Raises
    ------
    InputFileError
        The file cannot be read, or is no list of names and values.
    UnknownValueError, WrongTypeError
        A name or a value that the notebook does not take.
    """
    texts = _from_file(file) if file else {}
    for line in lines:
        name, _, value = line.partition("=")
        texts[name.strip()] = value
    return {name: from_text(declared, name, text) for name, text in texts.items()}


def _from_file(file: Path) -> dict[str, str]:
    from cep_toolkit.own_data.plain_yaml import read_plain

    remedy = "Write one parameter a line, for example: seed: 7"
    try:
        content = read_plain(file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputFileError(file, "this is not text in UTF-8.", remedy) from error
    except ValueError as error:
        raise InputFileError(file, f"{error}.", remedy) from error
    if not isinstance(content, dict):
        raise InputFileError(file, "this is no list of names and values.", remedy)
    values = {name: value for name, value in content.items() if isinstance(value, str)}
    if nested := [name for name in content if name not in values]:
        raise InputFileError(file, f'"{nested[0]}" holds more than one value.', remedy)
    return values
