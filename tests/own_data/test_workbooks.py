"""Excel workbooks and Parquet files are read like a text that says the same."""

from __future__ import annotations

import datetime
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cep_toolkit.errors import InputFileError
from cep_toolkit.own_data.mapping import Mapping
from cep_toolkit.world import World
from tests.own_data.made import GOOD, KOREAN, SMALL, Desk, korean_rows, small, small_mapping, text_of

DAY = datetime.datetime(2025, 3, 1)
TYPED = ("A-1", DAY, 847130, "NO", 10.5, 200)


def workbook(rows: list[tuple[Any, ...]], header: tuple[str, ...] = SMALL, sheet: str = "Data") -> bytes:
    """Return a workbook with one worksheet."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    for row in (header, *rows):
        page.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def parquet(columns: dict[str, Any]) -> bytes:
    """Return a Parquet file."""
    stream = io.BytesIO()
    pq.write_table(pa.table(columns), stream)
    return stream.getvalue()


def with_dates(form: str = "DD/MM/YYYY", **more: str) -> Mapping:
    """Return the small mapping for another way of writing dates and numbers."""
    entries = "".join(f", {name}: '{value}'" for name, value in more.items())
    return small_mapping(before=f"file: {{date: {form}{entries}}}")


@pytest.mark.parametrize("kind", ["xlsx", "parquet"])
def test_the_same_table_gives_the_same_bytes(kind: str, tmp_path: Path) -> None:
    rows = korean_rows(120)
    rows[7][-4] = "-1"
    made = {}
    for place in ("csv", kind):
        (tmp_path / f"{place}-{kind}").mkdir()
        desk = Desk(tmp_path / f"{place}-{kind}")
        contents = {
            "csv": lambda: text_of(rows, KOREAN).encode(),
            "xlsx": lambda: workbook([tuple(row) for row in rows], tuple(KOREAN)),
            "parquet": lambda: parquet({name: [row[at] for row in rows] for at, name in enumerate(KOREAN)}),
        }
        report = desk.read(contents[place](), "kcs")
        assert (report.rows_in, report.rows_kept) == (120, 119)
        made[place] = [(desk.out / name).read_bytes() for name in ("declarations.parquet", "controls.parquet")]
    assert made["csv"] == made[kind]


def test_cells_keep_what_they_are(desk: Desk) -> None:
    desk.read(
        workbook([TYPED, (4711, "02/03/2025", "0101.21.00", "NA", "1.234,5", 0.5)]),
        with_dates(decimal=",", thousands="."),
    )
    table = World.from_folder(desk.out).declarations
    assert table["declaration_id"].tolist() == ["A-1", "4711"]
    assert table["date"].tolist() == [pd.Timestamp("2025-03-01"), pd.Timestamp("2025-03-02")]
    assert table["hs"].tolist() == ["847130", "010121"]
    assert table["net_mass_kg"].tolist() == [10.5, 1234.5]
    assert table["customs_value"].tolist() == [200.0, 0.5]


def test_a_number_cell_is_never_taken_for_thousands(desk: Desk) -> None:
    desk.read(workbook([("A-1", DAY, 847130, "NO", 1.234, 1.5)]), with_dates(decimal=",", thousands="."))
    table = World.from_folder(desk.out).declarations
    assert (table["net_mass_kg"][0], table["customs_value"][0]) == (1.234, 1.5)


def test_rows_of_a_worksheet_are_numbered_as_the_spreadsheet_shows_them(desk: Desk) -> None:
    rows = [
        TYPED,
        (),
        ("A-2", DAY, 847130, "NO", "#N/A", 1),
        ("A-3", DAY, "8471", "NO", 1, 1),
        ("A-4", *TYPED[1:], "x"),
    ]
    report = desk.read(workbook(rows))
    assert (report.rows_in, report.rows_kept, report.blank_lines) == (4, 1, 1)
    assert [row[:3] for row in desk.refused] == [
        ["4", "KG", "an error of the spreadsheet, #N/A"],
        ["5", "HS", "4 digits: a chapter or heading does not tell the subheading"],
        ["6", "", "7 fields, where the header has 6"],
    ]


def test_a_number_that_lost_digits_is_no_identifier(desk: Desk) -> None:
    report = desk.read(workbook([TYPED, (202500000000000123, *TYPED[1:])]))
    assert report.rows_kept == 1
    assert desk.refused[0][2].startswith("a number that a spreadsheet has shortened")


def test_a_worksheet_is_chosen_by_name(desk: Desk) -> None:
    assert desk.read(workbook([TYPED], sheet="Items"), with_dates(sheet="Items")).rows_kept == 1
    desk.out = desk.folder / "other"
    with pytest.raises(InputFileError, match=r'it has no worksheet "Itens"\. Valid: Items\.'):
        desk.read(workbook([TYPED], sheet="Items"), with_dates(sheet="Itens"))


def test_an_empty_worksheet_is_refused(desk: Desk) -> None:
    with pytest.raises(InputFileError, match="the worksheet is empty"):
        desk.read(workbook([], ()))
    assert desk.left == []


def test_a_zip_archive_is_no_workbook(desk: Desk) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("readme.txt", "nothing")
    with pytest.raises(InputFileError, match="this is a zip archive, but no Excel workbook that can be opened"):
        desk.read(stream.getvalue())


def test_a_workbook_that_unpacks_too_large_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cep_toolkit.own_data.workbook_file.LARGEST_PART", 500)
    with pytest.raises(InputFileError, match="unpacks to more than can be read"):
        desk.read(workbook([TYPED]))


def test_columns_of_parquet_keep_what_they_are(desk: Desk) -> None:
    columns = {
        "ID": pa.array([4711, 4712, 4713, 4714]),
        "DATE": pa.array([DAY, DAY.replace(hour=14), None, DAY]),
        "HS": pa.array([847130.0, 10121.0, 847130.0, 8471.5]),
        "ORI": pa.array(["NO", "NA", "NO", "NO"]).dictionary_encode(),
        "KG": pa.array([1.234, 1e-5, 3.0, 4.0]),
        "VALUE": pa.array([1, 2, 3, 4]).cast(pa.decimal128(24, 2)),
    }
    report = desk.read(parquet(columns), with_dates(decimal=",", thousands="."))
    table = World.from_folder(desk.out).declarations
    assert table["declaration_id"].tolist() == ["4711", "4712"]
    assert table["hs"].tolist() == ["847130", "010121"]
    assert table["net_mass_kg"].tolist() == [1.234, 0.0]
    assert table["customs_value"].tolist() == [1.0, 2.0]
    assert [row[:2] for row in desk.refused] == [["3", "DATE"], ["4", "HS"]]
    assert report.rows_in == 4


def test_what_no_row_may_hold_is_refused_in_parquet_too(desk: Desk) -> None:
    rows = [GOOD, small(ID="A-2", ORI="N\0"), small(ID="A-3" + "x" * 10_000), small(ID="A-4")]
    report = desk.read(parquet({name: [row[at] for row in rows] for at, name in enumerate(SMALL)}))
    assert (report.rows_kept, [row[:3] for row in desk.refused]) == (
        2,
        [["2", "ORI", "a NUL character"], ["3", "ID", "10,003 characters; at most 10,000 are read"]],
    )


def test_lists_are_no_single_values(desk: Desk) -> None:
    columns = {name: [value] for name, value in zip(SMALL, GOOD, strict=True)} | {"KG": pa.array([[1.0]])}
    with pytest.raises(InputFileError, match='column "KG" holds list<'):
        desk.read(parquet(columns))


def test_an_unused_column_may_hold_anything(desk: Desk) -> None:
    columns = {name: [value] * 2 for name, value in zip(SMALL, small(KG="-1"), strict=True)} | {
        "L": pa.array([[1], [2]])
    }
    columns |= {"KG": ["1", "-1"], "ID": ["a", "b"]}
    desk.read(parquet(columns))
    assert desk.refused[0][-2] == "[2]"
