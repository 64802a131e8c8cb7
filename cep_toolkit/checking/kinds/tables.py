"""Answers that are parts of a table: some of its rows, or the cells of a small matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind, overlap, some_right
from cep_toolkit.checking.reading import RefusedError, choice, many, pairs, refuse_large, shown, single, word, words

TICKS = {word(True), word(False)}
"""A column of ticks has no identifiers left: they stood in the table it was made from."""


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
            raise self.refuse("Its at_most is below one.", "Let at least one row be picked.")
        if self.choices is not None and not (self.choices and all(isinstance(name, str) for name in self.choices)):
            raise self.refuse("Its choices are empty, or an identifier is not text.", "Write str(identifier).")

    def _read(self, raw: object) -> list[str] | None:
        found = set(words(self._identifiers(raw)))
        if not found:
            return None
        for name in sorted(found):
            if name in TICKS if self.choices is None else name not in self.choices:
                raise RefusedError(messages.UNKNOWN_ROW.format(value=shown(name), key=self.key))
        if len(found) > self.at_most:
            raise RefusedError(messages.TOO_MANY.format(most=self.at_most, count=len(found)))
        return sorted(found, key=lambda name: (len(name), name))

    def _identifiers(self, raw: Any) -> object:
        """Return the identifiers in a table or column that carries them; anything else as it is."""
        is_table = hasattr(raw, "columns")
        if is_table and self.key in raw.columns:
            return raw[self.key]
        index = getattr(raw, "index", None)
        if getattr(index, "name", None) != self.key or (not is_table and raw.name == self.key):
            return raw
        ticked = getattr(getattr(raw, "dtype", None), "kind", "") == "b"
        return raw[raw].index if ticked else index

    def score(self, value: list[str], reference: list[str]) -> float:
        """Return the overlap of both sets of rows."""
        return overlap(value, reference)

    def say(self, value: list[str]) -> str:
        """Return the identifiers with semicolons."""
        return "; ".join(value)

    @property
    def inputs(self) -> int:
        """One for each row that may be picked."""
        return self.at_most

    def remark(self, value: list[str], reference: list[str]) -> str:
        """Return how many of the rows are right."""
        return some_right(value, reference)


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
        self.require_options(self.rows, least=1)
        self.require_options({name: name for name in self.columns}, least=1)
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
            refuse_large(raw)
            raw = raw.T.to_dict() if hasattr(raw, "columns") else raw.to_dict()
        if not isinstance(raw, Mapping):
            members = many(raw)
            if (single(raw) if members is None else members) in (None, []):
                return
            raise RefusedError(messages.NOT_CELLS)
        for row, cells in pairs(raw):
            if isinstance(cells, Mapping):
                for column, cell in pairs(cells):
                    yield word(row), word(column), cell
            elif len(self.columns) == 1:
                yield word(row), next(iter(self.columns)), cells
            elif single(cells) is not None:
                raise RefusedError(messages.NOT_CELLS)

    def score(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> float:
        """Return the share of cells that are right."""
        return self._right(value, reference) / self.inputs

    def say(self, value: dict[str, dict[str, str]]) -> str:
        """Return the cells row by row."""
        return "; ".join(
            f"{self.rows[row]}: "
            + ", ".join(f"{column}: {self.columns[column][cell]}" for column, cell in cells.items())
            for row, cells in value.items()
        )

    @property
    def inputs(self) -> int:
        """One for each cell."""
        return len(self.rows) * len(self.columns)

    def remark(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> str:
        """Return how many cells are right."""
        return messages.CELLS_RIGHT.format(right=self._right(value, reference), count=self.inputs)

    def _right(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> int:
        return sum(value[row][column] == reference[row][column] for row in self.rows for column in self.columns)
