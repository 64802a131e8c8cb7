"""How a column is converted: once for each distinct text, remembering what was done and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.own_data.cell import Cell


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


def by_distinct_text(texts: pa.Array, convert: Callable[[str], Cell], kind: pa.DataType) -> Converted:
    """Convert every distinct text once and give each row its own.

    Examples
    --------
    >>> made = by_distinct_text(pa.array(["a", "", "a"]), lambda text: Cell(text.upper()), pa.string())
    >>> made.values.to_pylist(), made.empty.tolist()
    (['A', '', 'A'], [False, True, False])
    """
    coded = texts.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    cells = [convert(text) for text in coded.dictionary.to_pylist()]
    values = pa.array([cell.value for cell in cells], pa.date32() if pa.types.is_timestamp(kind) else kind)
    bad = np.array([bool(cell.problem) for cell in cells], dtype=bool)
    empty = np.array([cell.value in (None, "") for cell in cells], dtype=bool)
    notes = dict.fromkeys(["", *(cell.note for cell in cells)])
    place = {note: number for number, note in enumerate(notes)}
    note_at = np.array([place[cell.note] for cell in cells], dtype=np.intp)
    return Converted(
        values=values.cast(kind).take(coded.indices),
        empty=empty[codes],
        notes=tuple(notes),
        note_at=note_at[codes],
        problems={int(row): cells[codes[row]].problem for row in np.flatnonzero(bad[codes])},
    )
