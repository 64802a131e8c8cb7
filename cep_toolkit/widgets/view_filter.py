"""Filters on a table: reading what a person typed, and finding the rows that meet them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Date, Number
from cep_toolkit.widgets import messages
from cep_toolkit.widgets.view import AT_LEAST, AT_MOST, BEGINS, CONTAINS, IS, Filter

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

NUMBER, DATE, YES_NO, TEXT, CATEGORY = "number", "date", "yes or no", "text", "category"
CONDITIONS = {
    NUMBER: (IS, AT_LEAST, AT_MOST),
    DATE: (IS, AT_LEAST, AT_MOST),
    YES_NO: (IS,),
    TEXT: (IS, BEGINS, CONTAINS, AT_LEAST, AT_MOST),
}
FEW = 60


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
    if not text.strip():
        return None, messages.NO_VALUE
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


def few_values(column: pd.Series, most: int = FEW) -> list[str]:
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


def _met(column: pd.Series, one: Filter) -> Any:
    if hasattr(column, "cat") and kind_of(column.cat.categories.to_series()) == TEXT:
        met = _met(column.cat.categories.to_series(), one).to_numpy(dtype=bool)
        codes = column.cat.codes.to_numpy()
        return (codes >= 0) & met[codes] if len(met) else codes >= 0
    if one.condition == BEGINS:
        return column.str.lower().str.startswith(str(one.value).lower(), na=False)
    if one.condition == CONTAINS:
        return column.str.contains(str(one.value), case=False, regex=False, na=False)
    value = _comparable(column, one.value)
    met = column == value if one.condition == IS else column >= value if one.condition == AT_LEAST else column <= value
    return met.fillna(False)


def _comparable(column: pd.Series, value: Any) -> Any:
    import pandas as pd

    return pd.Timestamp(value) if kind_of(column) == DATE else value


def _as_spelt(column: pd.Series, text: str) -> str:
    """Return the value as the table spells it, where only capitals differ."""
    return next((value for value in few_values(column) if value.casefold() == text.casefold()), text)
