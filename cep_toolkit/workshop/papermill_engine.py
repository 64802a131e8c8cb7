"""A papermill engine that refuses misspelt and mistyped parameters before any cell runs.

``papermill --engine cep notebooks/12_risk_analysis.ipynb out.ipynb -p seed 7``; without ``--engine cep`` papermill
itself only warns of a name it does not know, and the opening cell refuses a wrong value.

papermill finds ``StrictEngine`` by its entry point while it is itself being imported; so nothing here imports papermill
until the class is asked for.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from cep_toolkit.errors import CourseError
from cep_toolkit.workshop.parameters import checked, declared

ENGINE = "cep"


def refuse_wrong_parameters(notebook: Any) -> None:
    """Look at the parameters that papermill is about to run a notebook with.

    Raises
    ------
    UnknownValueError, WrongTypeError, OutOfRangeError, InputFileError
        A parameter is not one that the notebook takes.
    CourseError
        The notebook has no parameters cell.
    """
    cells = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
    if len(cells) != 1:
        raise CourseError("the notebook", f"{len(cells)} cells are tagged parameters.", "Use one of the course's.")
    given = notebook.metadata.get("papermill", {}).get("parameters") or {}
    checked(declared(cells[0], "the parameters cell"), given)


@cache
def _engine() -> Any:
    from papermill.engines import NBClientEngine

    class StrictEngine(NBClientEngine):  # type: ignore[misc]  # papermill ships no types
        """papermill's own engine, behind a look at the parameters."""

        @classmethod
        def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
            """Run a notebook whose parameters are in order."""
            refuse_wrong_parameters(nb_man.nb)
            return super().execute_managed_notebook(nb_man, kernel_name, **options)

    return StrictEngine


def __getattr__(name: str) -> Any:
    """Return the engine's class, made when it is first asked for."""
    if name == "StrictEngine":
        return _engine()
    raise AttributeError(f"{__name__} has no {name!r}")
