"""How a column is converted: once for each distinct text, remembering what was done and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cep_toolkit.own_data.cell import Cell

# What str.strip takes away; Arrow's own list is another.
WHITESPACE = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
Which = Callable[[pa.Array], NDArray[np.bool_]]


@dataclass(frozen=True)
class Converted:
    """One column of one piece of the file, converted.

    Parameters
    ----------
    values : pyarrow.Array
        Null, or an empty text, where there is none.
    empty : array of bool
        Where nothing is stored.
    notes : tuple of str
        What was done to values; the first is empty: nothing.
    note_at : array of int
        For each row, the place of its note in ``notes``.
    problems : dict
        Place in the piece to the reason why the row is refused.
    """

    values: pa.Array
    empty: NDArray[np.bool_]
    notes: tuple[str, ...]
    note_at: NDArray[np.intp]
    problems: dict[int, str] = field(default_factory=dict)

    def count_notes(self, where: NDArray[np.bool_]) -> Counter[str]:
        """Count what was done in the chosen rows."""
        counts = np.bincount(self.note_at[where], minlength=len(self.notes))
        return Counter({note: int(n) for note, n in zip(self.notes, counts, strict=True) if note and n})


def trimmed(texts: pa.Array) -> pa.Array:
    """Return texts without the spaces around them.

    Examples
    --------
    >>> trimmed(pa.array([" a b ", "\N{NO-BREAK SPACE}"])).to_pylist()
    ['a b', '']
    """
    return pc.utf8_trim(texts, characters=WHITESPACE)


def mask(flags: Any) -> NDArray[np.bool_]:
    """Return Arrow's truth values as NumPy's."""
    return np.array(flags.to_numpy(zero_copy_only=False), dtype=bool)


def by_distinct_text(
    texts: pa.Array, convert: Callable[[str], Cell], kind: pa.DataType, stays: Which | None = None
) -> Converted:
    """Convert every distinct text once and give each row its own.

    Parameters
    ----------
    texts : pyarrow.Array
    convert : callable
    kind : pyarrow.DataType
    stays : callable, optional
        Given distinct texts, tells which of them are surely stored as they are: ``convert`` is not asked about these.

    Examples
    --------
    >>> made = by_distinct_text(pa.array(["a", "", "a"]), lambda text: Cell(text.upper()), pa.string())
    >>> made.values.to_pylist(), made.empty.tolist()
    (['A', '', 'A'], [False, True, False])
    """
    coded = texts.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    distinct = coded.dictionary
    asked = ~stays(distinct) if stays else np.ones(len(distinct), dtype=bool)
    cells = dict(zip(np.flatnonzero(asked).tolist(), map(convert, _texts(distinct, asked)), strict=True))
    notes = dict.fromkeys(["", *(cell.note for cell in cells.values())])
    place = {note: number for number, note in enumerate(notes)}
    bad, empty, note_at = (np.zeros(len(distinct), kind) for kind in (np.bool_, np.bool_, np.intp))
    bad[asked] = [bool(cell.problem) for cell in cells.values()]
    empty[asked] = [cell.value in (None, "") for cell in cells.values()]
    note_at[asked] = [place[cell.note] for cell in cells.values()]
    return Converted(
        values=_values(distinct, asked, cells, kind).take(coded.indices),
        empty=empty[codes],
        notes=tuple(notes),
        note_at=note_at[codes],
        problems={int(row): cells[int(codes[row])].problem for row in np.flatnonzero(bad[codes])},
    )


def _texts(texts: pa.Array, chosen: NDArray[np.bool_]) -> list[str]:
    found: list[str] = (texts if chosen.all() else texts.filter(pa.array(chosen))).to_pylist()
    return found


def _values(distinct: pa.Array, asked: NDArray[np.bool_], cells: dict[int, Cell], kind: pa.DataType) -> pa.Array:
    """Return the value of each distinct text."""
    made = pa.array([cell.value for cell in cells.values()], pa.date32() if pa.types.is_timestamp(kind) else kind)
    return made.cast(kind) if asked.all() else pc.replace_with_mask(distinct, pa.array(asked), made)
