"""Lines that are one record each beyond doubt: found and split a whole text at a time.

A line in which every quotation mark stands where it must, with as many fields as the header and nothing odd in it,
is the same record for Arrow's reader as for Python's strict one. Every other line is left to ``records``, which gives
an account of it. So a file is read fast and no row is ever passed over.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.records import LONGEST_FIELD

LINE_FEED, RETURN = b"\n\r"
_NEVER = "$."  # nothing follows the end


def _nul(error: UnicodeError) -> tuple[str, int]:
    """Write a lone surrogate (an undecodable byte) as NUL, which no plain line holds."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "\0" * (error.end - error.start), error.end


codecs.register_error("cep-nul", _nul)


class PlainLines:
    r"""How to find and split plain lines of a file.

    Parameters
    ----------
    file_format : FileFormat
    width : int
        Fields in the header.

    Examples
    --------
    >>> plain = PlainLines(FileFormat(), 2)
    >>> lines = plain.lines('1,"a,b"\n2,c"d\n3\n4,e\n')
    >>> where = plain.where(lines)
    >>> where.tolist()
    [True, False, False, True]
    >>> plain.split(lines.filter(where), [1])[1].to_pylist()
    ['a,b', 'e']
    """

    def __init__(self, file_format: FileFormat, width: int) -> None:
        self._format, self._width = file_format, width
        self._pattern = _pattern(file_format, width)
        try:
            pc.match_substring_regex(pa.array([""]), self._pattern)
        except pa.ArrowInvalid:  # more columns than a pattern can count
            self._pattern = _NEVER

    def lines(self, text: str) -> pa.Array:
        """Return the lines of a text, each with its end."""
        data = text.encode("utf-8", errors="cep-nul")
        read = np.frombuffer(data, np.uint8)
        ends = read == LINE_FEED
        if b"\r" in data:
            ends |= (read == RETURN) & (np.append(read[1:], 0) != LINE_FEED)
        after = np.flatnonzero(ends) + 1
        if len(data) and (not len(after) or after[-1] != len(data)):
            after = np.append(after, len(data))
        starts = np.concatenate([[0], after]).astype(np.int64)
        return pa.LargeStringArray.from_buffers(len(after), pa.py_buffer(starts), pa.py_buffer(data))

    def where(self, lines: pa.Array) -> NDArray[np.bool_]:
        """Return which lines are plain."""
        if not len(lines):
            return np.zeros(0, dtype=bool)
        plain = pc.and_(
            pc.match_substring_regex(lines, self._pattern), pc.less_equal(pc.binary_length(lines), LONGEST_FIELD)
        )
        found = np.array(plain.to_numpy(zero_copy_only=False), dtype=bool)
        if lines[0].as_py().startswith("\ufeff"):  # Arrow takes it for the mark at the start of a file
            found[0] = False
        return found

    def split(self, lines: pa.Array, places: Iterable[int]) -> dict[int, pa.Array]:
        """Return some columns of plain lines."""
        wanted = list(places)
        if not len(lines):
            return {place: pa.array([], pa.string()) for place in wanted}
        names = [str(place) for place in range(self._width)]
        lines = pa.concat_arrays([lines])  # a slice keeps the whole text
        table = arrow_csv.read_csv(
            pa.BufferReader(_bytes(lines)),
            arrow_csv.ReadOptions(column_names=names, block_size=2**31 - 1, use_threads=False),
            arrow_csv.ParseOptions(
                delimiter=self._format.delimiter, quote_char=self._format.quote or False, ignore_empty_lines=False
            ),
            arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()),
                include_columns=[str(place) for place in wanted],
                strings_can_be_null=False,
            ),
        )
        return {place: table.column(str(place)).combine_chunks() for place in wanted}


def _bytes(lines: pa.Array) -> pa.Buffer:
    """Return the text of lines that stand one behind the other."""
    _, offsets, data = lines.buffers()
    places = np.frombuffer(offsets, np.int64)[lines.offset : lines.offset + len(lines) + 1]
    return data.slice(int(places[0]), int(places[-1] - places[0]))


def _pattern(file_format: FileFormat, width: int) -> str:
    """Return the pattern of a line that is one record with so many fields."""
    if width < 2 or not file_format.delimiter.isascii():
        return _NEVER
    delimiter = rf"\x{{{ord(file_format.delimiter):x}}}"
    field = rf"[^{delimiter}\r\n\x00]*"
    if file_format.quote:
        quote = rf"\x{{{ord(file_format.quote):x}}}"
        field = rf"(?:[^{delimiter}{quote}\r\n\x00]*|{quote}(?:[^{quote}\r\n\x00]|{quote}{quote})*{quote})"
    return rf"^{field}(?:{delimiter}{field}){{{width - 1}}}\r?\n?$"
