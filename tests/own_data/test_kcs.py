"""The Korean layout: a made file of it, and the public file itself where it lies at hand."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from cep_toolkit.own_data import import_declarations, load_mapping
from cep_toolkit.world import World
from tests.own_data.made import KOREAN, Desk, korean_rows, text_of

NOT_USED = ("Process Type", "Import Type", "Import Use", "Payment Type", "Courier ID", "Country of Origin Indicator")
ROOT = Path(__file__).resolve().parents[2]
USUAL_PLACE = ROOT.parent / "shared" / "data" / "kcs_import_declarations" / "df_syn_train_eng.csv"


def test_a_made_file_is_read_whole(desk: Desk) -> None:
    rows = korean_rows(400)
    report = desk.read(text_of(rows, KOREAN), "kcs")
    assert (report.rows_in, report.rows_kept, report.rows_refused) == (400, 400, 0)
    assert report.not_used == NOT_USED
    declarations = World.from_folder(desk.out).declarations
    place = {name: number for number, name in enumerate(KOREAN)}
    for name, source in (("hs", "HS6 Code"), ("origin", "Country of Origin"), ("importer_id", "Importer ID")):
        assert declarations[name].tolist() == [row[place[source]] for row in rows]
    assert declarations["net_mass_kg"].tolist() == [float(row[place["Net Mass"]]) for row in rows]
    assert declarations["customs_value"].tolist() == [float(row[place["Item Price"]]) for row in rows]


def test_controls_hold_what_was_found(desk: Desk) -> None:
    rows = korean_rows(400)
    desk.read(text_of(rows, KOREAN), "kcs")
    controls = World.from_folder(desk.out).controls
    assert controls["declaration_id"].tolist() == [row[0] for row in rows]
    assert controls["finding"].tolist() == ["none" if row[-2] == "0" else "other" for row in rows]
    assert controls["remark"].tolist() == ["Critical Fraud 2" if row[-1] == "2" else "" for row in rows]


def test_every_column_of_a_made_file_is_accounted_for(desk: Desk) -> None:
    report = desk.read(text_of(korean_rows(200), KOREAN), "kcs")
    used = {column.source for column in report.columns}
    assert used | set(report.not_used) == set(KOREAN)
    for column in report.columns:
        assert column.as_is + column.converted + column.empty == report.tables[column.table]


def test_bad_rows_of_the_layout_are_named(desk: Desk) -> None:
    rows = korean_rows(20)
    rows[3][KOREAN.index("Net Mass")] = "-4.0"
    rows[5][KOREAN.index("Date")] = "2020-02-30"
    rows[7][KOREAN.index("Declaration ID")] = rows[1][0]
    rows[9][KOREAN.index("Fraud")] = "7"
    rows[11] = rows[11][:9]
    report = desk.read(text_of(rows, KOREAN), "kcs")
    assert (report.rows_kept, report.rows_refused) == (15, 5)
    assert [row[:3] for row in desk.refused] == [
        ["5", "Net Mass", "negative"],
        ["7", "Date", "no such day in the calendar"],
        ["9", "Declaration ID", "this number stands in an earlier row too: row 3"],
        ["11", "Fraud", "not in the code list of the mapping"],
        ["13", "", "9 fields, where the header has 22"],
    ]


def test_the_notes_call_the_set_synthetic() -> None:
    mapping = load_mapping("kcs")
    assert mapping.currency == "KRW"
    assert mapping.notes[0].startswith("The set is synthetic")


@pytest.fixture(scope="module")
def public_file() -> Path:
    """The public file: named by CEP_KCS, or beside the checkout."""
    file = Path(os.environ.get("CEP_KCS") or USUAL_PLACE)
    if not file.is_file():
        pytest.skip(f"the public Korean set is not at hand: set CEP_KCS to {USUAL_PLACE.name}")
    return file


def test_the_public_file_is_read_whole(public_file: Path, tmp_path: Path) -> None:
    report = import_declarations(public_file, "kcs", tmp_path / "out")
    assert (report.rows_in, report.rows_kept, report.rows_refused) == (37_385, 37_385, 0)
    assert dict(report.tables) == {"declarations": 37_385, "controls": 37_385}
    assert report.not_used == NOT_USED
    world = World.from_folder(tmp_path / "out")
    _agrees(world, pd.read_csv(public_file, dtype=str, keep_default_na=False))


def _agrees(world: World, source: pd.DataFrame) -> None:
    """Compare with the same file read in another way."""
    table = world.declarations
    texts = {
        "declaration_id": "Declaration ID",
        "hs": "HS6 Code",
        "origin": "Country of Origin",
        "supplier_id": "Seller ID",
    }
    for name, column in texts.items():
        assert table[name].tolist() == source[column].tolist()
    assert (table["date"] == pd.to_datetime(source["Date"])).all()
    for name, column in {"net_mass_kg": "Net Mass", "customs_value": "Item Price", "duty_rate": "Tax Rate"}.items():
        assert (table[name] - source[column].astype(float)).abs().max() < 1e-6
    assert Counter(world.controls["finding"]) == {"none": 29_271, "other": 8_114}
    assert (world.controls["remark"] == "Critical Fraud 2").sum() == 394
    assert (table["transport_mode"] == "").sum() == 76
    empty = table["net_mass_kg"] == 0
    assert (empty.sum(), table.loc[empty, "customs_value"].max()) == (285, 0)  # as the mapping's notes say
    assert table["duty_rate"].max() == 754.3
