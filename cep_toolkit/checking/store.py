"""Where sheets are kept: in memory, or in a folder with one file for each notebook and world."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from pathlib import Path
from typing import Protocol, TypeAlias

from cep_toolkit.checking import messages
from cep_toolkit.checking.files import read_whole, reason, sole_writer, write_whole
from cep_toolkit.checking.record import Sheet
from cep_toolkit.checking.sheet_file import SHEET_NAME, DamagedError, from_plain, read_json, to_plain, write_json
from cep_toolkit.errors import CourseError

Change: TypeAlias = Callable[[Sheet], Sheet]
"""What happens to a sheet: a pure function, so that it can be done again on a newer one."""


class Store(Protocol):
    """Keeps sheets by name and never raises: what goes wrong is said by ``notice``."""

    def read(self, name: str) -> Sheet:
        """Return a sheet; an empty one if there is none."""
        ...

    def change(self, name: str, change: Change) -> Sheet:
        """Apply a change to the newest state of a sheet, keep it and return it."""
        ...

    def names(self) -> list[str]:
        """Return the names of all sheets kept."""
        ...

    def notice(self) -> str:
        """Return what the participant must know about storage, once."""
        ...


class MemoryStore:
    """Keeps sheets as long as the kernel runs.

    Examples
    --------
    >>> MemoryStore().read("00_start_here-0123").records
    {}
    """

    def __init__(self) -> None:
        self._sheets: dict[str, Sheet] = {}

    def read(self, name: str) -> Sheet:
        """Return a sheet; an empty one if there is none."""
        return self._sheets.get(name, Sheet())

    def change(self, name: str, change: Change) -> Sheet:
        """Apply a change to a sheet, keep it and return it."""
        self._sheets[name] = change(self.read(name))
        return self._sheets[name]

    def names(self) -> list[str]:
        """Return the names of all sheets kept."""
        return sorted(self._sheets)

    def notice(self) -> str:
        """Return nothing: memory does not fail."""
        return ""


class FileStore:
    """Keeps sheets in a folder, one JSON file each.

    Several kernels may use one folder: each change is made on the newest file, under a lock, and written whole.
    Where the folder cannot be written, changes wait in memory and go into the file as soon as it can be.
    A damaged file is set aside, never lost.

    Parameters
    ----------
    folder : Path
        Made on the first change.
    """

    def __init__(self, folder: Path | str) -> None:
        self._folder = Path(folder)
        self._waiting: dict[str, list[Change]] = {}
        self._notices: list[str] = []
        self._refused = ""

    def read(self, name: str) -> Sheet:
        """Return a sheet; an empty one if there is none."""
        try:
            sheet = self._stored(name)
        except DamagedError:
            return self.change(name, _unchanged)
        except OSError as error:
            self._refuse(error)
            sheet = Sheet()
        return self._with_waiting(name, sheet)

    def change(self, name: str, change: Change) -> Sheet:
        """Apply a change to the newest state of a sheet, keep it and return it."""
        self._waiting.setdefault(name, []).append(change)
        try:
            with sole_writer(self._path(name)):
                after = self._write_waiting(name)
        except OSError as error:
            self._refuse(error)
            return self._with_waiting(name, self._readable(name))
        self._refused = ""
        return after

    def names(self) -> list[str]:
        """Return the names of all sheets kept."""
        try:
            found = {path.stem for path in self._folder.glob("*.json")}
        except OSError:
            found = set()
        return sorted(name for name in found | set(self._waiting) if SHEET_NAME.fullmatch(name))

    def notice(self) -> str:
        """Return what the participant must know about storage, once."""
        text = " ".join(self._notices)
        self._notices.clear()
        return text

    def _path(self, name: str) -> Path:
        if not SHEET_NAME.fullmatch(name):
            raise CourseError(f'progress sheet "{name}"', "This is not a sheet's name.", "Use notebook-fingerprint.")
        return self._folder / f"{name}.json"

    def _refuse(self, error: OSError) -> None:
        """Say why nothing can be saved, once until something was saved again."""
        if self._refused != (why := reason(error)):
            self._refused = why
            self._notices.append(messages.NOT_SAVED.format(reason=why))

    def _with_waiting(self, name: str, sheet: Sheet) -> Sheet:
        for change in self._waiting.get(name, []):
            sheet = change(sheet)
        return sheet

    def _write_waiting(self, name: str) -> Sheet:
        """Write the newest state with every change that waits; only the sole writer may call this."""
        before = self._mended(name)
        after = self._with_waiting(name, before)
        if after != before:
            write_whole(self._path(name), write_json(to_plain(after)))
        del self._waiting[name]
        return after

    def _stored(self, name: str) -> Sheet:
        data = read_whole(self._path(name))
        return Sheet() if data is None else from_plain(read_json(data))

    def _readable(self, name: str) -> Sheet:
        """Return the stored sheet as far as it can be read."""
        try:
            return self._stored(name)
        except (DamagedError, OSError):
            return Sheet()

    def _mended(self, name: str) -> Sheet:
        """Return the stored sheet, setting a damaged file aside; only the sole writer may call this."""
        try:
            return self._stored(name)
        except DamagedError:
            numbered = (self._folder / f"{name}.damaged-{number}" for number in count(1))
            aside = next(path for path in numbered if not path.exists())
            self._path(name).rename(aside)
            self._notices.append(messages.DAMAGED.format(name=aside.name))
            return Sheet()


def _unchanged(sheet: Sheet) -> Sheet:
    return sheet
