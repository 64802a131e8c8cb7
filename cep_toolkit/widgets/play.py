"""The *Choose* door of a play: what is seen now, what may be done, and what was done so far."""

from __future__ import annotations

from pprint import pformat
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.checking import Result
from cep_toolkit.checking.game import Played
from cep_toolkit.course.playing import Playing
from cep_toolkit.course.text import Prompt, Text
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.exercise_face import ExerciseFace
from cep_toolkit.widgets.inputs import Input, input_of
from cep_toolkit.widgets.look import face, guarded, safe, status

if TYPE_CHECKING:
    from cep_toolkit.course.workbook import Workbook


class PlayForm(ExerciseFace):
    """One play, move by move; it stands on a ``Playing``, and goes on where that was left.

    Parameters
    ----------
    workbook : Workbook
        Whose play it is.
    prompt : Prompt
        What it asks.
    playing : Playing
        The play itself.
    """

    def __init__(self, workbook: Workbook, prompt: Prompt, playing: Playing) -> None:
        super().__init__(workbook, prompt)
        self._playing = playing
        self._inputs: dict[str, Input] = {}
        self._history, self._now, self._asked = widgets.HTML(), widgets.HTML(), widgets.HTML()
        self._fields = widgets.VBox([])
        self._do = self._button(messages.DO_IT, self.do, "cep-lead")
        self._buttons |= {
            "undo": self._button(messages.TAKE_BACK, self.undo),
            "restart": self._button(messages.BEGIN_AGAIN, self.restart),
        }
        lead = widgets.HBox([self._do])
        lead.add_class("cep-buttons")
        offered = [self._history, self._now, self._asked, self._fields, lead]
        after = [self._button_row(), self._result, self._help, self._code.view]
        self.view = face("form", [self._heading(), *offered, *after])
        self.refresh()

    # What the buttons do --------------------------------------------------------------------------------------

    def do(self) -> None:
        """Make the move that stands in the form, and show what it brought."""
        before = len(self._playing.played.turns)
        said = self._playing.move(self.move)
        if len(self._playing.played.turns) == before:
            self._say(str(said))
            return
        self._show()
        self._tell(said)

    def undo(self) -> None:
        """Take back the last move, where it showed nothing hidden."""
        said = self._playing.undo()
        self._show()
        self._tell(said)

    def restart(self) -> None:
        """Begin again; after hidden results were seen this counts as a try."""
        said = self._playing.restart()
        self._show()
        self._show_solution_button()
        self._tell(said)

    @property
    def move(self) -> dict[str, Any]:
        """What stands in the form, by field; empty fields are left out."""
        found = {name: control.read() for name, control in self._inputs.items()}
        return {name: value for name, value in found.items() if value is not None}

    def put(self, move: dict[str, Any]) -> None:
        """Put values into fields of the form, as a person would."""
        offer = self._playing.offer
        for name, value in move.items():
            parsed = None if offer is None else offer.fields[name].parse(value).value
            self._inputs[name].put(value if parsed is None else parsed)

    def code(self) -> str:
        """Return the call that does what the form's button does."""
        name = self._prompt.exercise
        if self._playing.offer is None:
            return f'wb.check("{name}", {pformat(self._playing.played.moves, width=88, sort_dicts=False)})'
        return f'wb.play("{name}").move({pformat(self.move, width=88, sort_dicts=False)})'

    def refresh(self) -> None:
        """Show the play as it is kept, whatever was done through another door."""
        if not self._checking:
            self._show()
            self._show_record()

    # Inside ---------------------------------------------------------------------------------------------------

    def _answered(self) -> Result:
        return self._playing.check()

    def _show(self) -> None:
        """Show what was done, what can be seen and what may be done."""
        played = self._playing.played
        self._history.value = _folded(self._playing.history(played), len(played.turns))
        self._now.value = f'<div class="cep-summary">{self._playing.tell(played).html}</div>'
        self._show_offer(played)
        undoes = bool(played.turns) and not played.turns[-1].revealed
        self._buttons["undo"].layout.display = None if undoes else "none"
        self._buttons["restart"].layout.display = None if played.turns else "none"
        self._buttons["check"].layout.display = None if played.offer is None else "none"
        self._changed_since()

    def _show_offer(self, played: Played) -> None:
        offer = played.offer
        self._do.layout.display = "none" if offer is None else None
        self._asked.value = "" if offer is None else Text(offer.text).html
        self._inputs = {} if offer is None else {name: input_of(kind) for name, kind in offer.fields.items()}
        for control in self._inputs.values():
            control.watch(guarded(self._changed_since, self._say), guarded(self.do, self._say))
        self._fields.children = tuple(control.view for control in self._inputs.values())
        if offer is not None:
            self._do.description = offer.button or messages.DO_IT

    def _tell(self, said: Text) -> None:
        """Say what a button brought; screen readers read it out."""
        self._shown = None
        self._result.value = status(said.html)

    def __repr__(self) -> str:
        played = self._playing.played
        told = [self._prompt.markdown, self._playing.tell(played).markdown]
        told += [played.offer.text] if played.offer is not None else []
        return "\n\n".join([self._prompt.title, *told])


def _folded(history: Text, turns: int) -> str:
    """Return what was done so far, to be opened."""
    if not turns:
        return ""
    heading = safe(messages.SO_FAR.format(count=turns))
    return f"<details><summary>{heading}</summary>{history.html}</details>"
