"""The table explorer: filter, sort, group, draw, and pick rows into a form, without code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.widgets import messages
from cep_toolkit.widgets.computed import CODE, PRICE, dictionary, has_price, with_computed
from cep_toolkit.widgets.explorer_controls import Controls, line
from cep_toolkit.widgets.grid import Grid, cells, headings
from cep_toolkit.widgets.legend import Legend
from cep_toolkit.widgets.look import Code, bundle, drawn, face, guarded, safe, status
from cep_toolkit.widgets.view import COUNT, ROWS, Group, View, sentence
from cep_toolkit.widgets.view_code import code
from cep_toolkit.widgets.view_figure import picture
from cep_toolkit.widgets.view_filter import DATE, kinds, read_filter
from cep_toolkit.widgets.view_page import Shown, lines

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.widgets.form import Form
    from cep_toolkit.world import World


class Explorer:
    """One table of a world to look at.

    Parameters
    ----------
    world : World
    table : str
        One of ``world.tables``.
    form : Form, optional
        The form that takes the rows that are ticked.
    columns : sequence of str
        The columns shown at first; empty for all.

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> explorer = Explorer(World(Scenario(declarations=5_000)), "tariff")
    >>> explorer.filter("duty_rate", "at least", "1000")
    >>> explorer.shown.count
    0
    """

    def __init__(self, world: World, table: str, form: Form | None = None, columns: Sequence[str] = ()) -> None:
        own = world.table(table)
        self._table = with_computed(own)
        self._begin = CODE if has_price(own) else None
        self._dictionary = dictionary(world.currency) | {
            str(row.column): (str(row.unit).replace("host currency", world.currency), str(row.meaning))
            for row in world.columns(table).itertuples()
        }
        self._kinds = kinds(self._table)
        self._legend = Legend(world, table, [str(name) for name in self._table.columns], self._dictionary)
        self._form = form
        self._key = form.row_key(table, list(self._table.columns)) if form is not None else ""
        self._columns = [name for name in columns if name in self._table.columns]
        self.state = View(table)
        self._busy = False
        self._lines = lines(self._table, self.state)
        self._drawn: tuple[View, bool, str] | None = None
        self._assemble()
        self._refresh()

    # What a person does ---------------------------------------------------------------------------------------

    def filter(self, column: str, condition: str, text: str) -> None:
        """Show only the rows that meet a condition too; a value that cannot be read is answered by a sentence."""
        one, problem = read_filter(self._table, column, condition, text)
        if one is None:
            self._say(problem)
        else:
            self._controls.value.value = ""
            self._refilter(self.state.filtered(one))

    def take_away(self, number: int) -> None:
        """Take one filter away, counted from 0."""
        self._refilter(self.state.without(number))

    def sort(self, column: str) -> None:
        """Sort by a column; the other way round where it is sorted by it already."""
        if column in self.shown.rows.columns:
            descending = self.state.sort == column and not self.state.descending
            self._to(self.state.sorted_by(column, descending))

    def turn(self, pages: int) -> None:
        """Turn pages forward or back."""
        self._to(self.state.turned_to(self.shown.page + pages))

    def pick(self) -> None:
        """Put the ticked rows into the form."""
        if self._form is not None:
            said = self._form.pick(list(self._grid.ticked)) if self._grid.ticked else messages.TICK_FIRST
            self._picked.value = status(safe(said))

    def code(self) -> str:
        """Return the code that gives the rows shown."""
        return code(self.state, self._kinds, self._begin) if self._begin else code(self.state, self._kinds)

    def _assemble(self) -> None:
        asks = guarded(self._add_filter, self._say), guarded(self._changed, self._say)
        self._code = Code(self.code)
        show_code, code_shown = self._code.parts
        self._controls = Controls(self._table, self._columns, self._legend, *asks, also=[show_code])
        self._summary, self._pages, self._figure, self._picked, self._codes = (widgets.HTML() for _ in range(5))
        self._grid = Grid()
        self._grid.on_msg(guarded(self._heard, self._say))
        self._previous, self._next = (
            self._button(words, partial(self.turn, step))
            for words, step in ((messages.PREVIOUS, -1), (messages.NEXT, 1))
        )
        self._all = widgets.Checkbox(description=messages.ALL_COLUMNS, indent=False)
        self._all.observe(guarded(lambda change: self._refresh(), self._say), "value")
        self._all.layout.display = None if self._columns else "none"
        turning = line([self._previous, self._pages, self._next, self._all])
        picking = line([self._button(messages.TAKE_ROWS, self.pick, "cep-lead"), self._picked])
        picking.layout.display = None if self._key else "none"
        opened = [self._figure, code_shown]  # where the buttons are that open them, in sight
        below = [turning, picking, self._codes]
        self.view = face("explorer", [self._controls.view, *opened, self._summary, self._grid, *below])

    def _button(self, words: str, action: Any, look: str = "") -> Any:
        button = widgets.Button(description=words)
        button.add_class(look or "cep-plain")
        button.on_click(guarded(lambda _: action(), self._say))
        return button

    def _add_filter(self) -> None:
        self.filter(self._controls.column.value, self._controls.condition.value, self._controls.typed)

    def _heard(self, _: object, content: dict[str, Any], __: object) -> None:
        if isinstance(content.get("sort"), str):
            self.sort(content["sort"])

    def _changed(self) -> None:
        if not self._busy:
            self._busy = True
            try:
                self.state = self._controls.asked(self.state)
            finally:
                self._busy = False
            self._refresh()

    def _refilter(self, view: View) -> None:
        self._controls.show_filters(view.filters, lambda number: guarded(self.take_away, self._say)(number))
        self._to(view)

    def _to(self, view: View) -> None:
        """Show another view, and let the controls say so too."""
        self._busy = True
        try:
            self.state = view
            self._controls.show_order(view.sort, view.descending)
        finally:
            self._busy = False
        self._refresh()

    def _refresh(self) -> None:
        self._controls.tidy()
        if self._lines.view != self.state.turned_to(0):
            self._lines = lines(self._table, self.state, self._lines)
        self.shown: Shown = self._lines.page(self.state.page)
        advice = "" if self.shown.count else f" {messages.NOTHING_SHOWN}"
        self._summary.value = status(safe(self.shown.sentence + advice), "cep-summary")
        rows = self.shown.rows
        keys = [str(key) for key in rows[self._key]] if self._key and self.state.group is None else []
        if self.state.group is None and self._columns and not self._all.value:
            rows = rows[self._columns]
        self._grid.caption = self.shown.sentence
        with self._grid.hold_sync():
            units = self._units(rows)
            self._grid.columns = headings(rows, self._of_headings(units))
            self._grid.rows = cells(rows, units)
            self._grid.identifiers = keys
            self._grid.order = {"column": self.state.sort, "descending": self.state.descending}
        self._codes.value = self._legend.html(rows)
        self._pages.value = f"<span>page {self.shown.page + 1:,} of {self.shown.pages:,}</span>"
        self._draw()
        self._code.refresh()

    def _units(self, rows: pd.DataFrame) -> dict[str, str]:
        """Return the unit of each column; a measure has that of the column measured."""
        units = {str(name): self._dictionary.get(str(name), ("", ""))[0] for name in rows.columns}
        group = self.state.group
        if group is None:
            return units
        by = {group.by: messages.MONTH} if self._kinds[group.by] == DATE else {}
        return units | by | {ROWS: messages.NUMBER_OF} | {group.name: self._unit(group)}

    def _unit(self, group: Group) -> str:
        """Return the unit of a group's measure."""
        return messages.NUMBER_OF if group.measure == COUNT else self._dictionary.get(group.of, ("", ""))[0]

    def _of_headings(self, units: dict[str, str]) -> dict[str, tuple[str, str]]:
        """Return what stands at each heading: its unit and its meaning, and whether it was computed."""
        computed = PRICE if self._begin else ""
        return {
            name: (
                f"{unit}, {messages.COMPUTED}" if name == computed else unit,
                self._dictionary.get(name, ("", ""))[1],
            )
            for name, unit in units.items()
        }

    def _draw(self) -> None:
        """Draw anew where something else is to be seen; another page is no reason."""
        wanted = (self._lines.view, self._controls.draw.value, self._controls.drawn.value)
        if wanted == self._drawn:
            return
        self._drawn = wanted
        if not self._controls.draw.value:
            self._figure.value = ""
        elif not self.shown.count:
            self._figure.value = status(safe(messages.NOTHING_SHOWN))
        else:
            group = self.state.group
            column = group.of if group is not None else self._controls.drawn.value
            unit = self._dictionary.get(column, ("", ""))[0]
            self._figure.value = drawn(picture(self._table, self.state, self.shown, column, unit))

    def _say(self, sentence: str) -> None:
        self._summary.value = status(safe(sentence), "cep-wrong-form")

    def __repr__(self) -> str:
        return f"Table {self.state.table}: {sentence(View(self.state.table), 0, len(self._table), 0)}"

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return bundle(self.view, repr(self), f"<p>{safe(repr(self))}</p>", "the table explorer")
