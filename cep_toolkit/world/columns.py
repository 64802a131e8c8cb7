"""The data dictionary: every column of every table with its unit, its meaning and the rule it keeps.

It is the dataset ``columns``; ``world.schemas`` makes checks of the rules.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from cep_toolkit.world import reference

OF_TRUTH = "truth."


class Column(NamedTuple):
    """One column of a table.

    Parameters
    ----------
    name, unit, meaning : str
    rule : str
        What holds of its values, ``"; "`` between rules: ``key`` (no value twice), ``-> table.column`` (every value
        stands there), ``in: a b c`` (words), ``0..100`` or ``0..`` (range), ``~pattern`` (a regular expression that
        the whole text fits), ``empty`` (may be missing or an empty text).
    """

    name: str
    unit: str
    meaning: str
    rule: str


@cache
def tables() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of each public table, in their order; the first column is the table's key.

    Examples
    --------
    >>> tables()["offices"][0].name
    'office'
    """
    return MappingProxyType({name: made for name, made in _all().items() if not name.startswith(OF_TRUTH)})


@cache
def truth_tables() -> Mapping[str, tuple[Column, ...]]:
    """Return the columns of each table of the truth."""
    found = {name: made for name, made in _all().items() if name.startswith(OF_TRUTH)}
    return MappingProxyType({name.removeprefix(OF_TRUTH): made for name, made in found.items()})


@cache
def _all() -> Mapping[str, tuple[Column, ...]]:
    rows = reference.load("columns")
    made: dict[str, list[Column]] = {}
    for table, name, unit, meaning, rule in rows.itertuples(index=False):
        made.setdefault(table, []).append(Column(name, unit, meaning, rule))
    return {table: tuple(columns) for table, columns in made.items()}
