"""A table as the page prints it: every cell a text, numbers to the right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd


@dataclass(frozen=True)
class Grid:
    """A small table.

    Parameters
    ----------
    caption : str
    columns : tuple of str
    rows : tuple of tuple of str
    right : tuple of bool
        Whether each column stands to the right.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: tuple[bool, ...]


def grid(table: pd.DataFrame, caption: str) -> Grid:
    """Return a table as texts.

    Examples
    --------
    >>> grid(pd.DataFrame({"lane": ["red"], "share": [0.25]}), "Lanes").rows
    (('red', '0.25'),)
    """
    cells = [[shown(value) for value in table[column]] for column in table.columns]
    right = tuple(bool(pd.api.types.is_numeric_dtype(table[column])) for column in table.columns)
    return Grid(caption, tuple(map(str, table.columns)), tuple(zip(*cells, strict=True)), right)


def shown(value: Any) -> str:
    """Return a value as people read it: dates ISO 8601, yes and no, thousands apart in amounts but not in numbers.

    Examples
    --------
    >>> shown(1234.5), shown(40010203), shown(True), shown(pd.Timestamp("2025-01-06")), shown(float("nan"))
    ('1,234.5', '40010203', 'yes', '2025-01-06', '')
    """
    if pd.isna(value):
        return ""
    if isinstance(value, pd.Timestamp):
        return value.strftime("%Y-%m-%d")
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if pd.api.types.is_float(value):
        rounded = round(float(value), 4)
        return f"{int(rounded):,}" if rounded.is_integer() else f"{rounded:,}"
    return str(value)
