"""The tables of an import, written piece by piece as Parquet."""

from __future__ import annotations

import json
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from cep_toolkit.own_data.converters import STORED_AS
from cep_toolkit.own_data.piece import Piece
from cep_toolkit.own_data.plan import Plan
from cep_toolkit.own_data.targets import CONTROLS, DECLARATIONS, IDENTIFIER, Kind
from cep_toolkit.world.columns import tables

# Without this pandas turns a column with gaps into objects, or whole numbers into decimal ones.
NULLABLE = {Kind.YES_NO: ("bool", "boolean"), Kind.COUNT: ("int64", "Int64")}


class Tables:
    """``declarations.parquet`` and, where the file tells of controls, ``controls.parquet``.

    Parameters
    ----------
    folder : Path
    plan : Plan

    Attributes
    ----------
    rows : dict
        Rows written, by table.
    """

    def __init__(self, folder: Path, plan: Plan) -> None:
        self._plan = plan
        self._schemas = {name: schema for name in (DECLARATIONS, CONTROLS) if (schema := _schema(name, plan))}
        self.rows = dict.fromkeys(self._schemas, 0)
        with ExitStack() as files:  # should the second file fail, the first is closed
            self._writers = {
                name: _writer(folder / f"{name}.parquet", schema, files) for name, schema in self._schemas.items()
            }
            self._files = files.pop_all()

    def __enter__(self) -> Tables:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.close()

    def add(self, piece: Piece) -> None:
        """Write the rows that were kept."""
        for name, writer in self._writers.items():
            table = piece.table(name, self._plan, self._schemas[name])
            writer.write_table(table)
            self.rows[name] += len(table)


def _writer(path: Path, schema: pa.Schema, files: ExitStack) -> pq.ParquetWriter:
    writer = pq.ParquetWriter(files.enter_context(path.open("wb")), schema, compression="zstd")
    files.callback(_finish, writer)
    return writer


def _finish(writer: pq.ParquetWriter) -> None:
    try:
        writer.close()
    finally:
        writer.is_open = False  # on a full disk it would try again when it is collected


def _schema(name: str, plan: Plan) -> pa.Schema | None:
    """Return the columns that can be filled, in the course's order; None if there is none."""
    columns = [(column.table, column.target) for column in plan.columns]
    columns += [(constant.table, constant.target) for constant in plan.constants]
    filled = {target.name: target.kind for table, target in columns if table == name}
    if not filled:
        return None
    filled[IDENTIFIER] = Kind.IDENTIFIER
    kinds = {column: filled[column] for column, _, _, _ in tables()[name] if column in filled}
    fields = [pa.field(column, STORED_AS[kind]) for column, kind in kinds.items()]
    return pa.schema(fields, {"pandas": json.dumps(_for_pandas(kinds))})


def _for_pandas(kinds: dict[str, Kind]) -> dict[str, object]:
    columns = [
        {"name": name, "field_name": name, "pandas_type": stored, "numpy_type": shown, "metadata": None}
        for name, kind in kinds.items()
        if kind in NULLABLE
        for stored, shown in [NULLABLE[kind]]
    ]
    return {"columns": columns, "index_columns": [], "column_indexes": []}
