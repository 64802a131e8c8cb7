"""One page of a view: never are all rows copied, or sorted by all columns, so that a million rows feel live."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cep_toolkit.widgets.view import COUNT, MEDIAN, PAGE, SUM, Group, View, sentence
from cep_toolkit.widgets.view_filter import DATE, kind_of, positions

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd


@dataclass(frozen=True)
class Shown:
    """One page of a view.

    Parameters
    ----------
    rows : DataFrame
        The page: rows of the table, or groups.
    matching : DataFrame or None
        For drawing: the positions of all rows that meet the filters.
    count, total : int
        How many rows meet the filters, and how many there are.
    lines, page, pages : int
        How many lines the view has (rows or groups), which page this is, and of how many.
    sentence : str
        What is shown, in words.
    """

    rows: pd.DataFrame
    positions: np.ndarray[Any, Any] = field(repr=False)
    count: int
    total: int
    lines: int
    page: int
    pages: int
    sentence: str


def shown(table: pd.DataFrame, view: View, places: np.ndarray[Any, Any] | None = None) -> Shown:
    """Return one page of a view.

    Parameters
    ----------
    table : DataFrame
    view : View
    places : array, optional
        What ``positions`` gives, where it is known already.
    """
    found = positions(table, view.filters) if places is None else places
    lines = table if view.group is None else groups(table, found, view.group)
    order = _ordered(lines, view, found)
    pages = max(1, -(-len(order) // PAGE))
    page = min(view.page, pages - 1)
    rows = lines.iloc[order[page * PAGE : (page + 1) * PAGE]]
    return Shown(
        rows, found, len(found), len(table), len(order), page, pages, sentence(view, len(found), len(table), len(order))
    )


def groups(table: pd.DataFrame, places: np.ndarray[Any, Any], group: Group) -> pd.DataFrame:
    """Return the groups among some rows and their measure, the largest first."""
    by = table[group.by].iloc[places]
    keys = by.dt.as_unit("s").to_numpy().astype("datetime64[M]") if kind_of(by) == DATE else by
    by_key = table[group.of or group.by].iloc[places].groupby(keys, observed=True)
    measured = {COUNT: by_key.size, SUM: by_key.sum, MEDIAN: by_key.median}[group.measure]()
    found = measured.rename(group.name).rename_axis(group.by).reset_index()
    if kind_of(by) == DATE:
        found[group.by] = found[group.by].dt.strftime("%Y-%m")
    elif hasattr(by, "cat"):
        found[group.by] = found[group.by].astype("str")
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
