"""A papermill engine that refuses misspelt and mistyped parameters before any cell runs.

``papermill --engine cep notebooks/12_risk_analysis.ipynb out.ipynb -p seed 7``; without ``--engine cep`` papermill
itself only warns of a name it does not know, and the opening cell refuses a wrong value.
"""

from __future__ import annotations

from typing import Any

from papermill.engines import NBClientEngine, papermill_engines

from cep_toolkit.errors import CourseError
from cep_toolkit.workshop.parameters import checked, declared

ENGINE = "cep"


class StrictEngine(NBClientEngine):  # type: ignore[misc]  # papermill ships no types
    """papermill's own engine, behind a look at the parameters."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> Any:
        """Run a notebook whose parameters are in order.

        Raises
        ------
        UnknownValueError, WrongTypeError, OutOfRangeError, InputFileError
            A parameter is not one that the notebook takes.
        CourseError
            The notebook has no parameters cell.
        """
        notebook = nb_man.nb
        cells = [cell.source for cell in notebook.cells if "parameters" in cell.metadata.get("tags", [])]
        if len(cells) != 1:
            raise CourseError("the notebook", f"{len(cells)} cells are tagged parameters.", "Use one of the course's.")
        given = notebook.metadata.get("papermill", {}).get("parameters") or {}
        checked(declared(cells[0], "the parameters cell"), given)
        return super().execute_managed_notebook(nb_man, kernel_name, **options)


papermill_engines.register(ENGINE, StrictEngine)
