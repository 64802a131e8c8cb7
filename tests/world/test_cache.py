from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from cep_toolkit.errors import InputFileError
from cep_toolkit.world import Scenario, World, cache

SCENARIO = Scenario(seed=21, declarations=5_000)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CEP_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_table_is_made_once_and_read_again(folder: Path) -> None:
    first = World(SCENARIO).declarations
    assert len(list(folder.glob("*-declarations.parquet"))) == 1
    pd.testing.assert_frame_equal(World(SCENARIO).declarations, first)


@pytest.mark.parametrize("damage", [b"", b"PAR1 not a table PAR1", None])
def test_a_damaged_file_is_noticed_and_made_again(folder: Path, damage: bytes | None) -> None:
    first = World(SCENARIO).table("controls")
    file = next(folder.glob("*-controls.parquet"))
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] if damage is None else damage)
    pd.testing.assert_frame_equal(World(SCENARIO).table("controls"), first)
    assert file.read_bytes() == whole


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file, not a folder"
    blocked.write_text("")
    monkeypatch.setenv("CEP_CACHE", str(blocked / "cache"))
    assert len(World(SCENARIO).declarations) == 5_000


def test_a_full_disk_leaves_nothing_behind(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: pd.DataFrame, path: str, **_: object) -> None:
        Path(path).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    assert len(World(SCENARIO).declarations) == 5_000
    assert list(folder.iterdir()) == []


def test_the_name_tells_what_it_depends_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    World(SCENARIO).table("offices")
    monkeypatch.setattr(cache, "code_digest", lambda: "another")
    World(SCENARIO).table("offices")
    World(Scenario(seed=22, declarations=5_000)).table("offices")
    assert len(list(folder.glob("*-offices.parquet"))) == 3


@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"tables": {}}'])
def test_a_folder_without_a_sound_manifest_is_refused(tmp_path: Path, text: str | None) -> None:
    if text is not None:
        (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(InputFileError, match=r"manifest"):
        World.from_folder(tmp_path)


def written(folder: Path) -> Path:
    from cep_toolkit.workshop.world_folder import write_world

    return write_world(SCENARIO, folder / "world")


def test_a_written_world_is_read_back(tmp_path: Path) -> None:
    world = World.from_folder(written(tmp_path))
    assert world.is_own_data
    pd.testing.assert_frame_equal(world.table("controls"), World(SCENARIO).table("controls"))


@pytest.mark.parametrize("damage", ["another table", "cut short", "gone"])
def test_a_table_that_is_not_the_one_written_is_refused(tmp_path: Path, damage: str) -> None:
    file = written(tmp_path) / "offices.parquet"
    if damage == "another table":
        World(SCENARIO).table("offices").head(2).to_parquet(file)
    elif damage == "cut short":
        file.write_bytes(file.read_bytes()[:100])
    else:
        file.unlink()
    with pytest.raises(InputFileError, match=r"Import the data again"):
        World.from_folder(tmp_path / "world").table("offices")
