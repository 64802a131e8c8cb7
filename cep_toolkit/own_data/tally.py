"""The counts of an import, added up piece by piece."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.own_data.conversion import Converted
from cep_toolkit.own_data.piece import Piece
from cep_toolkit.own_data.plan import Plan
from cep_toolkit.own_data.report import ColumnCount, Reason

MOST_DIFFERENT = 1_000  # notes of one column, and reasons: a hopeless file must not fill the memory
OTHERS = "for other reasons"


@dataclass
class ColumnTally:
    """What became of one column in the rows kept so far."""

    as_is: int = 0
    converted: int = 0
    empty: int = 0
    how: Counter[str] = field(default_factory=Counter)

    def add(self, made: Converted, kept: NDArray[np.bool_]) -> None:
        """Add the column's part of a piece."""
        empty, noted = made.empty[kept], made.note_at[kept] > 0
        self.empty += int(empty.sum())
        self.converted += int((~empty & noted).sum())
        self.as_is += int((~empty & ~noted).sum())
        for note, rows in made.count_notes(kept).items():
            self.how[note if note in self.how or len(self.how) < MOST_DIFFERENT else OTHERS] += rows


class Tally:
    """What became of a file's columns and of its refused rows so far."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._columns = [ColumnTally() for _ in plan.columns]
        self._reasons: Counter[tuple[str, str]] = Counter()
        self._first_rows: dict[tuple[str, str], int] = {}

    def add(self, piece: Piece) -> None:
        """Add a piece."""
        for tally, (planned, made) in zip(self._columns, piece.columns, strict=True):
            tally.add(made, piece.kept[planned.table])
        for refused in piece.refused:
            said = (refused.column, refused.reason)
            if said not in self._reasons and len(self._reasons) >= MOST_DIFFERENT:
                said = (refused.column, OTHERS)
            self._reasons[said] += 1
            self._first_rows.setdefault(said, refused.row)

    def reasons(self) -> tuple[Reason, ...]:
        """Return why rows were refused, the most frequent reason first."""
        found = [Reason(*said, rows, self._first_rows[said]) for said, rows in self._reasons.items()]
        return tuple(sorted(found, key=lambda reason: (-reason.rows, reason.first_row)))

    def columns(self, rows: dict[str, int]) -> tuple[ColumnCount, ...]:
        """Return the counts of every column that was filled, given the rows of each table."""
        refused: Counter[str] = Counter()
        for (column, _), count in self._reasons.items():
            refused[column] += count
        made = [
            ColumnCount(
                table=planned.table,
                name=planned.target.name,
                source=planned.source.label,
                as_is=tally.as_is,
                converted=tally.converted,
                empty=tally.empty,
                refused=refused.pop(planned.source.label, 0),  # counted once where two columns share a source
                how=MappingProxyType(dict(tally.how)),
            )
            for planned, tally in zip(self._plan.columns, self._columns, strict=True)
        ]
        return (*made, *self._constants(rows))

    def _constants(self, rows: dict[str, int]) -> list[ColumnCount]:
        return [
            ColumnCount(
                constant.table,
                constant.target.name,
                source="",
                as_is=0,
                converted=rows[constant.table],
                empty=0,
                refused=0,
                how=MappingProxyType({f'"{constant.text}" in every row, from the mapping': rows[constant.table]}),
            )
            for constant in self._plan.constants
        ]
