"""What the forms of exercises and plays share: the result, the hints, the solution and their buttons."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.checking import Result, Status
from cep_toolkit.course.text import Prompt, Text
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.look import Code, bundle, guarded, safe, status
from cep_toolkit.widgets.results import result_html, status_html

if TYPE_CHECKING:
    from cep_toolkit.course.workbook import Workbook


class ExerciseFace(ABC):
    """One exercise to be answered without code; a subclass says how the answer is made.

    It stands on the workbook's own ``check``, ``hint`` and ``solution``.

    Parameters
    ----------
    workbook : Workbook
        Whose exercise it is.
    prompt : Prompt
        What the exercise asks.
    """

    view: Any

    def __init__(self, workbook: Workbook, prompt: Prompt) -> None:
        self._workbook, self._prompt = workbook, prompt
        self._result, self._help = widgets.HTML(), widgets.HTML()
        self._shown: Result | None = None
        self._checking, self._open_help = False, ""
        self._buttons = {
            "check": self._button(messages.CHECK, self.check, "cep-lead"),
            "hint": self._button(messages.HINT, self.hint),
            "solution": self._button(messages.SOLUTION, self.solution),
        }
        self._code = Code(self.code)

    @abstractmethod
    def _answered(self) -> Result:
        """Check the answer as it stands."""

    @abstractmethod
    def code(self) -> str:
        """Return the call that does what the leading button does."""

    def check(self) -> None:
        """Check the answer as it stands, and show the result."""
        self._result.value = status(safe(messages.CHECKING))
        self._checking = True
        try:
            self._shown = self._answered()
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

    # Inside ---------------------------------------------------------------------------------------------------

    def _heading(self) -> Any:
        title = f'<div class="cep-title" role="heading" aria-level="4">{safe(self._prompt.title)}</div>'
        return widgets.HTML(title + self._prompt.html)

    def _button_row(self) -> Any:
        buttons = widgets.HBox(list(self._buttons.values()))
        buttons.add_class("cep-buttons")
        return buttons

    def _button(self, words: str, action: Callable[[], object], look: str = "cep-plain") -> Any:
        button = widgets.Button(description=words)
        button.add_class(look)
        button.on_click(guarded(lambda _: action(), self._say))
        return button

    def _show_record(self) -> None:
        """Show how the exercise stands, from whichever door it was answered."""
        record = self._workbook.record(self._prompt.exercise)
        self._shown = None
        if record.status is Status.NOT_ATTEMPTED:
            self._result.value = ""
        else:
            text = messages.CODE_IS_KEPT if record.answer is None else messages.REMEMBERED
            self._result.value = status_html(record.status, text.format(heading=record.status.capitalize()))
        self._show_help("", Text(""))

    def _changed_since(self) -> None:
        """Say of the result that is shown that the answer changed since."""
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
