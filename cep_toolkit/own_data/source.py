"""A file of declarations as it is: its header, and its rows in batches; what every kind of file has in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from cep_toolkit.errors import InputFileError, nearest
from cep_toolkit.own_data.batch import Batch
from cep_toolkit.own_data.mapping import FileFormat
from cep_toolkit.own_data.records import RowTest

MOST_COLUMNS = 2_000


class Source(ABC):
    """A file with a header, open for reading.

    Parameters
    ----------
    path : Path
    file_format : FileFormat

    Attributes
    ----------
    header : tuple of str
    size, rows, blank_lines : int
        Bytes in all (or what else ``done`` is counted in); rows and blank lines given so far.
    typed : bool
        Whether days and numbers are told from texts, so that days come as YYYY-MM-DD whatever the mapping says.
    is_row : callable
        Tells a row from a line of a quoted value, given fields that are well formed; see ``records``.

    Raises
    ------
    InputFileError
        It cannot be opened, is empty, or its header is not usable.
    """

    header: tuple[str, ...]
    size: int
    typed = False

    def __init__(self, path: Path, file_format: FileFormat) -> None:
        self.path, self.format = path, file_format
        self.rows = self.blank_lines = 0
        self.is_row: RowTest = lambda fields: False
        self._bytes = self._opened()
        try:
            self.size = path.stat().st_size
            self.header = ()
            self.header = self._read_header()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Source:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._bytes.close()

    @property
    @abstractmethod
    def done(self) -> int:
        """How much of ``size`` has been read."""

    @abstractmethod
    def batches(self, places: Sequence[int], rows: int, characters: int) -> Iterator[Batch]:
        """Give every row after the header, about so many rows or characters at a time.

        Parameters
        ----------
        places : list of int
            The columns that are needed.
        rows, characters : int

        Raises
        ------
        InputFileError
            The file cannot be read any further.
        """

    @abstractmethod
    def _read_header(self) -> tuple[str, ...]:
        """Return the names of the columns."""

    def problem(self, what: str, remedy: str) -> InputFileError:
        """Return an error about this file."""
        return InputFileError(self.path.name, what, remedy)

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
        if error := self._why_missing():
            raise error
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

    def _why_missing(self) -> InputFileError | None:
        """Return an error that tells more than which columns are missing, if this kind of file knows more."""
        return None

    def _names(self, fields: Sequence[str], row: int) -> tuple[str, ...]:
        """Return the header of these fields; a column without a name gets its place."""
        if len(fields) > MOST_COLUMNS:
            what = f"{len(fields):,} columns; at most {MOST_COLUMNS:,} are read"
            raise self.problem(f"row {row}, the header: {what}.", "Check encoding, delimiter and quote in the mapping.")
        names = [field.strip() or f"column {place}" for place, field in enumerate(fields, 1)]
        name, times = Counter(names).most_common(1)[0]
        if times > 1:
            raise self.problem(f'row {row}: two columns are called "{name}".', "Rename one of them.")
        return tuple(names)

    def _opened(self) -> BinaryIO:
        try:
            if self.path.exists() and not self.path.is_file():
                raise self.problem("this is no file.", "Give the path of a CSV file.")
            return self.path.open("rb")
        except OSError as error:
            raise self.problem(f"it cannot be read ({error.strerror}).", "Check the path.") from error

    def _first_bytes(self) -> bytes:
        try:
            start = self._bytes.read(8)
            self._bytes.seek(0)
        except OSError as error:
            raise self.problem(f"it cannot be read ({error.strerror}).", "Copy the file again.") from error
        return start
