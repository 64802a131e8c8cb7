"""Columns built fast: texts of fixed width, categories from numbers, amounts from minor units."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, TypeVar

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.world.region import Floats

T = TypeVar("T")
FOUR = 4


Columns = dict[str, NDArray[Any]]
"""Columns of one length by name: a table that costs nothing to build."""


def taken(columns: Columns, places: NDArray[Any]) -> Columns:
    """Return some rows of columns: those at places, or those where a mask holds."""
    return {name: values[places] for name, values in columns.items()}


def stacked(parts: list[Columns]) -> Columns:
    """Return the rows of all parts, which have the same columns."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def words(texts: Any) -> NDArray[np.object_]:
    """Return texts as a column of plain words."""
    return np.array(texts, dtype=object)


def categories(codes: NDArray[np.integer], words: list[str]) -> pd.Categorical:
    """Return a categorical column; -1 is a missing value."""
    return pd.Categorical.from_codes(codes, categories=pd.Index(words, dtype="str"))


def numbered(letters: NDArray[np.uint8], numbers: NDArray[np.integer], digits: int) -> Any:
    """Return texts such as ``"BL-00012345"``: letters, a hyphen and a number of fixed width.

    Parameters
    ----------
    letters : array (rows, letters) of character codes
    numbers : array (rows,)
    digits : int

    Examples
    --------
    >>> letters = np.array([[66, 76], [66, 76]], dtype=np.uint8)
    >>> list(numbered(letters, np.array([7, 12]), 4))
    ['BL-0007', 'BL-0012']
    """
    rows, width = letters.shape
    text = np.empty((rows, width + 1 + digits), dtype=np.uint8)
    text[:, :width] = letters
    text[:, width] = ord("-")
    left = np.asarray(numbers).astype(np.uint32)
    end = width + 1 + digits
    for size in [FOUR] * (digits // FOUR) + [digits % FOUR] * (digits % FOUR > 0):
        left, group = np.divmod(left, np.uint32(10**FOUR))
        text[:, end - size : end] = _groups()[group, FOUR - size :]
        end -= size
    return _texts(text)


@cache
def _groups() -> NDArray[np.uint8]:
    """Return the four digits of every number below ten thousand, as character codes."""
    places = 10 ** np.arange(FOUR - 1, -1, -1)
    return (48 + np.arange(10**FOUR)[:, None] // places % 10).astype(np.uint8)


def _texts(characters: NDArray[np.uint8]) -> Any:
    rows, width = characters.shape
    offsets = np.arange(rows + 1, dtype=np.int64) * width
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(characters))]
    texts = pa.Array.from_buffers(pa.large_string(), rows, buffers)
    return pd.array(texts, dtype="str")


def instances(kind: type[T], table: pd.DataFrame) -> list[T]:
    """Return one frozen dataclass a row, filled from the columns that have its fields' names."""
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # T is a dataclass
    return [kind(**{str(name): value for name, value in row.items()}) for row in table[names].to_dict("records")]


def some(texts: Any, present: NDArray[np.bool_]) -> Any:
    """Return the texts where present and empty texts elsewhere."""
    return pd.Series(texts).where(pd.Series(present), "").array


def major(minor: NDArray[np.integer], decimals: int | NDArray[np.integer]) -> Floats:
    """Return amounts in units of the currency from whole minor units."""
    return np.asarray(minor / 10.0 ** np.asarray(decimals))


def dates(first: np.datetime64, days: NDArray[np.integer]) -> NDArray[np.datetime64]:
    """Return dates from days counted from ``first``."""
    return (first + days.astype("timedelta64[D]")).astype("datetime64[ms]")


def optional(letters: str, numbers: NDArray[np.integer], digits: int) -> Any:
    """Return numbered texts, empty where the number is -1.

    Examples
    --------
    >>> list(optional("PER", np.array([5, -1]), 3))
    ['PER-005', '']
    """
    present = numbers >= 0
    start = np.broadcast_to(np.frombuffer(letters.encode(), np.uint8), (len(numbers), len(letters)))
    characters = numbered(start, np.maximum(numbers, 0), digits)
    return some(characters, present)
