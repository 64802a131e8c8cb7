"""What the table explorer shows: filters, an order, a group and a page, as plain functions over a table.

Never are all rows copied or sorted by all columns: a page of 50 stands at once at a million rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Date, Number

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

PAGE = 50
IS, CONTAINS, AT_LEAST, AT_MOST = "is", "contains", "at least", "at most"
COUNT, SUM, MEDIAN = "count", "sum", "median"
MEASURES = (COUNT, SUM, MEDIAN)
NUMBER, DATE, YES_NO, TEXT, CATEGORY = "number", "date", "yes or no", "text", "category"
CONDITIONS = {
    NUMBER: (IS, AT_LEAST, AT_MOST),
    DATE: (IS, AT_LEAST, AT_MOST),
    YES_NO: (IS,),
    TEXT: (IS, CONTAINS, AT_LEAST, AT_MOST),
}


@dataclass(frozen=True)
class Filter:
    """One condition that the shown rows meet.

    Parameters
    ----------
    column, condition : str
    value : str, float or bool
        A text; a number for a column of numbers; ISO 8601 for dates.
    """

    column: str
    condition: str
    value: Any

    def __str__(self) -> str:
        value = {True: "yes", False: "no"}[self.value] if isinstance(self.value, bool) else self.value
        return (
            f"{self.column} {self.condition} {value:g}"
            if isinstance(value, float)
            else f"{self.column} {self.condition} {value}"
        )


@dataclass(frozen=True)
class Group:
    """Rows counted, or a column summed or its middle taken, for each value of another column.

    Parameters
    ----------
    by : str
        Dates are grouped by month.
    measure : str
        ``"count"``, ``"sum"`` or ``"median"``.
    of : str
        The column measured; empty for ``"count"``.
    """

    by: str
    measure: str = COUNT
    of: str = ""

    @property
    def name(self) -> str:
        """The heading of the measure."""
        return "rows" if self.measure == COUNT else f"{self.measure} of {self.of}"


@dataclass(frozen=True)
class View:
    """What is shown of a table.

    Parameters
    ----------
    table : str
    filters : tuple of Filter
        All of them are met.
    sort : str
        Column to sort by; empty for the table's own order, or the measure of a group.
    descending : bool
    group : Group, optional
    page : int
        From 0.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"office": ["A", "B", "A"], "value": [5.0, 7.0, 9.0]})
    >>> view = View("declarations").filtered(Filter("office", "is", "A")).sorted_by("value", descending=True)
    >>> shown(table, view).rows["value"].tolist()
    [9.0, 5.0]
    >>> shown(table, view).sentence
    '2 of 3 declarations where office is A, sorted by value, highest first.'
    """

    table: str
    filters: tuple[Filter, ...] = ()
    sort: str = ""
    descending: bool = False
    group: Group | None = None
    page: int = 0

    def filtered(self, one: Filter) -> View:
        """Return the view with one filter more."""
        return replace(self, filters=(*(each for each in self.filters if each != one), one), page=0)

    def without(self, number: int) -> View:
        """Return the view with one filter less, counted from 0."""
        return replace(self, filters=self.filters[:number] + self.filters[number + 1 :], page=0)

    def sorted_by(self, column: str, descending: bool = False) -> View:
        """Return the view in another order."""
        return replace(self, sort=column, descending=descending, page=0)

    def grouped(self, group: Group | None) -> View:
        """Return the view with other groups, in the order of their measure."""
        return replace(self, group=group, sort="", descending=False, page=0)

    def turned_to(self, page: int) -> View:
        """Return the view at another page."""
        return replace(self, page=max(page, 0))


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


def kind_of(column: pd.Series) -> str:
    """Return what a column holds: number, date, yes or no, or text."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(column):
        return YES_NO
    if pd.api.types.is_numeric_dtype(column):
        return NUMBER
    return DATE if pd.api.types.is_datetime64_any_dtype(column) else TEXT


def kinds(table: pd.DataFrame) -> dict[str, str]:
    """Return what each column holds, and which texts are stored as a list of categories."""
    return {name: CATEGORY if hasattr(table[name], "cat") else kind_of(table[name]) for name in table.columns}


def read_filter(table: pd.DataFrame, column: str, condition: str, text: str) -> tuple[Filter | None, str]:
    """Return the filter that a person typed, or ``None`` and a sentence on what to change.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"lane": ["green", "red"], "value": [5.0, 7.0]})
    >>> read_filter(table, "value", "at least", "1,5")[0]
    Filter(column='value', condition='at least', value=1.5)
    >>> read_filter(table, "lane", "is", "RED")[0]
    Filter(column='lane', condition='is', value='red')
    """
    kind = kind_of(table[column])
    if condition not in CONDITIONS[kind]:
        return None, f"For {column}, choose one of: {', '.join(CONDITIONS[kind])}."
    if kind == NUMBER:
        number, problem = Number(column, "", decimals=6).parse(text)
        return (None, problem) if number is None else (Filter(column, condition, number), "")
    if kind == DATE:
        day, problem = Date(column).parse(text)
        return (None, problem) if day is None else (Filter(column, condition, day), "")
    if kind == YES_NO:
        answer = {"yes": True, "no": False}.get(text.strip().casefold())
        return (None, f"{column} is yes or no.") if answer is None else (Filter(column, condition, answer), "")
    return Filter(column, condition, _as_spelt(table[column], text) if condition == IS else text), ""


def few_values(column: pd.Series, most: int = 60) -> list[str]:
    """Return the values of a column that has few, to choose from; nothing for others."""
    if kind_of(column) == YES_NO:
        return ["yes", "no"]
    if kind_of(column) != TEXT:
        return []
    if hasattr(column, "cat"):
        values = [str(value) for value in column.cat.categories]
    else:
        values = [str(value) for value in column.head(5_000).dropna().unique()]
    return sorted(value for value in values if value) if len(values) <= most else []


def positions(table: pd.DataFrame, filters: tuple[Filter, ...]) -> np.ndarray[Any, Any]:
    """Return the places of the rows that meet all filters."""
    import numpy as np

    kept = np.ones(len(table), dtype=bool)
    for one in filters:
        kept &= np.asarray(_met(table[one.column], one), dtype=bool)
    return np.flatnonzero(kept)


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


def sentence(view: View, count: int, total: int, lines: int) -> str:
    """Say what a view shows."""
    noun = view.table if view.table.endswith("s") else f"rows of {view.table}"
    said = f"{count:,} of {total:,} {noun}" if view.filters else f"All {total:,} {noun}"
    if view.filters:
        said += " where " + " and ".join(map(str, view.filters))
    if view.group is not None:
        said += f", in {lines:,} groups by {view.group.by}, with {view.group.name}"
    if view.sort:
        said += f", sorted by {view.sort}, {'highest' if view.descending else 'lowest'} first"
    return said + "."


def _ordered(lines: pd.DataFrame, view: View, found: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """Return the places of the lines in the view's order, sorting one column and no more."""
    import numpy as np

    places = found if view.group is None else np.arange(len(lines))
    if view.sort not in lines.columns:
        return places
    key = lines[view.sort].iloc[places]
    order = key.reset_index(drop=True).sort_values(ascending=not view.descending, kind="stable").index.to_numpy()
    return places[order]


def _met(column: pd.Series, one: Filter) -> Any:
    if hasattr(column, "cat") and kind_of(column.cat.categories.to_series()) == TEXT:
        met = _met(column.cat.categories.to_series(), one).to_numpy(dtype=bool)
        codes = column.cat.codes.to_numpy()
        return (codes >= 0) & met[codes] if len(met) else codes >= 0
    if one.condition == CONTAINS:
        return column.str.contains(one.value, case=False, regex=False, na=False)
    value = _comparable(column, one.value)
    compare = {IS: column.__eq__, AT_LEAST: column.__ge__, AT_MOST: column.__le__}[one.condition]
    return compare(value).fillna(False)


def _comparable(column: pd.Series, value: Any) -> Any:
    import pandas as pd

    return pd.Timestamp(value) if kind_of(column) == DATE else value


def _as_spelt(column: pd.Series, text: str) -> str:
    """Return the value as the table spells it, where only capitals differ."""
    return next((value for value in few_values(column) if value.casefold() == text.casefold()), text)
