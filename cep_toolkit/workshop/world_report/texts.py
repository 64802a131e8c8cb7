"""What people wrote: some of every kind of text that the world has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.workshop.world_report.grid import shown
from cep_toolkit.world import reference

if TYPE_CHECKING:
    from cep_toolkit.world import World

SHOWN = 10
LEAST_WORDS = 3.2
"""Names of people, firms and ships have up to three words."""
LOOKED_AT = 400
MOST_KINDS = 8


@dataclass(frozen=True)
class Sample:
    """Some texts of one kind.

    Parameters
    ----------
    title : str
        Table, column and kind.
    texts : tuple of (str, str)
        Key of the row, and the text.
    """

    title: str
    texts: tuple[tuple[str, str], ...]


def samples(world: World) -> list[Sample]:
    """Return ten texts of each kind, spread over the year; a table with a column ``kind`` gives ten of each."""
    return [
        sample
        for name in world.tables
        if name not in reference.names()  # what stands in a dataset is not written in the world
        for column in world.table(name).columns
        if is_prose(world.table(name)[column])
        for sample in _of(name, world.table(name), column)
    ]


def is_prose(values: pd.Series) -> bool:
    """Tell whether a column holds texts of some words, not codes, numbers, names or addresses.

    Examples
    --------
    >>> is_prose(pd.Series(["Seal found broken on arrival."])), is_prose(pd.Series(["Suluvleim Trading Ltd"]))
    (True, False)
    """
    if pd.api.types.is_numeric_dtype(values) or pd.api.types.is_datetime64_any_dtype(values):
        return False
    texts = values.iloc[:: max(1, len(values) // LOOKED_AT)].dropna().astype("str")
    texts = texts[texts != ""]
    return bool(len(texts) and texts.str.count(r"(?:^|\s)[^\W\d_]{2,}").mean() > LEAST_WORDS)


def _of(name: str, table: pd.DataFrame, column: str) -> Iterator[Sample]:
    title = f"{name}: {column}"
    written = table[table[column].notna() & (table[column].astype("str") != "")]
    if "kind" in table.columns and written["kind"].nunique() <= MOST_KINDS:
        for kind, part in written.groupby("kind", observed=True):
            yield _sample(f"{title}, {kind}", part, column)
    elif len(written):
        yield _sample(title, written, column)


def _sample(title: str, table: pd.DataFrame, column: str) -> Sample:
    at = np.unique(np.linspace(0, len(table) - 1, SHOWN).round().astype(int))
    rows = table.iloc[at]
    return Sample(title, tuple(zip(rows.iloc[:, 0].map(shown), rows[column].astype("str"), strict=True)))
