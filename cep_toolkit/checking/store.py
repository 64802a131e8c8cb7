"""Where sheets are kept: in memory, or in a folder with one file for each notebook and world."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeAlias

from cep_toolkit.checking import messages
from cep_toolkit.checking.files import reason, sole_writer, write_whole
from cep_toolkit.checking.record import Sheet
from cep_toolkit.checking.sheet_file import SHEET_NAME, DamagedError, from_plain, read_json, to_plain, write_json

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

    def read(self, name: str) -> Sheet:
        """Return a sheet; an empty one if there is none."""
        try:
            sheet = self._stored(name)
        except DamagedError:
            sheet = self._without_damage(name)
        return self._with_waiting(name, sheet)

    def change(self, name: str, change: Change) -> Sheet:
        """Apply a change to the newest state of a sheet, keep it and return it."""
        path = self._path(name)
        waiting = [*self._waiting.get(name, []), change]
        try:
            with sole_writer(path):
                before = self._mended(name)
                self._waiting[name] = waiting
                after = self._with_waiting(name, before)
                if after != before:
                    write_whole(path, write_json(to_plain(after)))
        except OSError as error:
            self._waiting[name] = waiting
            self._say(messages.NOT_SAVED.format(reason=reason(error)))
            return self.read(name)
        del self._waiting[name]
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
            raise ValueError(f"A sheet's name holds letters, digits, _ and - only; not {name!r}.")
        return self._folder / f"{name}.json"

    def _say(self, notice: str) -> None:
        if notice not in self._notices:
            self._notices.append(notice)

    def _with_waiting(self, name: str, sheet: Sheet) -> Sheet:
        for change in self._waiting.get(name, []):
            sheet = change(sheet)
        return sheet

    def _stored(self, name: str) -> Sheet:
        try:
            data = self._path(name).read_bytes()
        except OSError:
            return Sheet()
        return from_plain(read_json(data))

    def _mended(self, name: str) -> Sheet:
        """Return the stored sheet, setting a damaged file aside; only the sole writer may call this."""
        try:
            return self._stored(name)
        except DamagedError:
            path = self._path(name)
            numbers = range(1, 1_000)
            aside = next(other for other in (self._folder / f"{name}.damaged-{n}" for n in numbers) if not other.exists())
            path.rename(aside)
            self._say(messages.DAMAGED.format(name=aside.name))
            return Sheet()

    def _without_damage(self, name: str) -> Sheet:
        try:
            with sole_writer(self._path(name)):
                return self._mended(name)
        except OSError as error:
            self._say(messages.NOT_SAVED.format(reason=reason(error)))
            return Sheet()
