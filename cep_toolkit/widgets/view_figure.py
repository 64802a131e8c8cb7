"""A view as a picture: how the values of one column lie, or the largest groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.figures import BLUE, GREY, Figure, canvas
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.view import COUNT, Group, View
from cep_toolkit.widgets.view_filter import DATE, NUMBER, kind_of
from cep_toolkit.widgets.view_page import IN_ORDER, Shown, groups

if TYPE_CHECKING:
    import pandas as pd

MOST_BARS = 12
MOST_IN_ORDER = 36
"""Three years of months."""
FEW_NUMBERS = 12
WIDE = 30


def picture(table: pd.DataFrame, view: View, found: Shown, column: str, unit: str = "") -> Figure:
    """Return a histogram of a column of numbers, or bars for the groups or the values of another column.

    Parameters
    ----------
    table : DataFrame
    view : View
    found : Shown
        What ``shown`` gives for the view.
    column : str
        What is drawn where the view has no group.
    unit : str
        Of the column.

    Examples
    --------
    >>> import pandas as pd
    >>> from cep_toolkit.widgets.view_page import shown
    >>> table = pd.DataFrame({"lane": ["green", "green", "red"]})
    >>> view = View("declarations")
    >>> picture(table, view, shown(table, view), "lane")
    By lane, 3 rows in 2 groups. Most: green 2, red 1.
    """
    noun = "declarations" if view.table == "declarations" else "rows"
    if view.group is not None:
        return _groups(table, found, view.group, unit)
    values = table[column].iloc[found.positions].dropna()
    if kind_of(values) == NUMBER and values.nunique() > FEW_NUMBERS:
        return _histogram(values, f"{column}, {unit}" if unit else column, noun)
    return _groups(table, found, Group(column), "")


def _groups(table: pd.DataFrame, found: Shown, group: Group, unit: str) -> Figure:
    kind = kind_of(table[group.by])
    by = f"{group.by}, {messages.MONTH}" if kind == DATE else group.by
    return _bars(groups(table, found.positions, group), group, unit, by, kind in IN_ORDER)


def _bars(found: pd.DataFrame, group: Group, unit: str, by: str, in_order: bool) -> Figure:
    """Return a bar for each of the largest groups; those that have an order of their own stand in it."""
    largest = found.sort_values(group.name, ascending=False, kind="stable")
    said = ", ".join(f"{_short(row[group.by])} {_amount(row[group.name])}" for _, row in largest.head(3).iterrows())
    top = largest.head(MOST_IN_ORDER if in_order else MOST_BARS)
    top = top.sort_index() if in_order else top
    names, sizes = [_short(name) for name in top[group.by]], top[group.name].to_list()
    counted = group.measure == COUNT
    most = "Most" if counted else "Highest"
    rest = "" if len(top) == len(found) else f"; the {len(top)} largest of {len(found):,} groups"
    drawing, axes = canvas(
        f"{most}: {said}" if said else "Nothing to draw", "", by, height=0.9 + 0.28 * max(len(top), 3)
    )
    axes.set_xlabel((group.name + (f", {unit}" if unit and not counted else "")) + rest)
    axes.barh(range(len(top)), sizes, color=BLUE)
    axes.set_yticks(range(len(top)), names)
    axes.invert_yaxis()
    for place, size in enumerate(sizes):
        axes.annotate(
            _amount(size), (max(size, 0), place), xytext=(4, 0), textcoords="offset points", va="center", fontsize=9
        )
    axes.margins(x=0.12)
    total = (
        f"{int(found[group.name].sum()):,} rows in {len(found):,} groups"
        if counted
        else f"{group.name} of {len(found):,} groups"
    )
    return Figure(drawing, f"By {group.by}, {total}. {most}: {said}." if said else "No row to draw.")


def _histogram(values: pd.Series, label: str, noun: str) -> Figure:
    import numpy as np

    numbers = values.to_numpy(dtype=float)
    low, middle, high = (float(each) for each in np.quantile(numbers, [0.25, 0.5, 0.75]))
    logarithmic = numbers.min() > 0 and numbers.max() / max(middle, 1e-12) > WIDE
    smallest, largest = numbers.min(), numbers.max()
    edges = np.geomspace(smallest, largest, 41) if logarithmic else np.linspace(smallest, largest, 41)
    title = f"Half of them lie between {_amount(low)} and {_amount(high)}"
    drawing, axes = canvas(title, label + (" (each mark is ten times the one before)" if logarithmic else ""), noun)
    if logarithmic:
        axes.set_xscale("log")
    axes.xaxis.set_major_formatter(lambda value, _: _amount(value))
    axes.hist(numbers, edges.tolist(), color=BLUE, rwidth=0.92)
    axes.axvline(middle, color=GREY, linestyle="--", linewidth=1.2)
    axes.text(middle, axes.get_ylim()[1], " middle", color=GREY, fontsize=9, va="top")
    said = f"{label}: {len(numbers):,} values from {_amount(smallest)} to {_amount(largest)}; half lie between "
    return Figure(drawing, f"{said}{_amount(low)} and {_amount(high)}, the middle one is {_amount(middle)}.")


def _amount(value: float) -> str:
    """Return a number short enough for a picture: three digits, thousands apart."""
    if not value or value != value:
        return "0" if value == 0 else "–"
    from math import floor, log10

    digits = max(2 - floor(log10(abs(value))), 0)
    return f"{value:,.0f}" if abs(value) >= 1_000 or float(value).is_integer() else f"{value:,.{digits}f}"


def _short(name: object) -> str:
    text = str(name)
    return text if len(text) <= 28 else text[:27] + "…"
