"""A delimited text as it is: its encoding and its header looked at, its rows read in batches.

Plain lines are split by Arrow, all others by the standard library's ``csv`` in strict mode: alone, a fast reader gives
no account of the rows that it passes over where a quotation mark is not closed, or joins several into one.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.batch import Batch, batch_of, merged
from cep_toolkit.own_data.plain_lines import PlainLines
from cep_toolkit.own_data.records import Lines, Record, fields_of, records
from cep_toolkit.own_data.source import Source

NOT_TEXT = {
    b"PK\x03\x04": "an Excel workbook or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"PAR1": "a Parquet file",
    b"\x1f\x8b": "a file packed with gzip",
    b"%PDF": "a PDF document",
}
MARKS = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
USUAL_DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "pipe"}


def _keep_bytes(error: UnicodeError) -> tuple[str, int]:
    """Let an undecodable byte through as a lone surrogate, so that its row can be named."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("cep-keep-bytes", _keep_bytes)


class SourceFile(Source):
    """A delimited text file with a header, open for reading; see ``Source``."""

    @property
    def done(self) -> int:
        """How many bytes have been read."""
        return self._bytes.tell()

    def batches(self, places: Sequence[int], rows: int, characters: int) -> Iterator[Batch]:
        """Give every row after the header; blank lines are counted, not given. See ``Source.batches``."""
        plain = PlainLines(self.format, len(self.header))
        while True:
            with self._guarded():
                number, text = self._lines.next_text(characters)
                if not text:
                    return
                batch = self._batch(plain, number, text, places)
            self.rows += len(batch) + len(batch.bad)
            yield from batch.parts(rows)

    def _batch(self, plain: PlainLines, number: int, text: str, places: Sequence[int]) -> Batch:
        lines = plain.lines(text)
        where = plain.where(lines)
        others = self._others(text, where)
        rows = lines if where.all() else lines.filter(where)

        def fields(place: int) -> list[str]:
            return fields_of(rows[place].as_py(), self.format)

        fast = Batch(np.flatnonzero(where) + number, plain.split(rows, places), fields, [])
        return merged(fast, batch_of(others, places)) if others else fast

    def _others(self, text: str, plain: NDArray[np.bool_]) -> list[Record]:
        """Return the records that begin on other than plain lines; what they hold is plain no longer."""
        places = np.flatnonzero(~plain)
        if not len(places):
            self._lines.pass_over(len(plain))
            return []
        found = []
        self._lines.put(text)
        for place in places:
            if place < self._lines.at:
                continue
            self._lines.at = int(place)
            record = next(self._records)
            plain[place : self._lines.at] = False
            if record.is_blank and len(self.header) > 1:
                self.blank_lines += 1
            else:
                found.append(record.checked(len(self.header)))
        self._lines.at = max(self._lines.at, len(plain))
        return found

    def _why_missing(self) -> InputFileError | None:
        other = [mark for mark in USUAL_DELIMITERS if mark != self.format.delimiter and mark in self.header[0]]
        if len(self.header) > 1 or not other:
            return None
        return self.problem(
            f'row 1: the header has one column only, "{self.header[0][:60]}".',
            f'Write "delimiter: {USUAL_DELIMITERS[other[0]]}" under file in the mapping.',
        )

    def _could_be_row(self, fields: list[str]) -> bool:
        return not Record(0, fields).checked(len(self.header)).problem and self.is_row(fields)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        try:
            yield
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

    def _read_header(self) -> tuple[str, ...]:
        text = io.TextIOWrapper(self._bytes, self._codec(), errors="cep-keep-bytes", newline="")
        self._lines = Lines(text)
        self._records = records(self._lines, self.format, self._could_be_row)
        with self._guarded():
            first = next((record for record in self._records if not record.is_blank), None)
        if first is None:
            raise self.problem("the file is empty.", "Export it again.")
        first = first.checked(len(first.fields))
        if first.problem:
            where = f"row {first.number}, the header: {first.problem}."
            raise self.problem(where, "Check encoding, delimiter and quote in the mapping.")
        return self._names(first.fields, first.number)

    def _wrong_encoding(self, detail: str) -> InputFileError:
        return self.problem(
            f"it is not written in {self.format.encoding} ({detail}).",
            "Name the file's encoding in the mapping: utf-8, cp1252, utf-16, cp949 ...",
        )
