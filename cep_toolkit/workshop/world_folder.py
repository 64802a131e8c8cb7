"""A simulated world written into a folder: tables as Parquet, a manifest, and the truth apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.world.host import ANALOGUE, Host

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import Scenario

TRUTH = "truth"
LARGE = 1_000_000
NOTE = "A simulated world for training: region, people and firms are invented."


def write_world(
    scenario: Scenario,
    out: Path,
    *,
    with_truth: bool = False,
    names: Sequence[str] = (),
    progress: Callable[[str], object] = lambda name: None,
) -> Path:
    """Write every public table of a world, and on request its truth in a folder of its own.

    ``World.from_folder(out)`` reads the tables back. Nothing is left behind where writing fails.

    Parameters
    ----------
    scenario : Scenario
    out : Path
        The folder to make; it must not be there yet, or be empty.
    with_truth : bool
        Write ``truth/`` too: for those who mark, never for participants.
    names : sequence of str
        The tables to write; every one where none is named. Above a million rows declarations are made and written in
        pieces, so that memory does not grow with the year.
    progress : callable
        Called with each table's name before it is made.

    Raises
    ------
    UnknownValueError
        There is no such table.
    StorageError
        The folder is there already and not empty, or cannot be written.
    """
    from cep_toolkit.world import World
    from cep_toolkit.world.engine import engine_of
    from cep_toolkit.world.pieces import pieces
    from cep_toolkit.world.truth import Truth

    world = World(scenario)
    if unknown := [name for name in names if name not in world.tables]:
        raise UnknownValueError("table", unknown[0], world.tables)
    with whole_folder(out) as folder:
        tables = {}
        for name in names or world.tables:
            progress(name)
            in_pieces = name == "declarations" and scenario.declarations > LARGE
            parts = pieces(engine_of(scenario)) if in_pieces else [world.table(name)]
            tables[name] = store(parts, folder / f"{name}.parquet")
        if with_truth:
            progress(TRUTH)
            _store_truth(Truth(scenario), folder / TRUTH)
        text = json.dumps(_manifest(scenario, world.currency, tables), indent=1, ensure_ascii=False)
        (folder / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return out


def _manifest(scenario: Scenario, currency: str, tables: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "kind": "simulated world",
        "edition": scenario.edition,
        "currency": currency,
        "fingerprint": scenario.fingerprint,
        "scenario": asdict(scenario),
        "tables": tables,
        "notes": [ANALOGUE if Host.of(scenario.administration).national else NOTE],
    }


def _store_truth(truth: Any, folder: Path) -> None:
    folder.mkdir()
    for name in ("declarations", "plots", "acts", "knowledge"):
        store([getattr(truth, name)], folder / f"{name}.parquet")
    for name, trace in truth.traces.items():
        store([trace], folder / f"traces_{name}.parquet")


def store(parts: Iterable[pd.DataFrame], file: Path) -> dict[str, Any]:
    """Write a table that comes in one part or several, one row group a part."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows, writer = 0, None
    try:
        for part in parts:
            made = pa.Table.from_pandas(part, preserve_index=False)
            writer = writer or pq.ParquetWriter(file, made.schema, compression="zstd")
            writer.write_table(made, row_group_size=max(len(part), 1))
            rows += len(part)
    finally:
        if writer:
            writer.close()
    with file.open("rb") as written:
        return {"rows": rows, "sha256": hashlib.file_digest(written, "sha256").hexdigest()}
