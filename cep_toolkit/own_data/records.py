"""Records of a delimited text, each with the line it begins on and what is wrong with its form.

What cannot be a record is given as one bad record for each line, so that no line is passed over:
after a quotation mark that is not closed, reading goes on with the next line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple, TextIO

from cep_toolkit.own_data.mapping import FileFormat

LONGEST_LINE = 1_000_000
LONGEST_FIELD = 10_000
MOST_LINES = 50  # of one record; more means a quotation mark that is not closed
WHOLE_ROW = -1
UNDECODABLE = "a character that is not in the file's encoding"


class Record(NamedTuple):
    """One row of the file.

    Parameters
    ----------
    number : int
        The line it begins on; the header is on line 1.
    fields : list of str
    problem : str
        What is wrong with its form; empty if nothing is.
    place : int
        Which field is concerned; ``WHOLE_ROW`` if all are.
    """

    number: int
    fields: list[str]
    problem: str = ""
    place: int = WHOLE_ROW

    @property
    def is_blank(self) -> bool:
        """Whether the line holds nothing at all."""
        return not self.problem and (not self.fields or (len(self.fields) == 1 and not self.fields[0].strip()))

    def checked(self, width: int) -> Record:
        """Return the record with the first thing that is wrong with its form.

        Examples
        --------
        >>> Record(7, ["a", "b"]).checked(3).problem
        '2 fields, where the header has 3'
        """
        if self.problem:
            return self
        if len(self.fields) != width:
            return self._replace(problem=f"{len(self.fields)} fields, where the header has {width}")
        if not _field_problem("".join(self.fields)):  # nearly always, and much faster than one by one
            return self
        for place, field in enumerate(self.fields):
            problem = _field_problem(field)
            if problem:
                return self._replace(problem=problem, place=place)
        return self


def _field_problem(field: str) -> str:
    if len(field) > LONGEST_FIELD:
        return f"{len(field):,} characters; at most {LONGEST_FIELD:,} are read"
    if "\0" in field:
        return "a NUL character"
    if not field.isascii() and any("\udc00" <= character <= "\udfff" for character in field):
        return UNDECODABLE
    return ""


RowTest = Callable[[list[str]], bool]


class Lines:
    """The lines that ``csv.reader`` asks for: those at hand, then those of the stream; each can be read again.

    Parameters
    ----------
    stream : text file
        Opened with ``newline=""``.

    Attributes
    ----------
    at : int
        Which of the lines at hand comes next.
    taken : list of (int, str)
        The lines of the record that is being read, with their numbers.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._at_hand: list[str] = []
        self._first = 1
        self.at = 0
        self.taken: list[tuple[int, str]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if len(self.taken) == MOST_LINES:
            raise StopIteration
        if self.at == len(self._at_hand):
            self._at_hand.append(self._next_line())
        line = self._at_hand[self.at][:LONGEST_LINE]
        self.taken.append((self._first + self.at, line))
        self.at += 1
        return line

    def give_back_all_but_first(self) -> None:
        """Let the lines of what is no record be read again."""
        self.at -= len(self.taken) - 1

    def next_text(self, characters: int) -> tuple[int, str]:
        """Take whole lines that are about so long; return the number of the first, and their text.

        What follows is read from them only after ``put`` has brought them to hand.
        """
        self._first += self.at
        text = "".join(self._at_hand[self.at :]) + self._stream.read(characters)
        self._at_hand, self.at = [], 0
        if text:
            with suppress(StopIteration):
                text += self._next_line()
        return self._first, text

    def put(self, text: str) -> None:
        """Bring the lines of a text to hand, instead of those that were."""
        self._at_hand, self.at = list(io.StringIO(text, newline="")), 0

    def pass_over(self, lines: int) -> None:
        """Count lines that were read in another way."""
        self._first += lines

    def _next_line(self) -> str:
        text = self._stream.readline(LONGEST_LINE)
        if not text:
            raise StopIteration
        if len(text) == LONGEST_LINE and text[-1] not in "\r\n":
            while (rest := self._stream.readline(LONGEST_LINE)) and rest[-1] not in "\r\n":
                pass
            return text[:-1] + "\n"
        return text


def records(lines: Lines, file_format: FileFormat, is_row: RowTest = lambda fields: False) -> Iterator[Record]:
    r"""Give every record of a text, the header's line included.

    Parameters
    ----------
    lines : Lines
    file_format : FileFormat
    is_row : callable
        Tells whether fields look like a row. A quoted value may hold line breaks; where a line inside it
        is a row by itself, two stray quotation marks have swallowed that row.

    Examples
    --------
    >>> import io
    >>> text = 'a,b\n1,"x\ny"\n2,"open\n3,z\n'
    >>> for record in records(Lines(io.StringIO(text, newline="")), FileFormat()):
    ...     print(record.number, record.fields, record.problem or 'well formed')
    1 ['a', 'b'] well formed
    2 ['1', 'x\ny'] well formed
    4 ['2,"open'] a quotation mark that is not closed, or stands in the wrong place
    5 ['3', 'z'] well formed
    """
    reader = _reader(lines, file_format, strict=True)
    width = 0
    while True:
        lines.taken = []
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield _unreadable(lines, str(error))
            continue
        if len(lines.taken) > 1 and width and _swallows_row(lines, file_format, width, is_row):
            yield _unreadable(lines, "")
            continue
        made = _record(lines, fields)
        width = width or (0 if made.is_blank else len(fields))
        yield made


def _record(lines: Lines, fields: list[str]) -> Record:
    number, text = lines.taken[0]
    if any(len(line) >= LONGEST_LINE for _, line in lines.taken):
        return Record(number, [text[:LONGEST_FIELD]], f"a line of {LONGEST_LINE:,} characters or more")
    return Record(number, fields)


def _swallows_row(lines: Lines, file_format: FileFormat, width: int, is_row: RowTest) -> bool:
    """Tell whether a line inside a quoted value is a row by itself.

    The last line is a row's end in any case. It is a whole row if the first line is one too: two rows,
    each with a stray quotation mark.
    """
    _, *inside, last = (text for _, text in lines.taken)
    first_is_whole = lines.taken[0][1].count(file_format.delimiter) + 1 >= width
    doubtful = [*inside, last] if first_is_whole else inside
    return any(is_row(fields_of(text, file_format)) for text in doubtful)


def _reader(lines: Iterable[str], file_format: FileFormat, *, strict: bool) -> Iterator[list[str]]:
    return csv.reader(
        lines,
        delimiter=file_format.delimiter,
        quotechar=file_format.quote or None,
        quoting=csv.QUOTE_MINIMAL if file_format.quote else csv.QUOTE_NONE,
        strict=strict,
    )


def fields_of(line: str, file_format: FileFormat) -> list[str]:
    """Return the fields that a line would have if it stood alone.

    Examples
    --------
    >>> fields_of('a,"b,c"', FileFormat())
    ['a', 'b,c']
    """
    try:
        return next(_reader([line], file_format, strict=False), [])
    except csv.Error:
        return []


def _unreadable(lines: Lines, error: str) -> Record:
    """Return the first line of what was taken as a bad record; the others are read again."""
    number, text = lines.taken[0]
    lines.give_back_all_but_first()
    problem = "a quotation mark that is not closed, or stands in the wrong place"
    if "limit" in error:
        problem = f"a field of {csv.field_size_limit():,} characters or more"
    return Record(number, [text.rstrip("\r\n")[:LONGEST_FIELD]], problem)
