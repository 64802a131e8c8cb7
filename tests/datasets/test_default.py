"""The default world as CSV: made again byte for byte, small, safe to open, and no part of what worlds are made from."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from cep_toolkit.errors import OutOfRangeError
from cep_toolkit.own_data.refused import STARTS_A_FORMULA
from cep_toolkit.workshop.spreadsheets import MEGABYTE, shortened, write_spreadsheets
from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.columns import tables

SCENARIO, MOST = Scenario(declarations=5_000), 5
AGAIN = "rm -r datasets/default, then cep world --declarations 5000 --csv datasets/default --megabytes 5"
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def kept() -> dict[str, bytes]:
    """Return the files in the repository."""
    return {file.name: file.read_bytes() for file in sorted((ROOT / "datasets" / "default").iterdir())}


def rows(kept: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(kept[f"{name}.csv"].decode("utf-8-sig"))))


def test_the_files_are_what_the_command_writes(kept: dict[str, bytes], tmp_path: Path) -> None:
    write_spreadsheets(SCENARIO, tmp_path / "again", MOST)
    again = {file.name: file.read_bytes() for file in sorted((tmp_path / "again").iterdir())}
    assert sorted(again) == sorted(kept), AGAIN
    assert not [name for name in again if again[name] != kept[name]], AGAIN


def test_every_table_is_there_and_all_together_are_small(kept: dict[str, bytes]) -> None:
    assert set(kept) == {f"{name}.csv" for name in World(SCENARIO).tables} | {"README.md"}
    assert sum(map(len, kept.values())) <= MOST * MEGABYTE


def test_the_cells_are_the_tables(kept: dict[str, bytes]) -> None:
    table = World(SCENARIO).declarations
    read = rows(kept, "declarations")
    assert len(read) == len(table)
    assert [row["hs"] for row in read] == list(table["hs"].astype("str"))
    assert [float(row["customs_value"]) for row in read] == list(table["customs_value"])
    assert [row["date"] for row in read] == list(table["date"].dt.strftime("%Y-%m-%d"))
    assert {row["aeo"] for row in read} <= {"yes", "no"}


def test_a_cut_table_keeps_its_first_rows_and_the_readme_says_so(kept: dict[str, bytes]) -> None:
    told = kept["README.md"].decode()
    for name in World(SCENARIO).tables:
        whole, read = World(SCENARIO).table(name), rows(kept, name)
        key = tables()[name][0].name
        assert [row[key].removeprefix("'") for row in read] == list(whole[key].head(len(read)).astype("str"))
        said = f"{len(whole):,} rows; **cut**: the first {len(read):,} of {len(whole):,}."
        assert (said in told) == (len(read) < len(whole))


def test_what_other_tables_point_to_is_whole(kept: dict[str, bytes]) -> None:
    for name, columns in tables().items():
        for column in columns:
            for rule in column.rule.split("; "):
                target, _, key = rule.removeprefix("-> ").partition(".")
                if rule.startswith("-> ") and target != name:
                    there = {row[key] for row in rows(kept, target)}
                    assert {row[column.name] for row in rows(kept, name)} - {""} <= there


def test_no_cell_starts_a_formula(kept: dict[str, bytes]) -> None:
    for name, table in ((name, World(SCENARIO).table(name)) for name in World(SCENARIO).tables):
        words = [column for column in table.columns if not pd.api.types.is_numeric_dtype(table[column])]
        for row in rows(kept, name):
            assert not [column for column in words if row[column].startswith(STARTS_A_FORMULA)]


def test_excel_on_windows_knows_the_letters(kept: dict[str, bytes]) -> None:
    sheets = [text for name, text in kept.items() if name.endswith(".csv")]
    assert all(text.startswith(b"\xef\xbb\xbf") and b"\r" not in text for text in sheets)


def test_worlds_are_not_made_from_it() -> None:
    assert "default" not in reference.checksums()
    assert not {line.split("  ")[1] for line in reference.checksums().splitlines()} & {"declarations.csv", "calls.csv"}


def test_the_wheel_leaves_it_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT))
    from hatch_build import Datasets

    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook = Datasets(str(ROOT), {}, None, None, "", "wheel")  # type: ignore[arg-type]  # it asks its root only
    hook.initialize("standard", data)
    packed = {Path(name).name for name in data["force_include"].values()}
    assert {f"{name}.csv" for name in reference.names()} | {reference.CHECKSUMS, "region_map.geojson"} <= packed
    assert not [name for name in data["force_include"] if "default" in Path(name).parts]
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert "custom" in settings["tool"]["hatch"]["build"]["targets"]["wheel"]["hooks"]


def test_too_little_room_is_refused() -> None:
    with pytest.raises(OutOfRangeError, match="megabytes is 0; allowed is more"):
        shortened({"offices": [b"123"] * 9, "calls": [b"12"]}, 10)


def test_small_tables_stay_whole_while_large_ones_share_the_room() -> None:
    made = shortened({"calls": [b"1"] * 50, "payments": [b"1"] * 70, "refunds": [b"1"] * 5}, 65)
    assert {name: len(lines) for name, lines in made.items()} == {"calls": 30, "payments": 30, "refunds": 5}
