"""Which declaration numbers were there before, in bounded memory."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

CACHE_KIB = 64_000


class Identifiers:
    """Every identifier kept so far with its row, in a database that lies in the folder and goes with it.

    Parameters
    ----------
    folder : Path

    Raises
    ------
    OSError
        The disk is full, or cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self._file = folder / "identifiers.sqlite"
        with _disk_errors(), ExitStack() as unless_ready:
            self._database = sqlite3.connect(self._file, isolation_level=None)
            unless_ready.callback(self._database.close)
            for line in ("journal_mode=off", "synchronous=off", "temp_store=memory", f"cache_size=-{CACHE_KIB}"):
                self._database.execute(f"pragma {line}")
            self._database.execute("create table seen (id text primary key, row integer) without rowid")
            self._database.execute("create temp table piece (place integer primary key, id text, row integer)")
            unless_ready.pop_all()

    def repeated(self, identifiers: Sequence[str], rows: Sequence[int]) -> dict[int, int]:
        """Add identifiers; return the place of each that was there before, with its first row.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     seen = Identifiers(Path(folder))
        ...     found = seen.repeated(["A", "B", "A"], [2, 3, 4]), seen.repeated(["B"], [5])
        ...     seen.close()
        >>> found
        ({2: 2}, {0: 3})
        """
        run = self._database.execute
        with _disk_errors():
            run("begin")
            run("delete from piece")
            places = range(len(rows))
            self._database.executemany(
                "insert into piece values (?, ?, ?)", zip(places, identifiers, rows, strict=True)
            )
            run("insert or ignore into seen select id, row from piece order by place")
            found = run("select place, seen.row from piece join seen using (id) where seen.row <> piece.row").fetchall()
            run("commit")
        return dict(found)

    def close(self) -> None:
        """Close the database and remove it."""
        self._database.close()
        self._file.unlink(missing_ok=True)


@contextmanager
def _disk_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        full = getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL
        raise OSError(errno.ENOSPC if full else errno.EIO, str(error)) from error
