"""How values are converted: once for each distinct text, remembering what was changed and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.own_data.mapping import Source

if TYPE_CHECKING:
    from datetime import date

    Value = str | int | bool | date | None

EMPTY = "empty, but every declaration needs it"


class Cell(NamedTuple):
    """What one text became: a value, or the reason why there is none.

    Parameters
    ----------
    value : text, number, date or None
    problem : str
        Why the row must be refused; empty if it need not be.
    note : str
        What was done to the value, for the report; empty if nothing.
    """

    value: Value = None
    problem: str = ""
    note: str = ""


@dataclass(frozen=True)
class Converted:
    """One column of one piece of the file, converted.

    Parameters
    ----------
    values : pyarrow.Array
        Null, or an empty text, where there is none.
    empty, altered : array of bool
        Where the file says nothing; where the stored value is not the written one.
    problems : dict
        Place in the piece to the reason why the row is refused.
    noted : dict
        What was done, to where it was done.
    """

    values: pa.Array
    empty: NDArray[np.bool_]
    altered: NDArray[np.bool_]
    problems: dict[int, str] = field(default_factory=dict)
    noted: dict[str, NDArray[np.bool_]] = field(default_factory=dict)

    def count_notes(self, where: NDArray[np.bool_]) -> Counter[str]:
        """Count what was done in the chosen rows."""
        counts = {note: int((places & where).sum()) for note, places in self.noted.items()}
        return Counter({note: count for note, count in counts.items() if count})


def by_distinct_text(texts: pa.Array, convert: Callable[[str], Cell], kind: pa.DataType) -> Converted:
    """Convert every distinct text once and give each row its own.

    Examples
    --------
    >>> made = by_distinct_text(pa.array(["a", "", "a"]), lambda text: Cell(text.upper()), pa.string())
    >>> made.values.to_pylist(), made.altered.tolist(), made.empty.tolist()
    (['A', '', 'A'], [True, False, True], [False, True, False])
    """
    coded = texts.dictionary_encode()
    codes = coded.indices.to_numpy(zero_copy_only=False)
    written = coded.dictionary.to_pylist()
    cells = [convert(text) for text in written]
    values = pa.array([cell.value for cell in cells], type=kind).take(coded.indices)
    empty = np.array([cell.value in (None, "") and not cell.problem for cell in cells], dtype=bool)
    altered = np.array(
        [not cell.problem and _shown(cell.value) != text for cell, text in zip(cells, written, strict=True)],
        dtype=bool,
    )
    refused = np.flatnonzero(np.array([bool(cell.problem) for cell in cells], dtype=bool)[codes])
    notes = np.array([cell.note for cell in cells], dtype=object)
    return Converted(
        values=values,
        empty=empty[codes],
        altered=altered[codes],
        problems={int(place): cells[codes[place]].problem for place in refused},
        noted={str(note): (notes == note)[codes] for note in dict.fromkeys(notes) if note},
    )


def _shown(value: Value) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def looked_up(text: str, source: Source) -> Cell:
    """Return what a code list makes of a text; without a list, the text itself.

    Examples
    --------
    >>> source = Source(("MODE",), codes={"1": "sea", "4*": "air"}, otherwise="empty")
    >>> looked_up("1", source).value, looked_up("40", source).value, looked_up("9", source).value
    ('sea', 'air', '')
    """
    if not source.codes:
        return Cell(text)
    if text in source.codes:
        return Cell(source.codes[text], note="read by the code list")
    for pattern, meaning in source.codes.items():
        if ("*" in pattern or "?" in pattern) and fnmatchcase(text, pattern):
            return Cell(meaning, note="read by the code list")
    if source.otherwise == "keep":
        return Cell(text)
    if source.otherwise == "empty":
        return Cell("", note="code not in the list, left empty")
    return Cell("", problem="not in the code list of the mapping")
