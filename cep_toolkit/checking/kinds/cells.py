"""An answer in the cells of a small matrix."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind
from cep_toolkit.checking.kinds.when_wrong import require_messages, said_of
from cep_toolkit.checking.reading import RefusedError, choice, many, pairs, refuse_large, single, word


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
    when_wrong : Mapping[str, Mapping[str, str]], optional
        Column's heading -> option -> what somebody is told who chose it wrongly in some row.

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
    when_wrong: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.require_options(self.rows, least=1)
        self.require_options({name: name for name in self.columns}, least=1)
        for options in self.columns.values():
            self.require_options(options)
        if unknown := [column for column in self.when_wrong if column not in self.columns]:
            raise self.refuse(f'It has messages for a column "{unknown[0]}".', "Use a heading of its columns.")
        labels = [*self.rows.values(), *(label for options in self.columns.values() for label in options.values())]
        for column, said in self.when_wrong.items():
            require_messages(self, said, self.columns[column], labels)

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
        """Return how many choices are right."""
        return messages.CELLS_RIGHT.format(right=self._right(value, reference), count=self.inputs)

    def _right(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> int:
        return sum(value[row][column] == reference[row][column] for row in self.rows for column in self.columns)

    def told(self, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> list[str]:
        """Return what is said of the options chosen wrongly, each named, in turns from each column; no row is named."""
        by_column = [
            said_of(self._wrong(column, value, reference), said, self.columns[column])
            for column, said in self.when_wrong.items()
        ]
        return [message for turn in zip_longest(*by_column) for message in turn if message]

    def _wrong(self, column: str, value: dict[str, dict[str, str]], reference: dict[str, dict[str, str]]) -> list[str]:
        return [value[row][column] for row in self.rows if value[row][column] != reference[row][column]]

    def slips(self, reference: dict[str, dict[str, str]]) -> Iterator[tuple[str, dict[str, dict[str, str]]]]:
        """Yield every cell with every option that is wrong in it, the other cells right."""
        for row, right in reference.items():
            for column, options in self.columns.items():
                for option in options:
                    if option != right[column]:
                        yield f"{row}, {column}: {option}", {**reference, row: {**right, column: option}}
