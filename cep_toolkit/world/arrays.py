"""Columns built fast: texts of fixed width, categories from numbers, amounts from minor units."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from functools import cache, lru_cache
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


def plain(texts: pa.Array) -> NDArray[np.object_]:
    """Return texts of pyarrow as a column of plain words."""
    return np.asarray(texts.to_numpy(zero_copy_only=False))


def column(texts: pa.Array) -> Any:
    """Return texts of pyarrow as a column of a table."""
    return pd.array(texts, dtype="str")


def categories(codes: NDArray[np.integer], words: Iterable[str]) -> pd.Categorical:
    """Return a categorical column; -1 is a missing value."""
    return pd.Categorical.from_codes(codes, dtype=_categories(tuple(words)))


@lru_cache(maxsize=256)
def _categories(words: tuple[str, ...]) -> pd.CategoricalDtype:
    """Return a set of categories: most columns have one of few, and to index words takes longer than to use them."""
    return pd.CategoricalDtype(pd.Index(words, dtype="str"))


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
    return fixed_width(with_digits(letters, numbers, digits, between="-"))


def with_digits(
    letters: NDArray[np.uint8], numbers: NDArray[np.integer], digits: int, between: str = ""
) -> NDArray[np.uint8]:
    """Return the codes of letters, what stands between, and a number of fixed width: (rows, characters).

    Examples
    --------
    >>> with_digits(np.array([[66]], dtype=np.uint8), np.array([7]), 2).tolist()
    [[66, 48, 55]]
    """
    rows, width = letters.shape
    sizes = [digits % FOUR] * (digits % FOUR > 0) + [FOUR] * (digits // FOUR)
    parts = [("letters", np.uint8, (width,)), ("between", f"S{len(between)}")][: 2 if between else 1]
    text = np.empty(rows, dtype=[*parts, *((str(i), f"S{n}") for i, n in enumerate(sizes))])
    text["letters"] = letters
    if between:
        text["between"] = between.encode()
    left = np.asarray(numbers).astype(np.uint32)
    for place, size in reversed(list(enumerate(sizes))):
        left, group = np.divmod(left, np.uint32(10**FOUR))
        text[str(place)] = _groups(size)[group]
    return text.view(np.uint8).reshape(rows, text.itemsize)


@cache
def _groups(size: int) -> NDArray[np.bytes_]:
    """Return the last ``size`` digits of every number below ten thousand."""
    digits = np.char.mod(b"%04d", np.arange(10**FOUR)).view("S1").reshape(-1, FOUR)
    return np.asarray(digits[:, -size:].copy().view(f"S{size}")[:, 0])


def lettered(letter: NDArray[np.uint8], numbers: NDArray[np.integer], digits: int) -> Any:
    """Return texts such as ``"P4071122"``: a letter, given as a character code, and a number of fixed width.

    Examples
    --------
    >>> list(lettered(np.array([80, 84], dtype=np.uint8), np.array([407, 12]), 3))
    ['P407', 'T012']
    """
    return fixed_width(with_digits(letter[:, None], numbers, digits))


def patterned(pattern: str, numbers: NDArray[np.integer]) -> Any:
    """Return texts in which the digits of a number stand where the pattern has ``#``, the last digit last.

    Examples
    --------
    >>> list(patterned("+999 #### ####", np.array([40_711_223, 5])))
    ['+999 4071 1223', '+999 0000 0005']
    """
    text = np.tile(np.frombuffer(pattern.encode(), np.uint8), (len(numbers), 1))
    left = np.asarray(numbers).astype(np.int64)
    for place in [place for place, sign in enumerate(pattern) if sign == "#"][::-1]:
        text[:, place] = 48 + left % 10
        left = left // 10
    return fixed_width(text)


def fixed_width(characters: NDArray[np.uint8], present: NDArray[np.bool_] | None = None) -> Any:
    """Return one text a row of character codes; empty where it is not present.

    Examples
    --------
    >>> list(fixed_width(np.array([[66, 76], [67, 77]], dtype=np.uint8), np.array([True, False])))
    ['BL', '']
    """
    rows, width = characters.shape
    offsets = np.arange(rows + 1, dtype=np.int64) * width
    if present is not None:
        offsets[1:] = np.cumsum(present) * width
        characters = characters[present]
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(characters))]
    texts = pa.Array.from_buffers(pa.large_string(), rows, buffers)
    return column(texts)


def picked(words: pa.Array, places: NDArray[np.integer]) -> Any:
    """Return the word at each place, as texts.

    Examples
    --------
    >>> list(picked(pa.array(["a", "b"]), np.array([1, 0, 1])))
    ['b', 'a', 'b']
    """
    return column(words.take(pa.array(places)))


def instances(kind: type[T], table: pd.DataFrame) -> list[T]:
    """Return one frozen dataclass a row, filled from the columns that have its fields' names."""
    names = [field.name for field in dataclasses.fields(kind)]  # type: ignore[arg-type]  # T is a dataclass
    return [kind(**{str(name): value for name, value in row.items()}) for row in table[names].to_dict("records")]


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
    return fixed_width(with_digits(start, np.maximum(numbers, 0), digits, between="-"), present)
