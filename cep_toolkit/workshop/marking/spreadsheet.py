"""Tables as CSV and as an Excel workbook: no cell starts a formula, and the same tables give the same bytes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from cep_toolkit.own_data.refused import harmless
from cep_toolkit.workshop.marking.tables import Cell, Table

WIDEST = 60
_MADE = "docProps/core.xml"
_MOMENT = re.compile(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_NO_MOMENT = b"2000-01-01T00:00:00Z"
_FIRST_OF_ZIP = (1980, 1, 1, 0, 0, 0)


def csv_file(table: Table) -> bytes:
    r"""Return a table as CSV in UTF-8 with a byte order mark, by which Excel on Windows knows it.

    Examples
    --------
    >>> csv_file(Table("Files", ("file", "bytes"), [("=1+1", 5)])).decode("utf-8-sig")
    "file,bytes\n'=1+1,5\n"
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerows([_safe(cell) for cell in line] for line in (table.headings, *table.lines))
    return text.getvalue().encode("utf-8-sig")


def excel_file(tables: Iterable[Table]) -> bytes:
    """Return tables as an Excel workbook, a sheet each, the headings kept in sight."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for table in tables:
        _fill(book.create_sheet(table.title), table)
    unsteady = io.BytesIO()
    book.save(unsteady)
    return _without_moments(unsteady.getvalue())


def _fill(sheet: Any, table: Table) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for row, line in enumerate((table.headings, *table.lines), start=1):
        for column, value in enumerate(line, start=1):
            if value != "":  # an empty cell is left out
                cell = sheet.cell(row, column, _safe(value))
                cell.data_type = "s" if isinstance(value, str) else "n"  # a text, whatever it begins with
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    for place, width in enumerate(_widths(table), start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width


def _safe(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


def _widths(table: Table) -> list[int]:
    columns = zip(table.headings, *table.lines, strict=True)
    return [min(WIDEST, 2 + max(len(str(cell)) for cell in column)) for column in columns]


def _without_moments(data: bytes) -> bytes:
    """Return a workbook without the moment at which it was made."""
    steady = io.BytesIO()
    with ZipFile(io.BytesIO(data)) as old, ZipFile(steady, "w") as new:
        for member in old.infolist():
            content = old.read(member)
            content = _MOMENT.sub(_NO_MOMENT, content) if member.filename == _MADE else content
            new.writestr(ZipInfo(member.filename, _FIRST_OF_ZIP), content, ZIP_DEFLATED)
    return steady.getvalue()
