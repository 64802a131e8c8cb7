"""The *Choose* door: an exercise as a form, with its check, hints and solution."""

from __future__ import annotations

from pprint import pformat
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Result, Rows, read_answer
from cep_toolkit.course.text import Prompt
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.exercise_face import ExerciseFace
from cep_toolkit.widgets.inputs import input_of
from cep_toolkit.widgets.look import face, guarded

if TYPE_CHECKING:
    from cep_toolkit.course.workbook import Workbook


class Form(ExerciseFace):
    """One exercise to be answered without code.

    It stands on the workbook's own ``check``, ``hint``, ``solution``, ``reset`` and ``restore``.

    Parameters
    ----------
    workbook : Workbook
        Whose exercise it is.
    prompt : Prompt
        What the exercise asks.
    """

    def __init__(self, workbook: Workbook, prompt: Prompt) -> None:
        super().__init__(workbook, prompt)
        self._inputs = {name: input_of(kind) for name, kind in prompt.fields.items()}
        self._filling = False
        self._buttons["reset"] = self._button(messages.START_AGAIN, self.start_again)
        self._buttons["undo"] = self._button(messages.UNDO, self.undo)
        self.view = self._assembled()
        self._buttons["undo"].layout.display = "none"
        self.refresh()

    # What the buttons do --------------------------------------------------------------------------------------

    def start_again(self) -> None:
        """Empty the form; the old answer is kept aside."""
        said = self._workbook.reset(self._prompt.exercise)
        self._fill(None)
        self._buttons["undo"].layout.display = None
        self._say(said.markdown)

    def undo(self) -> None:
        """Bring back the answer that was there before starting again."""
        said = self._workbook.restore(self._prompt.exercise)
        self.refresh()
        self._say(said.markdown)

    @property
    def answer(self) -> dict[str, Any]:
        """What stands in the form, by field; empty fields are left out."""
        found = {name: control.read() for name, control in self._inputs.items()}
        return {name: value for name, value in found.items() if value is not None}

    def put(self, answer: dict[str, Any]) -> None:
        """Put values into fields of the form, as a person would; the others stay as they are."""
        guarded(self._put, self._say)(answer)

    def _put(self, answer: dict[str, Any]) -> None:
        for name, value in answer.items():
            parsed, _ = self._prompt.fields[name].parse(value)
            self._inputs[name].put(value if parsed is None else parsed)

    def pick(self, rows: list[str]) -> str:
        """Put rows of a table into the form's field for rows, and say how that went."""
        for name, kind in self._prompt.fields.items():
            if isinstance(kind, Rows):
                value, problem = kind.parse(rows)
                if value is None:
                    return messages.PICKED_ELSEWHERE.format(problem=problem) if problem else messages.TICK_FIRST
                self._inputs[name].put(value)
                return messages.PICKED.format(count=len(value), title=self._prompt.title)
        return messages.PICKED_NOWHERE

    def row_key(self, table: str, columns: list[str]) -> str:
        """Return the column of a table whose values the form's field for rows takes; empty where there is none."""
        found = [kind.key for kind in self._prompt.fields.values() if isinstance(kind, Rows) and kind.table == table]
        return found[0] if found and found[0] in columns else ""

    def code(self) -> str:
        """Return the call that does what the button Check does."""
        parsed = read_answer(self._prompt.fields, self.answer)
        answer = self.answer if parsed.value is None else parsed.value
        plain = next(iter(answer.values())) if len(self._prompt.fields) == 1 and answer else answer
        written = pformat(plain, width=88, sort_dicts=False)
        return f'wb.check("{self._prompt.exercise}", {written})'.replace("\n", "\n    ")

    def refresh(self) -> None:
        """Put the remembered answer into the form, from whichever door it came."""
        if self._checking:
            return  # the form itself asked, and shows the result
        self._fill(self._workbook.record(self._prompt.exercise).answer)
        self._show_record()

    # Inside ---------------------------------------------------------------------------------------------------

    def _answered(self) -> Result:
        return self._workbook.check(self._prompt.exercise, self.answer)

    def _assembled(self) -> Any:
        for control in self._inputs.values():
            control.watch(guarded(self._changed, self._say), guarded(self.check, self._say))
        fields = [control.view for control in self._inputs.values()]
        parts = [self._heading(), *fields, self._button_row(), self._result, self._help, self._code.view]
        return face("form", parts)

    def _fill(self, answer: dict[str, Any] | None) -> None:
        """Put an answer into the form without taking it for a change by the participant."""
        self._filling = True
        try:
            for name, kind in self._prompt.fields.items():
                value, _ = kind.parse((answer or {}).get(name))
                self._inputs[name].put(value)
        finally:
            self._filling = False
        self._code.refresh()

    def _changed(self) -> None:
        if not self._filling:
            self._changed_since()
