"""A sheet as plain JSON and back: what comes back is data from outside, so every part is looked at."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from cep_toolkit.checking.record import DOORS, MOST_KEPT, Record, Sheet
from cep_toolkit.checking.result import Status
from cep_toolkit.errors import CepError

MOST_RECORDS = 500
DEEPEST = 8
LONGEST = 20_000
MOST_COUNT = 1_000_000
SHEET_NAME = re.compile(r"[a-z0-9][a-z0-9_]{0,63}-[a-z0-9]{1,64}")
"""Notebook and world. The hyphen keeps away the names that Windows reserves for devices (``con``, ``nul``)."""
EXERCISE_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")


class DamagedError(CepError):
    """Stored progress that does not have the shape in which it is written. It never leaves this room."""


def to_plain(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as plain values, its exercises in the order of their names."""
    return {
        "records": {name: asdict(sheet.records[name]) for name in sorted(sheet.records)},
        "kept": {name: [asdict(record) for record in sheet.kept[name]] for name in sorted(sheet.kept)},
    }


def from_plain(raw: object) -> Sheet:
    """Return the sheet that ``to_plain`` made.

    Raises
    ------
    DamagedError
        When anything in it is not as it should be.
    """
    parts = _mapping(raw, {"records", "kept"})
    records, kept = _mapping(parts["records"]), _mapping(parts["kept"])
    if len(records) > MOST_RECORDS or len(kept) > MOST_RECORDS:
        raise DamagedError("too many records")
    return Sheet(
        {_name(name): _record(record) for name, record in records.items()},
        {_name(name): tuple(map(_record, _list(earlier, MOST_KEPT))) for name, earlier in kept.items()},
    )


def read_json(data: bytes) -> object:
    """Return what a file of JSON holds.

    Raises
    ------
    DamagedError
        For a file that is too deep, not UTF-8 or not JSON.

    Examples
    --------
    >>> read_json(b'{"records": {}}')
    {'records': {}}
    """
    try:
        return json.loads(data.decode("utf-8"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise DamagedError("not JSON") from error


def write_json(plain: object) -> bytes:
    """Return plain values as the bytes of a file; the same values give the same bytes."""
    return (json.dumps(plain, indent=1, sort_keys=True, allow_nan=False) + "\n").encode()


def _no_constant(name: str) -> object:
    raise ValueError(name)  # NaN and Infinity are not JSON


def _record(raw: object) -> Record:
    parts = _mapping(raw, {"status", "answer", "attempts", "hints_open", "door"})
    answer = parts["answer"]
    if answer is not None:
        answer = _mapping(answer)
        bounded(answer, DEEPEST)
    if parts["status"] not in list(Status) or parts["door"] not in DOORS:
        raise DamagedError("unknown word")
    return Record(Status(parts["status"]), answer, count(parts["attempts"]), count(parts["hints_open"]), parts["door"])


def _mapping(raw: object, names: set[str] | None = None) -> dict[str, Any]:
    if not isinstance(raw, dict) or (names is not None and set(raw) != names):
        raise DamagedError("another shape")
    return raw


def _list(raw: object, most: int) -> list[object]:
    if not isinstance(raw, list) or len(raw) > most:
        raise DamagedError("another shape")
    return raw


def _name(raw: str) -> str:
    if not EXERCISE_NAME.fullmatch(raw):
        raise DamagedError("not a name")
    return raw


def count(raw: object) -> int:
    """Return a count that is one, or raise ``DamagedError``.

    Examples
    --------
    >>> count(3)
    3
    """
    if isinstance(raw, bool) or not isinstance(raw, int) or not 0 <= raw <= MOST_COUNT:
        raise DamagedError("not a count")
    return raw


def bounded(raw: object, depth: int) -> None:
    """Raise ``DamagedError`` for plain values that are too deep or long, or that no file or page can hold."""
    if depth == 0 or (isinstance(raw, str) and len(raw) > LONGEST):
        raise DamagedError("too large")
    if isinstance(raw, float) and not math.isfinite(raw):
        raise DamagedError("not a number")  # 1e999 is JSON, and infinite
    if isinstance(raw, str) and raw.encode("utf-8", "replace").decode() != raw:
        raise DamagedError("not text")  # half a pair of surrogates is JSON, but no page can show it
    if isinstance(raw, Mapping):
        for name, value in raw.items():
            bounded(name, 1)
            bounded(value, depth - 1)
    elif isinstance(raw, list):
        for value in raw:
            bounded(value, depth - 1)
