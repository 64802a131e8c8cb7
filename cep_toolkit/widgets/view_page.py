"""One page of a view: never are all rows copied, or sorted by all columns, so that a million rows feel live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cep_toolkit.widgets.view import COUNT, MEDIAN, PAGE, ROWS, SUM, Group, View, sentence
from cep_toolkit.widgets.view_filter import DATE, NUMBER, kind_of, positions

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


IN_ORDER = (DATE, NUMBER)
"""What is grouped in its own order: time runs on, and numbers count up."""


@dataclass(frozen=True)
class Shown:
    """One page of a view.

    Parameters
    ----------
    rows : DataFrame
        The page: rows of the table, or groups.
    positions : array
        The places of all rows that meet the filters.
    count : int
        How many those are.
    page, pages : int
        Which page this is, from 0, and of how many.
    sentence : str
        What the view shows, in words.
    """

    rows: pd.DataFrame
    positions: np.ndarray[Any, Any] = field(repr=False)
    count: int
    page: int
    pages: int
    sentence: str


@dataclass(frozen=True)
class Lines:
    """All lines of a view, found and put in order once; its pages are cut from them.

    Parameters
    ----------
    view : View
        At its first page.
    table : DataFrame
        The table, or the groups.
    order, positions : array
        The places of the lines in their order, and of all rows that meet the filters.
    total : int
        How many rows the table has.
    """

    view: View
    table: pd.DataFrame
    order: np.ndarray[Any, Any] = field(repr=False)
    positions: np.ndarray[Any, Any] = field(repr=False)
    total: int

    def page(self, number: int) -> Shown:
        """Return a page; the last one where there are not so many."""
        pages = max(1, -(-len(self.order) // PAGE))
        page = min(number, pages - 1)
        rows = self.table.iloc[self.order[page * PAGE : (page + 1) * PAGE]]
        count = len(self.positions)
        said = sentence(self.view, count, self.total, len(self.order))
        return Shown(rows, self.positions, count, page, pages, said)


def lines(table: pd.DataFrame, view: View, before: Lines | None = None) -> Lines:
    """Return the lines of a view.

    Parameters
    ----------
    table : DataFrame
    view : View
    before : Lines, optional
        Lines of another view of the same table: where its filters are the same, its rows need not be found again.
    """
    same = before is not None and before.view.filters == view.filters
    found = before.positions if before is not None and same else positions(table, view.filters)
    listed = table if view.group is None else groups(table, found, view.group)
    return Lines(view.turned_to(0), listed, _ordered(listed, view, found), found, len(table))


def shown(table: pd.DataFrame, view: View) -> Shown:
    """Return one page of a view."""
    return lines(table, view).page(view.page)


def groups(table: pd.DataFrame, places: np.ndarray[Any, Any], group: Group) -> pd.DataFrame:
    """Return the groups among some rows, how many rows each has, and their measure.

    Months and numbers stand in their own order, other groups with the largest measure first.
    """
    import pandas as pd

    by = table[group.by].iloc[places]
    keys = by.dt.as_unit("s").to_numpy().astype("datetime64[M]") if kind_of(by) == DATE else by
    by_key = table[group.of or group.by].iloc[places].groupby(keys, observed=True)
    measures = {COUNT: by_key.size, SUM: by_key.sum, MEDIAN: by_key.median}
    found = pd.DataFrame({ROWS: by_key.size(), group.name: measures[group.measure]()})
    found = found.rename_axis(group.by).reset_index()
    if kind_of(by) == DATE:
        found[group.by] = found[group.by].dt.strftime("%Y-%m")
    elif hasattr(by, "cat"):
        found[group.by] = found[group.by].astype("str")
    if kind_of(by) in IN_ORDER:
        return found.sort_values(group.by, ignore_index=True)
    return found.sort_values([group.name, group.by], ascending=[False, True], ignore_index=True)


def _ordered(lines: pd.DataFrame, view: View, found: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the places of the lines in the view's order, sorting one column and no more."""
    import numpy as np

    places = found if view.group is None else np.arange(len(lines))
    if view.sort not in lines.columns:
        return places
    key = lines[view.sort].iloc[places]
    order = key.reset_index(drop=True).sort_values(ascending=not view.descending, kind="stable").index.to_numpy()
    return np.take(places, order)
