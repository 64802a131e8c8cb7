"""One piece of the file: its records converted, and sorted into those kept and those refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.own_data.conversion import Converted
from cep_toolkit.own_data.plan import Plan, Planned
from cep_toolkit.own_data.records import WHOLE_ROW, Record
from cep_toolkit.own_data.refused import Refused
from cep_toolkit.own_data.targets import CONTROLS, DECLARATIONS, IDENTIFIER

REPEATED = "this number stands in an earlier row too"
Repeated = Callable[[Sequence[str], Sequence[int]], dict[int, int]]
Column = tuple[Planned, Converted]


class Problem(NamedTuple):
    """Why a row is refused; see ``Refused``."""

    column: str
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Piece:
    """What became of some records.

    Parameters
    ----------
    columns : list of (Planned, Converted)
        All that were well formed.
    kept : dict
        For each table, which of those are stored in it.
    refused : list of Refused
        In the order of the file.
    """

    columns: list[Column]
    kept: dict[str, NDArray[np.bool_]]
    refused: list[Refused]

    def table(self, name: str, plan: Plan, schema: pa.Schema) -> pa.Table:
        """Return the rows to be stored in one table."""
        rows = pa.array(np.flatnonzero(self.kept[name]))
        arrays = {
            planned.target.name: made.values.take(rows)
            for planned, made in self.columns
            if planned.table == name or planned.target.name == IDENTIFIER
        }
        constants = (constant for constant in plan.constants if constant.table == name)
        arrays |= {constant.target.name: pa.repeat(constant.value, len(rows)) for constant in constants}
        return pa.Table.from_arrays([arrays[column] for column in schema.names], schema=schema)


def convert_piece(records: Sequence[Record], plan: Plan, repeated: Repeated) -> Piece:
    """Convert records; a row is kept whole or refused whole.

    Parameters
    ----------
    records : list of Record
    plan : Plan
    repeated : callable
        Given identifiers and rows, gives the place of each that stood in an earlier row, with that row.
    """
    refused = [_ill_formed(record, plan.header) for record in records if record.problem]
    good = [record for record in records if not record.problem]
    texts = list(zip(*(record.fields for record in good), strict=True)) or [()] * len(plan.header)
    columns = [(planned, planned.converted(texts)) for planned in plan.columns]
    controlled = plan.where_controlled(texts)
    problems = _problems(columns, controlled)
    problems |= _repeated(columns, good, problems, repeated)
    refused += [
        Refused(good[place].number, found.column, found.reason, good[place].fields, found.detail)
        for place, found in problems.items()
    ]
    kept = np.ones(len(good), dtype=bool)
    kept[list(problems)] = False
    return Piece(columns, {DECLARATIONS: kept, CONTROLS: kept & controlled}, sorted(refused))


def _ill_formed(record: Record, header: tuple[str, ...]) -> Refused:
    column = "" if record.place == WHOLE_ROW else header[record.place]
    return Refused(record.number, column, record.problem, record.fields)


def _problems(columns: list[Column], controlled: NDArray[np.bool_]) -> dict[int, Problem]:
    """Return the first problem of each row."""
    found: dict[int, Problem] = {}
    for planned, made in columns:
        for place, problem in made.problems.items():
            if planned.table == DECLARATIONS or controlled[place]:
                found.setdefault(place, Problem(planned.source.label, problem))
    return found


def _repeated(
    columns: list[Column], good: list[Record], problems: dict[int, Problem], repeated: Repeated
) -> dict[int, Problem]:
    """Return the rows whose number stood in an earlier row that was kept."""
    planned, made = next(column for column in columns if column[0].target.name == IDENTIFIER)
    places = [place for place in range(len(good)) if place not in problems]
    identifiers = made.values.take(pa.array(places, pa.int64())).to_pylist()
    found = repeated(identifiers, [good[place].number for place in places])
    return {places[i]: Problem(planned.source.label, REPEATED, f": row {row}") for i, row in found.items()}
