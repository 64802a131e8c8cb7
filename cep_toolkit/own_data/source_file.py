"""The file as it is: opened, its encoding and its header looked at, its records read one by one.

The records are split by the standard library's ``csv`` in strict mode. DuckDB's and Arrow's readers
are faster, but where a quotation mark is not closed they give no account of the rows that they pass
over, or join several into one.
"""

from __future__ import annotations

import codecs
import io
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

from cep_toolkit.errors import InputFileError, nearest
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.records import Record, RowTest, records

NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a file packed with gzip",
    b"%PDF": "a PDF document",
}
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}
MOST_COLUMNS = 2_000


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Let an undecodable byte through as a lone surrogate, so that its row can be named."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("cep-keep-bytes", _keep_bytes)


class SourceFile:
    """A delimited text file with a header, open for reading.

    Parameters
    ----------
    path : Path
    file_format : FileFormat

    Attributes
    ----------
    header : tuple of str
    size, rows, blank_lines : int
        Bytes in all; rows and blank lines given so far.
    is_row : callable
        Tells a row from a line of a quoted value, given fields that are well formed; see ``records``.

    Raises
    ------
    InputFileError
        It cannot be opened, is not text, is empty, or its header is not usable.
    """

    def __init__(self, path: Path, file_format: FileFormat) -> None:
        self.path, self.format = path, file_format
        self.rows = self.blank_lines = 0
        self.is_row: RowTest = lambda fields: False
        self.header: tuple[str, ...] = ()
        try:
            if path.exists() and not path.is_file():
                raise self.problem("this is no file.", "Give the path of a CSV file.")
            self._bytes = path.open("rb")
            self.size = path.stat().st_size
        except OSError as error:
            raise self.problem(f"it cannot be read ({error.strerror}).", "Check the path.") from error
        try:
            self._text = io.TextIOWrapper(self._bytes, self._codec(), errors="cep-keep-bytes", newline="")
            self._records = self._guarded(records(self._text, file_format, self._could_be_row))
            self.header = self._header()
        except BaseException:
            self._bytes.close()
            raise

    def __enter__(self) -> SourceFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bytes.close()

    def problem(self, what: str, remedy: str) -> InputFileError:
        """Return an error about this file."""
        return InputFileError(self.path.name, what, remedy)

    @property
    def bytes_read(self) -> int:
        """How much of ``size`` has been read."""
        return self._bytes.tell()

    def records(self) -> Iterator[Record]:
        """Give every record after the header; blank lines are counted, not given.

        Raises
        ------
        InputFileError
            The file cannot be read any further.
        """
        width = len(self.header)
        for record in self._records:
            if record.is_blank and width > 1:
                self.blank_lines += 1
            else:
                self.rows += 1
                yield record.checked(width)

    def need(self, columns: list[str]) -> None:
        """Raise the error that tells which columns are missing, and why that may be.

        Raises
        ------
        InputFileError
            A column is missing from the header.
        """
        missing = [column for column in columns if column not in self.header]
        if not missing:
            return
        self._refuse_other_delimiter()
        if len(missing) == len(set(columns)):
            raise self.problem(
                f'row 1 is no header that the mapping knows: it begins with "{self.header[0][:60]}".',
                f"The first line must hold the column names, {', '.join(missing[:3])} ...",
            )
        guesses = dict.fromkeys(f'"{nearest(name, self.header)}"' for name in missing if nearest(name, self.header))
        hint = f" Did you mean {', '.join(guesses)}?" if guesses else ""
        raise self.problem(
            f"row 1, the header, lacks {', '.join(missing)}.{hint}",
            "Correct the names in the mapping, or mark the column as optional: yes.",
        )

    def _refuse_other_delimiter(self) -> None:
        other = [mark for mark in USUAL_DELIMITERS if mark != self.format.delimiter and mark in self.header[0]]
        if len(self.header) == 1 and other:
            raise self.problem(
                f'row 1: the header has one column only, "{self.header[0][:60]}".',
                f'Write "delimiter: {USUAL_DELIMITERS[other[0]]}" under file in the mapping.',
            )

    def _could_be_row(self, fields: list[str]) -> bool:
        return not Record(0, fields).checked(len(self.header)).problem and self.is_row(fields)

    def _guarded(self, found: Iterator[Record]) -> Iterator[Record]:
        try:
            yield from found
        except OSError as error:
            raise self.problem(f"reading stopped ({error.strerror}).", "Copy the file again.") from error
        except UnicodeError as error:
            raise self._wrong_encoding(str(error)) from error

    def _codec(self) -> str:
        """Return the codec to read with: the mapping's, unless the first bytes say that this is another file."""
        start = self._first_bytes()
        for sign, what in NOT_TEXT.items():
            if start.startswith(sign):
                raise self.problem(
                    f"this is {what}, not a text file.", "Save the table as CSV, UTF-8, and import that."
                )
        codec = codecs.lookup(self.format.encoding).name
        for mark, encoding in MARKS.items():
            if not start.startswith(mark):
                continue
            if not codec.startswith(encoding):
                raise self.problem(
                    f"it is written in {encoding}, not in {self.format.encoding}.",
                    f'Write "encoding: {encoding}" under file in the mapping.',
                )
            return "utf-8-sig" if encoding == "utf-8" else encoding
        return codec

    def _first_bytes(self) -> bytes:
        try:
            start = self._bytes.read(4)
            self._bytes.seek(0)
        except OSError as error:
            raise self.problem(f"it cannot be read ({error.strerror}).", "Copy the file again.") from error
        return start

    def _header(self) -> tuple[str, ...]:
        first = next((record for record in self._records if not record.is_blank), None)
        if first is None:
            raise self.problem("the file is empty.", "Export it again.")
        first = first.checked(len(first.fields))
        if first.problem or len(first.fields) > MOST_COLUMNS:
            what = first.problem or f"{len(first.fields):,} columns; at most {MOST_COLUMNS:,} are read"
            where = f"row {first.number}, the header: {what}."
            raise self.problem(where, "Check encoding, delimiter and quote in the mapping.")
        names = [field.strip() or f"column {place}" for place, field in enumerate(first.fields, 1)]
        name, times = Counter(names).most_common(1)[0]
        if times > 1:
            raise self.problem(f'row {first.number}: two columns are called "{name}".', "Rename one of them.")
        return tuple(names)

    def _wrong_encoding(self, detail: str) -> InputFileError:
        return self.problem(
            f"it is not written in {self.format.encoding} ({detail}).",
            "Name the file's encoding in the mapping: utf-8, cp1252, utf-16, cp949 ...",
        )
