"""A world written to a folder is the world read back, with the truth apart or absent."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from cep_toolkit.errors import StorageError, UnknownValueError
from cep_toolkit.workshop.world_folder import write_world
from cep_toolkit.world import Scenario, World

SCENARIO = Scenario(declarations=5_000)


def test_tables_come_back_as_they_were(tmp_path: Path) -> None:
    seen: list[str] = []
    write_world(SCENARIO, tmp_path / "new" / "world", progress=seen.append)
    back, world = World.from_folder(tmp_path / "new" / "world"), World(SCENARIO)
    assert back.tables == world.tables == tuple(seen)
    assert (back.currency, back.fingerprint) == (world.currency, world.fingerprint)
    for name in world.tables:
        pd.testing.assert_frame_equal(back.table(name), world.table(name))
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["world"]


def test_a_large_world_is_written_in_pieces_and_read_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.workshop.world_folder.LARGE", 4_000)
    monkeypatch.setattr("cep_toolkit.world.pieces.pieces.__defaults__", (2_000,))
    write_world(SCENARIO, tmp_path / "world", names=["declarations", "offices"])
    back = World.from_folder(tmp_path / "world")
    assert back.tables == ("declarations", "offices")
    assert pq.ParquetFile(tmp_path / "world" / "declarations.parquet").num_row_groups == 3
    pd.testing.assert_frame_equal(back.declarations, World(SCENARIO).declarations)


def test_an_unknown_table_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "offices"'):
        write_world(SCENARIO, tmp_path / "world", names=["office"])


def test_the_truth_is_written_only_on_request_and_apart(tmp_path: Path) -> None:
    write_world(SCENARIO, tmp_path / "without")
    write_world(SCENARIO, tmp_path / "with", with_truth=True)
    public = {path.name for path in (tmp_path / "without").iterdir()}
    assert {path.name for path in (tmp_path / "with").iterdir()} == public | {"truth"}
    assert "illicit" in pd.read_parquet(tmp_path / "with" / "truth" / "declarations.parquet").columns


def test_an_empty_folder_is_taken_and_a_full_one_left(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    write_world(SCENARIO, tmp_path / "empty")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    with pytest.raises(StorageError, match="there already and not empty"):
        write_world(SCENARIO, tmp_path / "full")
    assert (tmp_path / "full" / "mine.txt").read_text() == "mine"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*given: Any, **options: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("cep_toolkit.workshop.world_folder.store", full)
    with pytest.raises(StorageError, match="the disk is full"):
        write_world(SCENARIO, tmp_path / "world")
    assert list(tmp_path.iterdir()) == []
