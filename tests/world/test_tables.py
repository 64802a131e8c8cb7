"""What holds in every world's public tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.columns import tables
from cep_toolkit.world.engine import engine_of
from cep_toolkit.world.observers.lanes import LEAST_IN_DOUBT


@pytest.mark.parametrize("name", tables())
def test_columns_are_those_of_the_data_dictionary(world: World, name: str) -> None:
    assert list(world.table(name).columns) == [column.name for column in tables()[name]]
    assert world.columns(name)["meaning"].str.len().min() > 0


@pytest.mark.parametrize("name", ["controls", "correspondence"])
def test_later_papers_belong_to_a_declaration_and_come_after_it(world: World, name: str) -> None:
    later = world.table(name).merge(world.declarations[["declaration_id", "date"]], on="declaration_id")
    assert len(later) == len(world.table(name)) > 0
    assert (later["date_x"] >= later["date_y"]).all()


def test_masses_and_values_add_up(world: World) -> None:
    table = world.declarations
    assert (table["gross_mass_kg"] >= table["net_mass_kg"]).all()
    assert (table[["net_mass_kg", "invoice_value", "packages", "supplementary_quantity"]] > 0).all().all()
    converted = table["invoice_value"] * table["exchange_rate"] + table["freight"] + table["insurance"]
    assert np.allclose(converted, table["customs_value"], atol=0.02, rtol=1e-9)
    assert np.allclose(table["customs_value"] * table["duty_rate"] / 100, table["duty"], atol=0.011)
    assert np.allclose((table["customs_value"] + table["duty"]) * table["vat_rate"] / 100, table["vat"], atol=0.011)


def test_an_incoterm_that_includes_a_cost_leaves_none_to_add(world: World) -> None:
    table = world.declarations
    assert (table.loc[table["incoterm"].isin(["CIF", "CIP", "DAP", "DDP", "DPU"]), "freight"] == 0).all()
    assert (table.loc[table["incoterm"].isin(["CIF", "CIP"]), "insurance"] == 0).all()
    at_sea = table["incoterm"].isin(["CIF", "CFR", "FOB", "FAS"])
    assert (table.loc[at_sea, "transport_mode"] == "sea").all()


def test_the_rate_is_the_tariffs_unless_a_preference_is_claimed(world: World) -> None:
    table = world.declarations.astype({"hs": "str"}).merge(world.table("tariff"), on="hs", suffixes=("", "_tariff"))
    plain = table["preference"] == "100"
    assert (table.loc[plain, "duty_rate"] == table.loc[plain, "duty_rate_tariff"]).all()
    claimed = table[~plain]
    assert (claimed["duty_rate"] < claimed["duty_rate_tariff"]).mean() > 0.3
    agreed = world.table("administrations").set_index("code")["agreement"]
    assert claimed["origin"].astype("str").map(agreed).all()


def test_pieces_and_pairs_are_whole(world: World) -> None:
    table = world.declarations
    counted = table[table["supplementary_unit"].isin(["u", "pa"])]
    assert (counted["supplementary_quantity"] % 1 == 0).all()
    in_kg = table[table["supplementary_unit"] == "kg"]
    assert np.allclose(in_kg["supplementary_quantity"], in_kg["net_mass_kg"], atol=0.001)


def test_a_finding_exists_only_for_what_was_controlled(world: World) -> None:
    controls = world.table("controls")
    assert controls["declaration_id"].is_unique
    assert (controls.loc[controls["finding"].isin(["none", "other"]), "additional_duty"] == 0).all()
    lanes = world.declarations.set_index("declaration_id")["lane"].reindex(controls["declaration_id"]).to_numpy()
    assert set(controls.loc[lanes == "yellow", "kind"]) == {"documents"}
    assert set(controls.loc[lanes == "green", "selected_by"]) <= {"officer"}
    assert 0.9 < (controls["finding"] == "none").mean() < 1


def test_texts_are_filled_in(world: World) -> None:
    for text in [*world.table("correspondence")["text"], *world.table("controls")["remark"]]:
        assert text
        assert not set(text) & set("{}[]|")


def test_money_is_in_whole_minor_units(world: World) -> None:
    for name in ("customs_value", "duty", "vat", "freight", "insurance"):
        cents = world.declarations[name] * 100
        assert np.allclose(cents, np.rint(cents), atol=1e-3), name


def test_rows_are_by_day_and_then_by_public_number(world: World) -> None:
    order = world.declarations[["date", "declaration_id"]]
    assert order.equals(order.sort_values(["date", "declaration_id"], ignore_index=True))


def test_an_unknown_table_is_refused_with_the_nearest(world: World) -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "declarations"'):
        world.table("declaration")


def test_sql_reads_tables_and_nothing_else(world: World) -> None:
    by_lane = world.sql("select lane, count(*) as n from declarations group by lane")
    assert by_lane["n"].sum() == len(world.declarations)
    with pytest.raises(Exception, match=r"(?i)disabled|permission|external"):
        world.sql("select * from read_csv('any.csv')")


def test_nothing_on_a_world_leads_to_the_truth(world: World) -> None:
    held = {name for name in dir(world) if not name.startswith("__")}
    assert not {name for name in held if "truth" in name or "engine" in name or "plot" in name}
    assert isinstance(world.declarations, pd.DataFrame)


def test_a_column_of_numbered_texts_may_be_empty() -> None:
    from cep_toolkit.world.arrays import numbered

    assert list(numbered(np.empty((0, 2), dtype=np.uint8), np.array([], dtype=int), 6)) == []


def test_a_price_is_doubted_only_where_enough_value_lacks(world: World, scenario: Scenario) -> None:
    engine = engine_of(scenario)
    doubted = world.declarations.query("lane_rule == 'price_check'")
    line, origin = doubted["hs"].cat.codes.to_numpy(), doubted["origin"].cat.codes.to_numpy()
    listed = engine.region.lines["price_per_kg"].to_numpy()[line] * np.exp(engine.region.price_effect[line, origin])
    usual, value = listed * doubted["net_mass_kg"], doubted["customs_value"] * engine.region.host_rate
    assert len(doubted) > 50
    assert (usual - value >= LEAST_IN_DOUBT - 1).all()
