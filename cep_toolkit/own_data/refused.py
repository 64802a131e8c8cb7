"""Refused rows, in a file of their own that a spreadsheet can open without harm."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
FURTHER = "further fields"


class Refused(NamedTuple):
    """One row that was refused.

    Parameters
    ----------
    row : int
        Line of the file; the header is on line 1.
    column : str
        The file's column; empty if the whole row is concerned.
    reason : str
    fields : list of str
        As the file has them.
    detail : str
        What is special to this row; the report counts rows by reason, without it.
    """

    row: int
    column: str
    reason: str
    fields: list[str]
    detail: str = ""


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    Examples
    --------
    >>> harmless("=1+1"), harmless("steel")
    ("'=1+1", 'steel')
    """
    cell = cell.replace("\0", "\N{SYMBOL FOR NULL}")
    return f"'{cell}" if cell.startswith(STARTS_A_FORMULA) else cell


class RefusedFile:
    """``refused.csv``: row, column and reason, then the fields as they were (UTF-8, for spreadsheets).

    Parameters
    ----------
    path : Path
    header : tuple of str
    """

    def __init__(self, path: Path, header: tuple[str, ...]) -> None:
        self.rows = 0
        self._width = len(header)
        # An undecodable byte is shown as \udc.., because there is no character for it.
        self._stream = path.open("w", encoding="utf-8-sig", errors="backslashreplace", newline="")
        self._writer = csv.writer(self._stream, lineterminator="\n")
        self._write(["row", "column", "reason", *header, FURTHER])

    def __enter__(self) -> RefusedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stream.close()

    def add(self, refused: Iterable[Refused]) -> None:
        """Write rows."""
        for found in refused:
            fields = (found.fields + [""] * self._width)[: self._width]
            further = " | ".join(found.fields[self._width :])
            self._write([str(found.row), found.column, found.reason + found.detail, *fields, further])
            self.rows += 1

    def _write(self, cells: list[str]) -> None:
        self._writer.writerow([harmless(cell) for cell in cells])
