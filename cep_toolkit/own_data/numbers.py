"""Numbers, a whole column at a time: read, scaled, and rounded to what the course stores."""

from __future__ import annotations

import re
from typing import Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.own_data.cell import EMPTY
from cep_toolkit.own_data.conversion import Converted, mask, trimmed
from cep_toolkit.own_data.mapping import FileFormat, Source
from cep_toolkit.own_data.targets import Target

LARGEST = 9e12  # in thousandths still a whole number that a float64 holds exactly
_NUMBER = r"^[+-]?([0-9]{1,18}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?$"


class Convert(Protocol):
    """What turns the texts of one column into its values; numbers may have a factor in each row."""

    def __call__(self, texts: pa.Array, factors: Converted | None = None, /) -> Converted:
        """Return the values."""


def number_converter(target: Target, source: Source, file: FileFormat) -> Convert:
    """Return what turns texts into the numbers of one column.

    Examples
    --------
    >>> mass = Target("net_mass_kg", "number", decimals=3)
    >>> convert = number_converter(mass, Source(("T",), times=1000), FileFormat(decimal=",", thousands="."))
    >>> convert(pa.array(["1.234,5", "-1", "abc", ""])).values.to_pylist()
    [1234500.0, None, None, None]
    >>> convert(pa.array(["1.234,5", "-1", "abc", ""])).problems
    {2: 'not a number with a decimal comma', 1: 'negative'}
    """
    grouped = _grouped(file) if file.thousands else ""
    step = 10.0**target.decimals
    by_row = f"multiplied by what {source.needed[-1]} says" if source.columns else ""
    steps = (f"multiplied by {source.times:,g}", by_row, _mark_note(file), f"rounded to {1 / step:g}")
    no_number = f"not a number with a decimal {'comma' if file.decimal == ',' else 'point'}"

    def convert(texts: pa.Array, factors: Converted | None = None, /) -> Converted:
        written_so = trimmed(texts)
        empty = mask(pc.is_in(written_so, value_set=pa.array(file.empty, pa.string())))
        plain = _plain(written_so, file, grouped)
        shaped = mask(pc.match_substring_regex(plain, _NUMBER)) & ~empty
        factor, unknown = _by_row(factors, ~shaped)
        written = _floats(plain, shaped) * source.times * factor
        stored = np.rint(written * step) / step + 0.0  # no negative zero
        reasons = {
            no_number: ~shaped & ~empty,
            "negative": shaped & (written < 0),
            f"larger than {LARGEST:,.0f}": shaped & (written > LARGEST),
            EMPTY: empty & target.required,
        }
        good = shaped & (written >= 0) & (written <= LARGEST)
        good[list(unknown)] = False
        # A difference below a billionth is how a float64 is written, not rounding.
        rounded = ~np.isclose(stored, written, rtol=1e-12, atol=1e-9, equal_nan=True)
        done = (np.full(len(good), source.times != 1), factor != 1, mask(pc.not_equal(plain, written_so)), rounded)
        notes, note_at = _notes(steps, [places & good for places in done])
        problems = {int(i): reason for reason, places in reasons.items() for i in np.flatnonzero(places)} | unknown
        return Converted(pa.array(stored, pa.float64(), mask=~good), ~good, notes, note_at, problems)

    return convert


def _by_row(factors: Converted | None, without: NDArray[np.bool_]) -> tuple[NDArray[np.float64], dict[int, str]]:
    """Return each row's factor, and the problems of those that have a number to multiply."""
    if factors is None:
        return np.ones(len(without)), {}
    found = factors.values.fill_null(1.0).to_numpy(zero_copy_only=False)
    return found, {at: problem for at, problem in factors.problems.items() if not without[at]}


def _mark_note(file: FileFormat) -> str:
    marks = [f'decimal "{file.decimal}"'] if file.decimal != "." else []
    marks += [f'thousands "{file.thousands}"'] if file.thousands else []
    return f"read with {', '.join(marks)}"


def _notes(steps: tuple[str, ...], done: list[NDArray[np.bool_]]) -> tuple[tuple[str, ...], NDArray[np.intp]]:
    """Return every combination of steps as one note, and which of them was taken in each row."""
    numbers = range(2 ** len(steps))
    notes = ["; ".join(step for place, step in enumerate(steps) if number >> place & 1) for number in numbers]
    note_at = sum((places.astype(np.intp) << place for place, places in enumerate(done)), np.intp(0))
    return tuple(notes), np.asarray(note_at, dtype=np.intp)


def _grouped(file: FileFormat) -> str:
    """Return the pattern of a number with its thousands set apart."""
    mark, point = re.escape(file.thousands), re.escape(file.decimal)
    return rf"^[+-]?[0-9]{{1,3}}(?:{mark}[0-9]{{3}})+(?:{point}[0-9]*)?$"


def _plain(texts: pa.Array, file: FileFormat, grouped: str) -> pa.Array:
    """Return the numbers with a decimal point and nothing between thousands.

    A mark that does not stand between groups of three stays, so that "1,5" is never read as 15.
    """
    if grouped:
        joined = pc.replace_substring(texts, file.thousands, "")
        texts = pc.if_else(pc.match_substring_regex(texts, grouped), joined, texts)
    if file.decimal == ",":  # a point that is left must not become the decimal point
        texts = pc.replace_substring(pc.replace_substring(texts, ".", "?"), ",", ".")
    return texts


def _floats(texts: pa.Array, shaped: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the numbers, correctly rounded; not-a-number where the text is none."""
    read = pc.cast(pc.if_else(pa.array(shaped), texts, None), pa.float64())
    return np.asarray(read.to_numpy(zero_copy_only=False), dtype=np.float64)
