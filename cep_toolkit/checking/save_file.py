"""Everything a participant has done, in one file to download and to load again elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import Parsed, RefusedError, guarded, shown
from cep_toolkit.checking.record import Sheet
from cep_toolkit.checking.sheet_file import (
    SHEET_NAME,
    DamagedError,
    from_plain,
    read_json,
    to_plain,
    write_json,
)
from cep_toolkit.checking.store import Store

FILE_NAME = "cep_progress.json"
WHAT = "CEP Workshop progress"
EDITION = 1
MOST_SHEETS = 400
MOST_BYTES = 20_000_000


def pack(store: Store) -> bytes:
    """Return every sheet of a store as one file."""
    sheets = {name: to_plain(store.read(name)) for name in store.names()}
    return write_json({"what": WHAT, "edition": EDITION, "sheets": sheets})


def unpack(source: object) -> Parsed[dict[str, Sheet]]:
    """Read a file that ``pack`` made, without ever raising; it is data from outside and only ever read.

    Parameters
    ----------
    source : bytes, str or Path
        The content, or the name of the file.

    Examples
    --------
    >>> from cep_toolkit.checking.store import MemoryStore
    >>> unpack(pack(MemoryStore())).value, unpack(b"[]").problem
    ({}, 'This is not a file that Save made. Choose the file cep_progress.json.')
    """
    return guarded(lambda: _sheets(_content(source)))


def _content(source: object) -> bytes:
    if isinstance(source, (bytes, bytearray, memoryview)):
        return bytes(source[: MOST_BYTES + 1])
    if not isinstance(source, (str, Path)):
        raise RefusedError(messages.FILE_OTHER)
    name = shown(source)
    try:
        if not Path(source).exists():
            raise RefusedError(messages.FILE_MISSING.format(name=name))
        if not Path(source).is_file():  # a folder, or a device that gives bytes without end
            raise RefusedError(messages.FILE_UNREADABLE.format(name=name))
        with Path(source).open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        raise RefusedError(messages.FILE_UNREADABLE.format(name=name)) from error


def _sheets(data: bytes) -> dict[str, Sheet]:
    if len(data) > MOST_BYTES:
        raise RefusedError(messages.FILE_LARGE)
    try:
        plain: Any = read_json(data)
    except DamagedError as error:
        raise RefusedError(messages.FILE_DAMAGED) from error
    if not isinstance(plain, dict) or plain.get("what") != WHAT:
        raise RefusedError(messages.FILE_OTHER)
    if isinstance(plain.get("edition"), int) and plain["edition"] > EDITION:
        raise RefusedError(messages.FILE_NEWER)
    sheets = plain.get("sheets")
    if not isinstance(sheets, dict) or len(sheets) > MOST_SHEETS or not all(map(SHEET_NAME.fullmatch, sheets)):
        raise RefusedError(messages.FILE_DAMAGED)
    try:
        return {name: from_plain(sheet) for name, sheet in sheets.items()}
    except DamagedError as error:
        raise RefusedError(messages.FILE_DAMAGED) from error


def merge_into(store: Store, sheets: Mapping[str, Sheet]) -> int:
    """Add loaded sheets to a store, the better record of each exercise staying; return how many records came."""
    for name, sheet in sheets.items():
        store.change(name, partial(_add, sheet))
    return sum(len(sheet.records) for sheet in sheets.values())


def _add(loaded: Sheet, here: Sheet) -> Sheet:
    return here.merge(loaded)
