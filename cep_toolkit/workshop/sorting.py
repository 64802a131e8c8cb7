"""How far sorting a table by one column brings an answer of rows: never all the way, or the exercise asks for no thought."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from cep_toolkit.checking import Expected, Rows

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World


def best_sort(world: World, expected: Expected) -> tuple[float, str]:
    """Return the best score that the first or last rows of one sorted column earn, and which column that is.

    Parameters
    ----------
    world : World
    expected : Expected
        Of each field of rows, every column of its table is tried in both directions, over the whole table and over
        the rows that may be picked, with every number of rows that the form takes.

    Returns
    -------
    score : float
        0 to 1; 0 where no field asks for rows.
    column : str
    """
    found = [
        (kind.score(picked, expected.reference[name]), column)
        for name, kind in expected.fields.items()
        if isinstance(kind, Rows)
        for column, picked in _picks(world.table(kind.table), kind)
    ]
    return max(found, default=(0.0, ""))


def _picks(table: pd.DataFrame, kind: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield a column's name and the identifiers that its sorted rows begin with, for every column and number."""
    keys = table[kind.key].astype(str)
    wholes = [table]
    if kind.choices is not None:
        wholes = [table[keys.isin(list(kind.choices))]]
    for whole in wholes:
        for column in whole.columns:
            values = whole[column]
            if isinstance(values.dtype, object) and values.dtype == object:
                values = values.astype(str)
            order = values.sort_values(kind="stable").index
            names = keys.loc[order].tolist()
            for number in range(1, min(kind.at_most, len(names)) + 1):
                yield column, names[:number]
                yield column, names[-number:]
