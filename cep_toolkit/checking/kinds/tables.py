"""Answers that are parts of a table: some of its rows, or the cells of a small matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap
from cep_toolkit.checking.reading import MOST_ITEMS, RefusedError, choice, many, shown, single, word, words


@dataclass(frozen=True)
class Rows(Kind[list[str]]):
    """Some rows of a table, named by their key, in no order.

    Code may give the identifiers themselves, a column or an index of them, or the rows as a table.

    Parameters
    ----------
    label : str
        What the participant reads beside the list.
    table, key : str
        The table and its column of identifiers.
    choices : Mapping[str, str], optional
        The only rows that may be picked: identifier -> what the form shows. Identifiers are text.
    at_most : int
        How many rows may be picked.

    Examples
    --------
    >>> kind = Rows("Consignments to ask about", "declarations", "declaration_id", at_most=2)
    >>> kind.parse([1002.0, "1001"]).value, kind.parse([1, 2, 3]).problem
    (['1001', '1002'], 'Choose at most 2; you chose 3.')
    """

    table: str
    key: str
    choices: Mapping[str, str] | None = None
    at_most: int = 5

    def __post_init__(self) -> None:
        if self.at_most < 1:
            raise self.refuse("at_most is below one.", "Let at least one row be picked.")
        if self.choices is not None and not all(isinstance(name, str) for name in self.choices):
            raise self.refuse("An identifier in choices is not text.", "Write str(identifier).")

    def _read(self, raw: object) -> list[str] | None:
        found = set(words(self._identifiers(raw)))
        if not found:
            return None
        for name in sorted(found):
            if self.choices is not None and name not in self.choices:
                raise RefusedError(messages.UNKNOWN_ROW.format(value=shown(name), key=self.key))
        if len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return sorted(found, key=lambda name: (len(name), name))

    def _identifiers(self, raw: Any) -> object:
        """Return the identifiers in a table or column that carries them; anything else as it is."""
        if hasattr(raw, "columns") and self.key in raw.columns:
            return raw[self.key]
        index = getattr(raw, "index", None)
        if getattr(index, "name", None) != self.key or getattr(raw, "name", None) == self.key:
            return raw
        ticked = getattr(getattr(raw, "dtype", None), "kind", "") == "b"
        return raw[raw].index if ticked else index

    def score(self, value: list[str], reference: list[str]) -> float:
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        return "; ".join(value)

    @property
    def inputs(self) -> int:
        return self.at_most

    def remark(self, value: list[str], reference: list[str]) -> str:
        return messages.SOME_RIGHT.format(right=len(set(value) & set(reference)), count=len(value))


@dataclass(frozen=True)
class Cells(Kind[dict[str, dict[str, str]]]):
    """One choice in every cell of a small matrix.

    Parameters
    ----------
    label : str
        What the participant reads above the matrix.
    rows : Mapping[str, str]
        Short word -> what the form shows at the row's left.
    columns : Mapping[str, Mapping[str, str]]
        Column's heading -> its options (short word -> what the form shows).

    Examples
    --------
    >>> level = {"low": "Low", "high": "High"}
    >>> kind = Cells("Rate each risk", {"value": "Value", "origin": "Origin"}, {"likelihood": level})
    >>> kind.parse({"Value": "High", "origin": "low"}).value
    {'value': {'likelihood': 'high'}, 'origin': {'likelihood': 'low'}}
    >>> kind.parse({"value": {"likelihood": "high"}}).problem
    'Fill every cell. Still empty: Origin, likelihood.'
    """

    rows: Mapping[str, str]
    columns: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            raise self.refuse("It has no rows or no columns.", "Give at least one of each.")
        for options in self.columns.values():
            self.require_options(options)

    def _read(self, raw: object) -> dict[str, dict[str, str]] | None:
        headings = {name: name for name in self.columns}
        found: dict[tuple[str, str], str] = {}
        for row, column, cell in self._given(raw):
            value = single(cell, messages.ONE_CHOICE)
            if value is not None:
                heading = choice(column, headings)
                found[choice(row, self.rows), heading] = choice(word(value), self.columns[heading])
        if not found:
            return None
        wanted = [(row, column) for row in self.rows for column in self.columns]
        if missing := [place for place in wanted if place not in found]:
            row, column = missing[0]
            raise RefusedError(messages.CELLS_EMPTY.format(missing=f"{self.rows[row]}, {column}"))
        return {row: {column: found[row, column] for column in self.columns} for row in self.rows}

    def _given(self, raw: Any) -> Iterator[tuple[str, str, object]]:
        """Yield row, column and cell of nested mappings, of a table, or of one mapping where there is one column."""
        if hasattr(raw, "to_dict") and hasattr(raw, "index"):
            raw = raw.T.to_dict() if hasattr(raw, "columns") else raw.to_dict()
        if not isinstance(raw, Mapping):
            if single(raw) is None if many(raw) is None else not many(raw):
                return
            raise RefusedError(messages.NOT_CELLS)
        for row, cells in islice(raw.items(), MOST_ITEMS):
            if isinstance(cells, Mapping):
                for column, cell in islice(cells.items(), MOST_ITEMS):
                    yield word(row), word(column), cell
            elif len(self.columns) == 1:
                yield word(row), next(iter(self.columns)), cells
            elif single(cells) is not None:
                raise RefusedError(messages.NOT_CELLS)

    def score(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> float:
        return self._right(value, reference) / self.inputs

    def say(self, value: dict[str, dict[str, str]]) -> str:
        return "; ".join(
            f"{self.rows[row]}: "
            + ", ".join(f"{column} {self.columns[column][cell]}" for column, cell in cells.items())
            for row, cells in value.items()
        )

    @property
    def inputs(self) -> int:
        return len(self.rows) * len(self.columns)

    def remark(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> str:
        return messages.CELLS_RIGHT.format(right=self._right(value, reference), count=self.inputs)

    def _right(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> int:
        return sum(value[row][column] == reference[row][column] for row in self.rows for column in self.columns)
