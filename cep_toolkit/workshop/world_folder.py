"""A simulated world written into a folder: tables as Parquet, a manifest, and the truth apart."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cep_toolkit.own_data.folder import whole_folder
from cep_toolkit.world.host import ANALOGUE, Host

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import Scenario

TRUTH = "truth"
NOTE = "A simulated world for training: region, people and firms are invented."


def write_world(
    scenario: Scenario, out: Path, *, with_truth: bool = False, progress: Callable[[str], object] = lambda name: None
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
    progress : callable
        Called with each table's name before it is made.

    Raises
    ------
    StorageError
        The folder is there already and not empty, or cannot be written.
    """
    from cep_toolkit.world import World
    from cep_toolkit.world.truth import Truth

    world = World(scenario)
    with whole_folder(out) as folder:
        tables = {}
        for name in world.tables:
            progress(name)
            tables[name] = _store(world.table(name), folder / f"{name}.parquet")
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
        _store(getattr(truth, name), folder / f"{name}.parquet")
    for name, trace in truth.traces.items():
        _store(trace, folder / f"traces_{name}.parquet")


def _store(table: pd.DataFrame, file: Path) -> dict[str, Any]:
    table.to_parquet(file, compression="zstd", index=False)
    return {"rows": len(table), "sha256": hashlib.sha256(file.read_bytes()).hexdigest()}
