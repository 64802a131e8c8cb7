"""A worksheet as it is: its cells turned into the texts that a mapping speaks of."""

from __future__ import annotations

import datetime
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from cep_toolkit.own_data.batch import Batch, batch_of
from cep_toolkit.own_data.records import Record
from cep_toolkit.own_data.source import Source

LARGEST_PART = 4_000_000_000  # unpacked; a small file may hold a very large one
LARGEST_STRINGS = 400_000_000  # these are read whole
MOST_ROWS = 1_048_576  # a worksheet has no more
LOST_DIGITS = 10**15  # a workbook keeps 15 digits of a number
ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}
REMEDY = "Open it in a spreadsheet and save it again as .xlsx, or as CSV, UTF-8."


class WorkbookFile(Source):
    """One worksheet of an Excel workbook (.xlsx) with a header, open for reading; see ``Source``."""

    typed = True

    @property
    def done(self) -> int:
        """How many bytes have been read, about."""
        return 0 if self._bytes.closed else self._bytes.tell()

    def batches(self, places: Sequence[int], rows: int, characters: int) -> Iterator[Batch]:
        """Give every row after the header; blank rows are counted, not given. See ``Source.batches``."""
        used = frozenset(places)
        while True:
            cells = self._next_rows(min(rows, max(characters // (10 * len(self.header)), 1)))
            if not cells:
                return
            records = [record for number, values in cells if (record := self._record(number, values, used))]
            self.blank_lines += len(cells) - len(records)
            self.rows += len(records)
            yield batch_of(records, places)

    def _record(self, number: int, values: Sequence[Any], used: frozenset[int]) -> Record | None:
        fields = [self._text(value) for value in values]
        width = len(self.header)
        while len(fields) > width and not fields[-1].strip():
            fields.pop()
        fields += [""] * (width - len(fields))
        if not any(field.strip() for field in fields):
            return None
        for place in used:
            if fields[place] in ERRORS:
                return Record(number, fields, f"an error of the spreadsheet, {fields[place]}", place)
        return Record(number, fields).checked(width)

    def _text(self, value: Any) -> str:
        """Return a cell as a file of this format would write it.

        A day is written as YYYY-MM-DD, a number with the mapping's decimal mark: 1.234 must not become 1234 where a
        point stands between thousands.
        """
        match value:
            case None:
                return ""
            case str():
                return value
            case bool():
                return str(value).lower()
            case int() | float() if abs(value) >= LOST_DIGITS:
                return f"{value:.14E}"
            case float():
                return str(int(value)) if value.is_integer() else repr(value).replace(".", self.format.decimal)
            case datetime.datetime():
                return value.isoformat(" ", "seconds").removesuffix(" 00:00:00")
            case _:
                return str(value)

    def _read_header(self) -> tuple[str, ...]:
        self._rows = enumerate(self._worksheet(), 1)
        while found := self._next_rows(1):
            ((number, values),) = found
            fields = [self._text(value) for value in values]
            while fields and not fields[-1].strip():
                fields.pop()
            if fields:
                return self._names(fields, number)
        raise self.problem("the worksheet is empty.", 'Name another one: "sheet" under file in the mapping.')

    def _worksheet(self) -> Iterator[Sequence[Any]]:
        from openpyxl import load_workbook

        self._refuse_what_unpacks_too_large()
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # about styles and drawings, which are not read
                book = load_workbook(self._bytes, read_only=True, data_only=True, keep_links=False)
        except Exception as error:  # a damaged workbook fails in many ways, all with one remedy
            raise self.problem("this is a zip archive, but no Excel workbook that can be opened.", REMEDY) from error
        names = [sheet.title for sheet in book.worksheets]
        wanted = self.format.sheet or next(iter(names), "")
        if wanted not in names:
            raise self.problem(f'it has no worksheet "{wanted}".', f"Valid: {', '.join(names)}.")
        sheet = book[wanted]
        sheet.reset_dimensions()  # what a workbook says of its size is not always so
        rows: Iterator[Sequence[Any]] = sheet.iter_rows(values_only=True)
        return rows

    def _refuse_what_unpacks_too_large(self) -> None:
        try:
            parts = zipfile.ZipFile(self._bytes).infolist()
        except Exception as error:  # as above
            raise self.problem("this archive is damaged.", REMEDY) from error
        strings = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
        if strings > LARGEST_STRINGS or max((part.file_size for part in parts), default=0) > LARGEST_PART:
            raise self.problem("this workbook unpacks to more than can be read.", "Save the table as CSV, UTF-8.")

    def _next_rows(self, most: int) -> list[tuple[int, Sequence[Any]]]:
        """Return the next rows with their numbers."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                found = list(islice(self._rows, most))
        except Exception as error:  # as above
            raise self.problem("the worksheet cannot be read to its end.", REMEDY) from error
        if found and found[-1][0] > MOST_ROWS:
            raise self.problem(f"it says that it has more than {MOST_ROWS:,} rows.", REMEDY)
        return found
