"""One piece of the file: its records converted, and sorted into those kept and those refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cep_toolkit.own_data.batch import Batch
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


def convert_piece(batch: Batch, plan: Plan, repeated: Repeated) -> Piece:
    """Convert rows; a row is kept whole or refused whole.

    Parameters
    ----------
    batch : Batch
    plan : Plan
    repeated : callable
        Given identifiers and rows, gives the place of each that stood in an earlier row, with that row.
    """
    columns = [(planned, planned.converted(batch.texts)) for planned in plan.columns]
    controlled = plan.where_controlled(batch.texts)
    problems = _problems(columns, controlled)
    kept = np.ones(len(batch), dtype=bool)
    kept[list(problems)] = False
    problems |= _repeated(columns, batch.numbers, kept, repeated)
    kept[list(problems)] = False
    refused = [_ill_formed(record, plan) for record in batch.bad]
    refused += [
        Refused(int(batch.numbers[place]), found.column, found.reason, plan.shown(batch.fields(place)), found.detail)
        for place, found in problems.items()
    ]
    return Piece(columns, {DECLARATIONS: kept, CONTROLS: kept & controlled}, sorted(refused))


def _ill_formed(record: Record, plan: Plan) -> Refused:
    column = "" if record.place == WHOLE_ROW else plan.header[record.place]
    return Refused(record.number, column, record.problem, plan.shown(record.fields, well_formed=False))


def _problems(columns: list[Column], controlled: NDArray[np.bool_]) -> dict[int, Problem]:
    """Return the first problem of each row."""
    found: dict[int, Problem] = {}
    for planned, made in columns:
        for place, problem in made.problems.items():
            if planned.table == DECLARATIONS or controlled[place]:
                found.setdefault(place, Problem(planned.source.label, problem))
    return found


def _repeated(
    columns: list[Column], numbers: NDArray[np.int64], kept: NDArray[np.bool_], repeated: Repeated
) -> dict[int, Problem]:
    """Return the rows whose number stood in an earlier row that was kept."""
    planned, made = next(column for column in columns if column[0].target.name == IDENTIFIER)
    places = np.flatnonzero(kept)
    found = repeated(made.values.take(pa.array(places)).to_pylist(), numbers[places].tolist())
    return {int(places[i]): Problem(planned.source.label, REPEATED, f": row {row}") for i, row in found.items()}
