"""How far sorting a table by one column brings an answer of rows: never all the way, or nobody needs to think."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from cep_toolkit.checking import Exercise, Expected, Rows

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World


class PickRows(Exercise):
    """An exercise that asks for rows of a table, posed only where no sorted column gives them."""

    def objection(self, world: World, question: Any, expected: Expected) -> str:
        """Return which column gives the answer away, or nothing."""
        score, column = best_sort(world, question, expected)
        return f'sorting by "{column}" alone gives the answer' if score >= 1 else ""


def best_sort(world: World, question: Any, expected: Expected) -> tuple[float, str]:
    """Return the best score that the first or last rows of one sorted column earn, and which column that is.

    Of each field of rows, every column of its table is tried in both directions, with every number of rows that the
    form takes: over the whole table, over the rows that are left when the participant may pick only some or filters
    by what the question names (its ``hs``, its ``origin``), and over the list that the question itself shows.

    Parameters
    ----------
    world : World
    question : dataclass
        The posed question.
    expected : Expected

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
        for rows in [*_selections(world.table(kind.table), kind, question), *_shown(kind, question)]
        for column, picked in _picks(rows, kind)
    ]
    return max(found, default=(0.0, ""))


def _selections(table: pd.DataFrame, kind: Rows, question: Any) -> list[pd.DataFrame]:
    """Return the table, or the rows that may be picked, and of these the ones that the question names."""
    if kind.choices is not None:
        table = table[table[kind.key].astype(str).isin(list(kind.choices))]
    chosen = table
    for part in dataclasses.fields(question) if dataclasses.is_dataclass(question) else ():
        value = getattr(question, part.name)
        if part.name in table.columns and isinstance(value, (str, int, float)):
            chosen = chosen[chosen[part.name] == value]
    return [table] if len(chosen) == len(table) else [table, chosen]


def _shown(kind: Rows, question: Any) -> Iterator[pd.DataFrame]:
    """Yield every list of records in the question that carries the identifiers."""
    import pandas as pd

    for part in dataclasses.fields(question) if dataclasses.is_dataclass(question) else ():
        value = getattr(question, part.name)
        if isinstance(value, tuple) and value and hasattr(value[0], kind.key):
            yield pd.DataFrame([dataclasses.asdict(each) for each in value])


def _picks(rows: pd.DataFrame, kind: Rows) -> Iterator[tuple[str, list[str]]]:
    """Yield a column's name and the identifiers at either end of the rows sorted by it, in every number."""
    names = rows[kind.key].astype(str).tolist()
    for column in rows.columns:
        values = rows[column]
        order = (values.astype(str) if values.dtype == object else values).array.argsort(kind="stable")
        in_order = [names[place] for place in order]
        for number in range(1, min(kind.at_most, len(in_order)) + 1):
            yield column, in_order[:number]
            yield column, in_order[-number:]
