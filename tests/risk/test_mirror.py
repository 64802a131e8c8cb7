from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.free_on_board import freight_and_insurance
from cep_toolkit.risk.mirror import MEASURES, STEPS, Mirror, Sides, compare, mirror
from cep_toolkit.world import World

# Exports of QR: 100 kg of shirts in each quarter, but for the third, which is secret; 60 kg of blouses in the first.
# QS has published one quarter only. Shirts compete with blouses.
STATISTICS = pd.DataFrame(
    [
        ("620520", "QR", "2025Q1", 1000.0, 100.0, False),
        ("620520", "QR", "2025Q2", 1000.0, 100.0, False),
        ("620520", "QR", "2025Q3", np.nan, np.nan, True),
        ("620520", "QR", "2025Q4", 1000.0, 100.0, False),
        ("620630", "QR", "2025Q1", 600.0, 60.0, False),
        ("620520", "QS", "2025Q2", 500.0, 50.0, False),
    ],
    columns=["hs", "partner", "quarter", "export_value", "export_mass_kg", "confidential"],
).assign(exchange_rate=2.0)
TARIFF = pd.DataFrame({"hs": ["620520", "620630"], "neighbours": ["620630", "620520"]})
DECLARATIONS = pd.DataFrame(
    [
        ("2025-02-01", "620520", "QR", "QR", 2200.0, 100.0),
        ("2025-05-01", "620520", "QR", "QS", 2200.0, 80.0),
        ("2025-05-02", "620520", "QT", "QS", 2200.0, 40.0),
        ("2025-06-30", "620630", "QR", "QR", 1100.0, 50.0),
        ("2026-01-02", "620630", "QR", "QR", 220.0, 10.0),
    ],
    columns=["date", "hs", "origin", "departure", "customs_value", "net_mass_kg"],
).assign(incoterm="FOB", transport_mode="sea", freight=20.0, insurance=1.0)
DECLARATIONS["date"] = pd.to_datetime(DECLARATIONS["date"])


@pytest.fixture(scope="module")
def small() -> Mirror:
    return compare(STATISTICS, DECLARATIONS, TARIFF)


def test_one_quarter_by_place_of_origin(small: Mirror) -> None:
    assert small.sides(0, "quarter") == Sides(2000.0, 2200.0, 21.0, 100.0, 100.0)
    assert small.sides(1, "quarter") == Sides(2000.0, 2200.0, 21.0, 100.0, 80.0)


def test_a_secret_cell_makes_the_whole_year_unknown(small: Mirror) -> None:
    assert small.sides(2, "quarter") == Sides(None, 0.0, 0.0, None, 0.0)
    assert small.sides(0, "year") == Sides(None, 4400.0, 42.0, None, 180.0)
    assert small.sides(0, "year").mass_gap is None


def test_a_quarter_that_a_partner_has_not_published_is_unknown_not_empty(small: Mirror) -> None:
    assert small.sides(5, "quarter").export_kg == 50.0
    assert small.sides(5, "year").export_kg is None


def test_goods_only_sent_from_a_place_are_added_once(small: Mirror) -> None:
    assert small.sides(5, "year").import_kg == 0.0
    assert small.sides(5, "hub").import_kg == 80.0 + 40.0
    assert small.sides(4, "hub").import_kg == 50.0 + 10.0


def test_the_last_days_count_with_the_last_quarter(small: Mirror) -> None:
    assert small.sides(4, "year") == Sides(1200.0, 1320.0, 42.0, 60.0, 60.0)


def test_the_competing_code_is_added(small: Mirror) -> None:
    assert list(small.cells["competing"]) == ["620630"] * 4 + ["620520"] + ["620630"]
    assert small.sides(4, "code").import_kg == 60.0 + 180.0


def test_an_unknown_step_is_refused(small: Mirror) -> None:
    with pytest.raises(UnknownValueError, match="quarter, year, hub, code"):
        small.sides(0, "quater")


def test_gaps_of_the_table_are_those_of_each_cell(world: World) -> None:
    compared = mirror(world)
    for cell in range(0, len(compared.cells), 97):
        for place, step in enumerate(STEPS):
            sides = compared.sides(cell, step)
            for gap, array in ((sides.mass_gap, compared.mass_gap), (sides.value_gap, compared.value_gap)):
                found = array[place, cell]
                assert np.isnan(found) if gap is None else found == pytest.approx(gap)


def test_every_measure_is_recomputed_with_sql(world: World) -> None:
    compared = mirror(world)
    known = np.isfinite(compared.measures["exports"][2])
    carriage = freight_and_insurance(world.declarations)
    by_mode = world.sql(
        "select sum(freight + insurance) as stated from declarations where incoterm in ('EXW', 'FCA', 'FAS', 'FOB')"
    )
    stated = world.declarations["incoterm"].isin(["EXW", "FCA", "FAS", "FOB"]).to_numpy()
    assert carriage[stated].sum() == pytest.approx(by_mode["stated"].iloc[0])
    for cell in np.flatnonzero(known)[::601]:
        row = compared.cells.iloc[cell]
        where = f"hs = '{row['hs']}' and (origin = '{row['partner']}' or departure = '{row['partner']}')"
        there = world.sql(
            "select sum(export_value * exchange_rate) as exports, sum(export_mass_kg) as export_kg "
            "from partner_statistics "
            f"where hs = '{row['hs']}' and partner = '{row['partner']}'"
        ).iloc[0]
        here = world.sql(
            f"select sum(customs_value) as imports, sum(net_mass_kg) as import_kg from declarations where {where}"
        ).iloc[0]
        sides = compared.sides(int(cell), "hub")
        assert (sides.exports, sides.export_kg) == pytest.approx((there["exports"], there["export_kg"]))
        expected = [0.0 if pd.isna(value) else value for value in (here["imports"], here["import_kg"])]
        assert [sides.imports, sides.import_kg] == pytest.approx(expected)


def test_one_quarter_is_recomputed_with_sql(world: World) -> None:
    compared = mirror(world)
    rows = compared.cells[(compared.cells["quarter"] == "2025Q2") & ~compared.cells["confidential"]].iloc[::301]
    for cell, row in rows.iterrows():
        here = world.sql(
            "select coalesce(sum(customs_value), 0) as imports, coalesce(sum(net_mass_kg), 0) as mass "
            "from declarations "
            f"where hs = '{row['hs']}' and origin = '{row['partner']}' "
            "and date >= '2025-04-01' and date < '2025-07-01'"
        ).iloc[0]
        sides = compared.sides(int(str(cell)), "quarter")
        assert (sides.imports, sides.import_kg) == pytest.approx((here["imports"], here["mass"]))


def test_the_competing_code_closes_the_gap_of_mass_best(world: World) -> None:
    compared = mirror(world)
    near = world.table("tariff").set_index("hs")["neighbours"].str.split(";")
    totals = world.sql(
        "select hs, partner, sum(export_mass_kg) as kg, bool_or(confidential) as secret from partner_statistics "
        "group by all"
    ).set_index(["hs", "partner"])
    full = world.sql("select partner from partner_statistics group by partner having count(distinct quarter) = 4")
    checked = 0
    for cell in np.flatnonzero(np.isfinite(compared.mass_gap[3]))[::173]:
        hs, partner = compared.cells.loc[cell, ["hs", "partner"]]
        if partner not in set(full["partner"]):
            continue
        gaps = {}
        for code in near[hs]:
            if any(totals["secret"].get((each, partner), False) for each in (hs, code)):
                continue
            exports = sum(totals["kg"].get((each, partner), 0.0) for each in (hs, code))
            at = world.declarations
            there = (at["origin"] == partner) | (at["departure"] == partner)
            gaps[code] = abs(at.loc[at["hs"].isin([hs, code]) & there, "net_mass_kg"].sum() / exports - 1)
        assert abs(compared.mass_gap[3, cell]) == pytest.approx(min(gaps.values()))
        checked += 1
    assert checked > 3


def test_every_cell_has_every_measure_at_every_step(world: World) -> None:
    compared = mirror(world)
    assert set(compared.measures) == set(MEASURES)
    for array in compared.measures.values():
        assert array.shape == (len(STEPS), len(world.table("partner_statistics")))
