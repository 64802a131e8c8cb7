"""The *Choose* door: an exercise as a form, with its check, hints and solution."""

from __future__ import annotations

from collections.abc import Callable
from pprint import pformat
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.checking import Result, Rows, Status, read_answer
from cep_toolkit.course.text import Prompt, Text
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.inputs import input_of
from cep_toolkit.widgets.look import Code, bundle, face, guarded, safe, status
from cep_toolkit.widgets.results import result_html, status_html

if TYPE_CHECKING:
    from cep_toolkit.course.workbook import Workbook


class Form:
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
        self._workbook, self._prompt = workbook, prompt
        self._inputs = {name: input_of(kind) for name, kind in prompt.fields.items()}
        self._result, self._help = widgets.HTML(), widgets.HTML()
        self._shown: Result | None = None
        self._filling, self._checking, self._open_help = False, False, ""
        self._buttons = {
            "check": self._button(messages.CHECK, self.check, "cep-lead"),
            "hint": self._button(messages.HINT, self.hint),
            "solution": self._button(messages.SOLUTION, self.solution),
            "reset": self._button(messages.START_AGAIN, self.start_again),
            "undo": self._button(messages.UNDO, self.undo),
        }
        self._code = Code(self.code)
        self.view = self._assembled()
        self._buttons["undo"].layout.display = "none"
        self.refresh()

    # What the buttons do --------------------------------------------------------------------------------------

    def check(self) -> None:
        """Check what stands in the form."""
        self._result.value = status(safe(messages.CHECKING))
        self._checking = True
        try:
            self._shown = self._workbook.check(self._prompt.exercise, self.answer)
        finally:
            self._checking = False
        self._result.value = result_html(self._shown)
        self._show_solution_button()
        opened = self._workbook.open_hints(self._prompt.exercise)
        told = self._shown.next_step and self._shown.next_step in opened.markdown.replace("**", "")
        if opened.markdown and not told and self._open_help != "solution":
            self._show_help("hint", opened)

    def hint(self) -> None:
        """Open the next hint."""
        self._show_help("hint", self._workbook.hint(self._prompt.exercise))

    def solution(self) -> None:
        """Show the solution, or fold it away."""
        if self._open_help == "solution":
            self._show_help("", Text(""))
        else:
            self._show_help("solution", self._workbook.solution(self._prompt.exercise))

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
        record = self._workbook.record(self._prompt.exercise)
        self._fill(record.answer)
        self._shown = None
        if record.status is Status.NOT_ATTEMPTED:
            self._result.value = ""
        else:
            text = messages.CODE_IS_KEPT if record.answer is None else messages.REMEMBERED
            self._result.value = status_html(record.status, text.format(heading=record.status.capitalize()))
        self._show_help("", Text(""))

    # Inside ---------------------------------------------------------------------------------------------------

    def _assembled(self) -> Any:
        prompt = self._prompt
        title = f'<div class="cep-title" role="heading" aria-level="4">{safe(prompt.title)}</div>'
        for control in self._inputs.values():
            control.watch(guarded(self._changed, self._say), guarded(self.check, self._say))
        buttons = widgets.HBox(list(self._buttons.values()))
        buttons.add_class("cep-buttons")
        fields = [control.view for control in self._inputs.values()]
        parts = [widgets.HTML(title + prompt.html), *fields, buttons, self._result, self._help, self._code.view]
        return face("form", parts)

    def _button(self, words: str, action: Callable[[], object], look: str = "cep-plain") -> Any:
        button = widgets.Button(description=words)
        button.add_class(look)
        button.on_click(guarded(lambda _: action(), self._say))
        return button

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
        if self._filling:
            return
        self._code.refresh()
        if self._shown is not None:
            self._result.value = result_html(self._shown, messages.LAST_CHECK)
            self._shown = None

    def _show_help(self, which: str, text: Text) -> None:
        self._open_help = which if text.markdown else ""
        self._help.value = f'<div role="status" class="cep-help">{text.html}</div>' if text.markdown else ""
        self._show_solution_button()

    def _show_solution_button(self) -> None:
        opens = self._workbook.solution_opens(self._prompt.exercise)
        self._buttons["solution"].layout.display = None if opens else "none"

    def _say(self, sentence: str) -> None:
        self._shown = None
        self._result.value = status(safe(sentence))

    def __repr__(self) -> str:
        return f"{self._prompt.title}\n{self._prompt.markdown}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        title = f"<p><strong>{safe(self._prompt.title)}</strong></p>\n"
        return bundle(self.view, repr(self), title + self._prompt.html, "the form")
