"""The counts of an import, added up piece by piece."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from types import MappingProxyType

import numpy as np

from cep_toolkit.own_data.conversion import Converted
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.own_data.piece import Piece
from cep_toolkit.own_data.plan import Plan, Planned, columns_missing
from cep_toolkit.own_data.report import ColumnCount, Reason

MOST_DIFFERENT = 1_000  # notes of one column, and reasons: a hopeless file must not fill the memory
OTHERS = "other notes or reasons"


@dataclass
class ColumnTally:
    """What became of one column in the rows kept so far."""

    as_is: int = 0
    converted: int = 0
    empty: int = 0
    how: Counter[str] = field(default_factory=Counter)

    def add(self, made: Converted, kept: np.ndarray) -> None:
        """Add the column's part of a piece."""
        empty, noted = made.empty[kept], made.note_at[kept] > 0
        self.empty += int(empty.sum())
        self.converted += int((~empty & noted).sum())
        self.as_is += int((~empty & ~noted).sum())
        for note, rows in made.count_notes(kept).items():
            self.how[note if note in self.how or len(self.how) < MOST_DIFFERENT else OTHERS] += rows


@dataclass
class Tally:
    """What became of a file's columns and of its refused rows so far."""

    plan: Plan
    columns: list[ColumnTally] = field(default_factory=list)
    refused: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    first_rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.columns = [ColumnTally() for _ in self.plan.columns]
