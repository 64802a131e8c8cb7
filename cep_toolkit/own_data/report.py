"""What an import did: rows in, kept and refused, and for each column what became of its values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType

MOST_LINES = 8  # of one kind, on the terminal


@dataclass(frozen=True)
class ColumnCount:
    """What became of one column; the first three counts add up to the rows of its table.

    Parameters
    ----------
    table, name : str
        The course's column.
    source : str
        The file's column or columns; empty if the mapping gives the same value to every row.
    as_is, converted, empty : int
        Rows kept: stored as written, stored otherwise, nothing stored.
    refused : int
        Rows refused because of this column.
    how : mapping
        What was done, to the number of rows.
    """

    table: str
    name: str
    source: str
    as_is: int
    converted: int
    empty: int
    refused: int
    how: MappingProxyType[str, int]


@dataclass(frozen=True)
class Reason:
    """One reason why rows were refused, with the first of them.

    Parameters
    ----------
    column : str
        The file's column; empty if the whole row is concerned.
    reason : str
    rows : int
    first_row : int
        Line of the file; the header is on line 1.
    """

    column: str
    reason: str
    rows: int
    first_row: int

    def __str__(self) -> str:
        return f"{self.column or 'whole row'}: {self.reason}"


@dataclass(frozen=True)
class Report:
    """The account of one import. As text it is the report for the terminal.

    Parameters
    ----------
    source, mapping, currency : str
        Name of the file, name of the mapping, ISO 4217 code.
    rows_in, rows_kept, rows_refused : int
        Rows in = rows kept + rows refused.
    blank_lines : int
        Lines without anything, which are no rows.
    tables : mapping
        Name of each table written, to its number of rows.
    columns : tuple of ColumnCount
    reasons : tuple of Reason
        The most frequent first.
    not_used, not_there : tuple of str
        Columns of the file that the mapping does not use; optional ones that the file lacks.
    notes : tuple of str
        What whoever uses the data must know, from the mapping.
    """

    source: str
    mapping: str
    currency: str
    rows_in: int
    rows_kept: int
    rows_refused: int
    blank_lines: int
    tables: MappingProxyType[str, int]
    columns: tuple[ColumnCount, ...]
    reasons: tuple[Reason, ...] = ()
    not_used: tuple[str, ...] = ()
    not_there: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n".join([*self._rows(), *self._tables(), *self._conversions(), *self._rest(), *self._refusals()])

    @property
    def whole_text(self) -> str:
        """The report with every line and the mapping's notes, as ``report.txt`` holds it."""
        lines = [*self._rows(), *self._tables(), *self._conversions(None), *self._rest(), *self._refusals(None)]
        if self.notes:
            lines += ["", "Notes of the mapping", *(f"  - {note}" for note in self.notes)]
        return "\n".join(lines) + "\n"

    def _rows(self) -> Iterator[str]:
        yield f"{self.source}, read with the mapping {self.mapping} (currency {self.currency})"
        counts = {"rows in": self.rows_in, "rows kept": self.rows_kept, "rows refused": self.rows_refused}
        if self.blank_lines:
            counts["blank lines, no rows"] = self.blank_lines
        for what, count in counts.items():
            yield f"  {what:<22}{count:>12,}"

    def _tables(self) -> Iterator[str]:
        width = max((len(column.source) for column in self.columns), default=0)
        for table, rows in self.tables.items():
            yield ""
            yield f"{table}: {rows:,} rows"
            yield f"  {'column':<23}{'from':<{width}}{'as it is':>11}{'converted':>11}{'empty':>11}{'refused':>11}"
            for column in (column for column in self.columns if column.table == table):
                counts = (column.as_is, column.converted, column.empty, column.refused)
                yield f"  {column.name:<23}{column.source:<{width}}" + "".join(f"{count:>11,}" for count in counts)

    def _conversions(self, most: int | None = MOST_LINES) -> Iterator[str]:
        for column in (column for column in self.columns if column.how):
            yield ""
            yield f"{column.table}.{column.name}"
            ranked = sorted(column.how.items(), key=lambda item: (-item[1], item[0]))
            yield from (f"  {rows:>10,}  {what}" for what, rows in ranked[:most])
            yield from _left_out(len(ranked), most)

    def _rest(self) -> Iterator[str]:
        for what, names in (("Not used", self.not_used), ("Not in the file", self.not_there)):
            if names:
                yield ""
                yield f"{what}: {', '.join(names)}"

    def _refusals(self, most: int | None = MOST_LINES) -> Iterator[str]:
        if not self.reasons:
            return
        yield ""
        yield "Refused (each row with its reason: refused.csv)"
        yield from (f"  {found.rows:>10,}  {found}; first in row {found.first_row}" for found in self.reasons[:most])
        yield from _left_out(len(self.reasons), most)


def _left_out(count: int, most: int | None) -> Iterator[str]:
    if most is not None and count > most:
        yield f"  {'':>10}  and {count - most} more, in report.txt"
