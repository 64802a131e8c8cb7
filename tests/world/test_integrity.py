"""Every table keeps its rules, its order in time and its sums, at every size, level and host."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World, schemas
from cep_toolkit.world.columns import tables
from cep_toolkit.world.host import Host
from cep_toolkit.world.numbers import characters_of, container_check_digit
from cep_toolkit.world.truth import Truth

COVERING = (
    Scenario("XA", 1, "foundation", 5_000),
    Scenario("XD", 2, "practitioner", 5_000),
    Scenario("XG", 3, "advanced", 5_000),
    Scenario("XL", 4, "foundation", 20_000),
    Scenario("QM", 5, "practitioner", 5_000),
    Scenario("QV", 6, "advanced", 20_000),
    Scenario("QZ", 7, "advanced", 5_000),
    Scenario("FJ", 8, "practitioner", 5_000),
)
DAY = pd.Timedelta(days=1)


@pytest.fixture(
    scope="module", params=COVERING, ids=lambda s: f"{s.administration}-{s.seed}-{s.level}-{s.declarations}"
)
def world(request: pytest.FixtureRequest) -> World:
    return World(request.param)


@pytest.fixture(scope="module")
def imports(world: World) -> pd.DataFrame:
    """Return declarations with their bill and voyage."""
    bills = world.table("manifests").merge(world.table("voyages")[["voyage_id", "arrival"]], on="voyage_id")
    bills = bills.rename(columns={"gross_mass_kg": "carried_kg", "packages": "packages_carried"})
    return world.declarations.merge(bills, left_on="transport_document", right_on="bill")


def half_a_minor_unit(world: World) -> float:
    assert world.scenario is not None
    return 0.501 * 10.0 ** -Host.of(world.scenario.administration).decimals


def test_every_table_keeps_its_rules(world: World) -> None:
    for name in tables():
        schemas.check(world, name)


def test_goods_arrive_before_they_are_declared(imports: pd.DataFrame) -> None:
    assert len(imports) > 500
    assert (imports["arrival"] < imports["date"]).all()
    assert (imports["date"] - imports["arrival"] < 15 * DAY).all()


@pytest.mark.parametrize("name", ["controls", "correspondence", "refunds"])
def test_what_follows_a_declaration_is_later(world: World, name: str) -> None:
    later = world.table(name)[["declaration_id", "date"]].merge(
        world.declarations[["declaration_id", "date"]], on="declaration_id", suffixes=("", "_declared")
    )
    assert len(later) == len(world.table(name)) > 0
    assert (later["date"] >= later["date_declared"]).all()


def test_a_transit_arrives_after_it_left(world: World) -> None:
    known = world.table("transits").dropna(subset="arrival_date")
    left = known["date"] + pd.to_timedelta(known["departure_hour"], unit="h")
    came = known["arrival_date"] + pd.to_timedelta(known["arrival_hour"], unit="h")
    hours = (came - left).dt.total_seconds() / 3600
    assert np.array_equal(hours.to_numpy(), known["hours_on_the_way"].to_numpy())


def test_a_vessel_that_calls_was_built_and_a_person_who_travels_was_born(world: World) -> None:
    year = int(world.declarations["date"].dt.year.min())
    assert (world.table("vessels")["built"] <= year).all()
    travelled = world.table("travellers").merge(world.table("people"), on="person_id")
    assert len(travelled) == len(world.table("travellers"))
    assert (travelled["born"] < year).all()


def test_bills_weigh_what_is_declared_where_there_is_no_plot(world: World, imports: pd.DataFrame) -> None:
    """Scales differ by half per cent, pallets add up to seven, and masses are rounded."""
    assert world.scenario is not None
    touched = Truth(world.scenario).declarations.set_index("declaration_id")["plot"] != ""
    honest = imports[~imports["declaration_id"].map(touched)]
    large = honest[honest["gross_mass_kg"] >= 1_000]
    assert (large["carried_kg"] / large["gross_mass_kg"]).between(0.94, 1.13).all()
    assert (honest["packages_carried"] == honest["packages"]).all()
    assert (world.declarations["gross_mass_kg"] >= world.declarations["net_mass_kg"]).all()


def test_containers_are_counted_on_their_bill(world: World) -> None:
    boxes = world.table("containers")
    held = boxes[boxes["bill"] != ""].groupby("bill").size()
    told = world.table("manifests").query("containers > 0").groupby("master_bill")["containers"].first()
    assert held.sort_index().equals(told.set_axis(told.index.astype(held.index.dtype)).sort_index())


def test_numbers_of_containers_and_vessels_pass_their_check(world: World) -> None:
    boxes = world.table("containers")["container"].astype("str")
    digit = container_check_digit(characters_of(boxes.str[:10].tolist()))
    assert np.array_equal(digit, boxes.str[10].astype(int))
    ships = world.table("vessels")["vessel_id"].astype("str").str[-7:]
    digits = np.array([[int(digit) for digit in number] for number in ships])
    assert np.array_equal(digits[:, :6] @ np.arange(7, 1, -1) % 10, digits[:, 6])


def test_duty_is_value_times_rate(world: World) -> None:
    table, least = world.declarations, half_a_minor_unit(world)
    duty = table["customs_value"] * table["duty_rate"] / 100
    vat = (table["customs_value"] + table["duty"]) * table["vat_rate"] / 100
    value = table["invoice_value"] * table["exchange_rate"] + table["freight"] + table["insurance"]
    assert (duty - table["duty"]).abs().max() < least
    assert (vat - table["vat"]).abs().max() < least
    assert (value - table["customs_value"]).abs().max() < least


def test_no_more_duty_is_claimed_back_than_was_paid(world: World) -> None:
    claims = world.table("refunds").merge(world.declarations, on="declaration_id")
    assert (claims["duty_claimed"] <= claims["duty"] + half_a_minor_unit(world)).all()
    assert (claims["claimed_mass_kg"] <= claims["net_mass_kg"]).all()
