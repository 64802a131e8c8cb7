"""The workbook of the notebooks: the course's own, with forms and explorers in place of plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Result
from cep_toolkit.checking.record import CHOOSE
from cep_toolkit.course import workbook as course
from cep_toolkit.course.text import Prompt, Text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from cep_toolkit.widgets.explorer import Explorer
    from cep_toolkit.widgets.form import Form


class Workbook(course.Workbook):
    """A notebook's exercises in one world, with their forms; parameters as in ``course.workbook.Workbook``.

    Examples
    --------
    >>> from cep_toolkit.checking.store import MemoryStore
    >>> wb = Workbook("00_start_here", declarations=5_000, store=MemoryStore())
    >>> form = wb.ask("duty_rate")
    >>> form.put({"rate": 5.0})
    >>> print(form.code())
    wb.check("duty_rate", 5.0)
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._forms: dict[str, Form] = {}

    def ask(self, exercise: str) -> Form | Text:  # type: ignore[override]  # a form shows what the text says
        """Return the form of an exercise, or one sentence where it cannot be asked here."""
        prompt = super().ask(exercise)
        if not isinstance(prompt, Prompt):
            return prompt
        if prompt.exercise not in self._forms:
            from cep_toolkit.widgets.form import Form

            self._forms[prompt.exercise] = Form(self, prompt)
        return self._forms[prompt.exercise]
