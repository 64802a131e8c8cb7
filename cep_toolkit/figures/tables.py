"""A small table to read, below a sentence or beside a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def readable(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table for people: whole numbers with separators for thousands, rows counted from 1.

    Examples
    --------
    >>> import pandas as pd
    >>> readable(pd.DataFrame({"what": ["claims"], "how many": [1234567]}))
         what   how many
    1  claims  1,234,567
    """
    from pandas.api.types import is_integer_dtype

    shown = {name: column.map("{:,}".format) for name, column in table.items() if is_integer_dtype(column)}
    return table.assign(**{str(name): column for name, column in shown.items()}).set_axis(range(1, len(table) + 1))
