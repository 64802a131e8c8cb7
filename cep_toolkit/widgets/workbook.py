"""The workbook of the notebooks: the course's own, with forms and explorers in place of plain text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Result
from cep_toolkit.checking.record import CHOOSE
from cep_toolkit.checking.save_file import FILE_NAME
from cep_toolkit.course import workbook as course
from cep_toolkit.course.playing import Playing
from cep_toolkit.course.progress import Progress
from cep_toolkit.course.text import Prompt, Text
from cep_toolkit.widgets import messages

if TYPE_CHECKING:
    from pathlib import Path

    from cep_toolkit.widgets.explorer import Explorer
    from cep_toolkit.widgets.form import Form
    from cep_toolkit.widgets.handing_in import HandingIn
    from cep_toolkit.widgets.keeping import Keeping
    from cep_toolkit.widgets.play import PlayForm
    from cep_toolkit.widgets.progress import LiveProgress


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
        self._forms: dict[str, Form | PlayForm] = {}
        self._tables: dict[str, LiveProgress | Keeping] = {}

    def ask(self, exercise: str) -> Form | PlayForm | Text:  # type: ignore[override]  # a form shows what the text says
        """Return the form of an exercise, or one sentence where it cannot be asked here."""
        prompt = super().ask(exercise)
        if not isinstance(prompt, Prompt):
            return prompt
        if prompt.exercise not in self._forms:
            self._forms[prompt.exercise] = self._form(prompt)
        return self._forms[prompt.exercise]

    def _form(self, prompt: Prompt) -> Form | PlayForm:
        from cep_toolkit.widgets.form import Form
        from cep_toolkit.widgets.play import PlayForm

        playing = super().play(prompt.exercise)
        return Form(self, prompt) if isinstance(playing, Text) else PlayForm(self, prompt, playing)

    def explore(self, table: str = "declarations", rows_for: str = "", columns: Sequence[str] = ()) -> Explorer | Text:
        """Return the table explorer: filter, sort, group, draw, and pick rows into a form.

        Parameters
        ----------
        table : str
            One of ``world.tables``.
        rows_for : str
            The exercise whose form takes the rows that are ticked; empty for none.
        columns : sequence of str
            The columns shown at first; empty for all.
        """
        from cep_toolkit.widgets.explorer import Explorer
        from cep_toolkit.widgets.form import Form

        if not isinstance(table, str) or table not in self.world.tables:
            return Text(messages.NO_TABLE.format(name=str(table)[:40], tables=", ".join(self.world.tables)))
        form = self.ask(rows_for) if rows_for else None
        if isinstance(form, Text):
            return form
        if not (form is None or isinstance(form, Form)):
            return Text(messages.PICKED_NOWHERE)
        return Explorer(self.world, table, form, columns)

    def play(self, exercise: str) -> Playing | Text:
        """Return a play to be played move by move in code; its form follows."""
        playing = super().play(exercise)
        if isinstance(playing, Playing):
            name = playing.exercise
            playing.watch(lambda: self._forms[name].refresh() if name in self._forms else None)
        return playing

    def check(self, exercise: str, raw: object, door: str = CHOOSE) -> Result:
        """Check an answer of any make, remember it, say how it stands, and show it in the form too."""
        with self._forms_follow():
            return super().check(exercise, raw, door)

    def reset(self, exercise: str) -> Text:
        """Empty an exercise and its form; its answer is kept aside, and ``restore`` brings it back."""
        with self._forms_follow():
            return super().reset(exercise)

    def restore(self, exercise: str) -> Text:
        """Bring back the answer that the last ``reset`` of an exercise set aside."""
        with self._forms_follow():
            return super().restore(exercise)

    def resume(self, code: str) -> Text:
        """Bring back the statuses of a resume code; better ones that are here already stay."""
        with self._forms_follow():
            return super().resume(code)

    def load(self, source: str | Path | bytes = FILE_NAME) -> Text:
        """Load a saved file, by its name or its content; of two records of an exercise the better stays."""
        with self._forms_follow():
            return super().load(source)

    def progress(self) -> Progress:
        """Return how far this notebook is done; where it is shown, it keeps up."""
        return self._live("progress", super().progress)

    def course_map(self) -> Progress:
        """Return how far every notebook of the course is done in this world; where it is shown, it keeps up."""
        return self._live("course map", super().course_map)

    def keep(self) -> Keeping:
        """Return the panel that shows the resume code, and saves and brings back what was done."""
        from cep_toolkit.widgets.keeping import Keeping

        self._tables["keeping"] = panel = Keeping(self)
        return panel

    def hand_in(self) -> HandingIn | None:
        """Return the button that writes the file to hand in; nothing outside a pack, where nobody waits for it."""
        if self.pack is None:
            return None
        from cep_toolkit.widgets.handing_in import HandingIn

        return HandingIn(self)

    def _live(self, name: str, count: Callable[[], Progress]) -> Progress:
        from cep_toolkit.widgets.progress import LiveProgress

        self._tables[name] = table = LiveProgress(count)
        return table

    @contextmanager
    def _forms_follow(self) -> Iterator[None]:
        """Show in every form and table of progress what became of its exercise by another door."""
        before = {name: self.record(name) for name in self._forms}
        yield
        for name, form in self._forms.items():
            if name in before and self.record(name) != before[name]:
                form.refresh()
        for table in self._tables.values():
            table.refresh()
