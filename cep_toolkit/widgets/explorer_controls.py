"""The controls above the explorer's table, and the view that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import ipywidgets as widgets

from cep_toolkit.widgets import messages
from cep_toolkit.widgets.grid import is_identifier
from cep_toolkit.widgets.inputs.base import WORDS
from cep_toolkit.widgets.view import COUNT, IS, MEASURES, Filter, Group, View
from cep_toolkit.widgets.view_filter import CONDITIONS, NUMBER, few_values, kind_of

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.widgets.legend import Legend

LOWEST, HIGHEST = "lowest first", "highest first"
NONE = ("–", "")


class Controls:
    """Lists to choose from and buttons; each change calls ``changed`` with nothing.

    Parameters
    ----------
    table : DataFrame
        Whose columns may be chosen.
    first : list of str
        Columns that stand at the top of the lists.
    legend : Legend
        What columns and codes mean.
    add_filter, changed : callable
        What happens at *Add filter*, and at any other change.
    also : sequence of widgets
        What stands beside *Draw*.
    """

    def __init__(
        self,
        table: pd.DataFrame,
        first: list[str],
        legend: Legend,
        add_filter: Callable[[], None],
        changed: Callable[[], None],
        also: Sequence[Any] = (),
    ) -> None:
        self._table, self._legend = table, legend
        names = [*first, *(str(name) for name in table.columns if name not in first)]
        things = [name for name in names if not is_identifier(name)] or names
        numbers = [name for name in things if kind_of(table[name]) == NUMBER]
        self.column = _list("Filter", names)
        self.condition = _list("condition", [IS], hidden=True)
        self.value = widgets.Combobox(description="value", placeholder="value", layout={"width": "13em"})
        self.value.add_class("cep-unlabelled")
        self.value.on_msg(lambda _, content, __: add_filter() if content.get("event") == "submit" else None)
        self.add = widgets.Button(description=messages.ADD_FILTER)
        self.add.on_click(lambda _: add_filter())
        self.filters = line([])
        self.sort = _list("Sort by", [NONE, *names])
        self.order = _list("order", [LOWEST, HIGHEST], hidden=True)
        self.group = _list("Group by", [NONE, *things])
        self.measure = _list("and show", list(MEASURES))
        self.of = _list("of", numbers or [NONE])
        self.draw = widgets.ToggleButton(description=messages.DRAW)
        self.drawn = _list(messages.COLUMN_DRAWN, [*numbers, *(name for name in things if name not in numbers)])
        self._asked = (self.sort, self.order, self.group, self.measure, self.of, self.draw, self.drawn)
        self._fill_condition()
        self.column.observe(lambda change: self._fill_condition(), "value")
        for control in self._asked:
            control.observe(lambda change: changed(), "value")
        self.view = widgets.VBox(
            [
                line([self.column, self.condition, self.value, self.add]),
                self.filters,
                line([self.sort, self.order, self.group, self.measure, self.of]),
                line([self.draw, self.drawn, *also]),
            ]
        )
        self.tidy()

    @property
    def typed(self) -> str:
        """The value to filter by, a code without its meaning."""
        return self._legend.code(self.column.value, self.value.value)

    def asked(self, view: View) -> View:
        """Return a view with the order and the group that the controls ask for."""
        group = Group(self.group.value, self.measure.value, self.of.value if self.measure.value != COUNT else "")
        wanted = group if self.group.value else None
        if wanted != view.group:
            view = view.grouped(wanted)
            self.show_order("", False)
        descending = self.order.value == HIGHEST
        if (self.sort.value, descending and bool(self.sort.value)) != (view.sort, view.descending):
            view = view.sorted_by(self.sort.value, descending and bool(self.sort.value))
        return view

    def show_order(self, column: str, descending: bool) -> None:
        """Let the controls show an order that was asked for at a heading."""
        names = [value for _, value in self.sort.options]
        if column not in names:
            self.sort.options = [*self.sort.options, (column, column)]
        self.sort.value = column
        self.order.value = HIGHEST if descending else LOWEST

    def show_filters(self, filters: tuple[Filter, ...], take_away: Callable[[int], None]) -> None:
        """Show each filter as a button that takes it away."""
        self.filters.children = [_filter_button(str(one), number, take_away) for number, one in enumerate(filters)]

    def tidy(self) -> None:
        """Show only the controls that mean something now."""
        grouped = bool(self.group.value)
        _show(self.measure, grouped)
        _show(self.of, grouped and self.measure.value != COUNT)
        _show(self.order, bool(self.sort.value))
        _show(self.drawn, self.draw.value and not grouped)
        self.draw.description = messages.HIDE_DRAWING if self.draw.value else messages.DRAW

    def _fill_condition(self) -> None:
        column = self._table[self.column.value]
        self.condition.options = [(name, name) for name in CONDITIONS[kind_of(column)]]
        self.column.tooltip = self._legend.of_column(self.column.value)
        self.value.options = [self._legend.said(self.column.value, value) for value in few_values(column)]
        self.value.value = ""


def _list(label: str, names: list[Any], hidden: bool = False) -> Any:
    options = [name if isinstance(name, tuple) else (name, name) for name in names]
    made = widgets.Dropdown(options=options, description=label, style=WORDS, layout={"width": "auto"})
    if hidden:
        made.add_class("cep-unlabelled")
    return made


def line(parts: list[Any]) -> Any:
    """Return controls side by side, on more lines where the window is narrow."""
    made = widgets.HBox(parts)
    made.add_class("cep-line")
    return made


def _filter_button(words: str, number: int, take_away: Callable[[int], None]) -> Any:
    button = widgets.Button(description=f"{words}  ✕", tooltip=messages.REMOVE.format(words=words))
    button.on_click(lambda _: take_away(number))
    return button


def _show(control: Any, wanted: bool) -> None:
    control.layout.display = None if wanted else "none"
