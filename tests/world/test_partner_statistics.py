"""The partners' statistics follow what really moved, with honest faults, and leave gaps where papers are false."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.engine import Engine, engine_of
from cep_toolkit.world.observers import declarations, partner_statistics, public
from cep_toolkit.world.observers.partner_statistics import QUARTERS
from cep_toolkit.world.population import MODES
from cep_toolkit.world.reality import FREIGHT_PER_KG
from cep_toolkit.world.truth import Truth

YEAR = 364


def by_hand(engine: Engine, line: int, partner: int, quarter: str) -> tuple[float, float, int]:
    """Return value, kilograms and number of a cell, consignment by consignment in plain arithmetic."""
    block = declarations.block(engine, 0)
    made, rows, relations = block.made, block.made.rows, engine.population.relations
    near = set(engine.region.pairs[engine.region.pairs[:, 1] == line, 0]) | {line}
    true = {field: made.true(field) for field in ("line", "invoice", "grams", "origin")}
    value, kg, count = 0.0, 0.0, 0
    for i in np.flatnonzero(np.isin(true["line"], list(near))):
        number, relation = int(rows.number[i]), rows.relation[i]

        def u(what: str, number: int = number) -> float:
            return float(engine.streams.uniform("statistic", what, ids=[number])[0])

        recorded = true["line"][i]
        others = engine.region.pairs[engine.region.pairs[:, 0] == recorded, 1]
        if len(others) and u("code") < 0.015:
            pick = engine.streams.mixed("statistic", "neighbour", ids=[number])[0]
            recorded = others[int(pick % np.uint64(len(others)))]
        low, high = partner_statistics.ON_THE_WAY[MODES[rows.mode[i]]]
        left = (rows.day[i] - int(low + u("days") * (high - low + 1))) % YEAR
        date = min(pd.Timestamp("2025-01-06") + pd.Timedelta(days=int(left)), pd.Timestamp("2025-12-31"))
        if recorded != line or f"{date.year}Q{date.quarter}" != quarter:
            continue
        price = true["invoice"][i] / 10 ** engine.reality.currency_decimals[rows.currency[i]] * rows.rate[i]
        term = engine.reality.incoterms.iloc[rows.incoterm[i]]
        freight = FREIGHT_PER_KG[MODES[rows.mode[i]]] / engine.region.host_rate * (0.7 + 0.6 * u("freight"))
        freight = min(freight * true["grams"][i] / 1000, price * 0.35 * (0.6 + 0.4 * u("freight")))
        fob = price - term["freight_included"] * freight
        fob -= term["insurance_included"] * price * (0.002 + 0.003 * u("insurance"))
        fob *= 1 + 0.02 * (2 * u("value") - 1)
        if fob * engine.region.host_rate < 100 or u("recorded") < 0.01:
            continue
        departure, origin = relations.departure[relation], true["origin"][i]
        times = int(departure == partner)
        times += int(origin == partner != departure and u("last place") < 0.25)
        value += times * fob / engine.reality.rates[min(rows.day[i] // 7, 51), partner + 1]
        kg += times * true["grams"][i] / 1000 * (1 + 0.02 * (2 * u("mass") - 1))
        count += times
    return value, kg, count


@pytest.mark.parametrize("place", [0, 1, 7, 40])
def test_cells_are_the_sum_of_what_really_moved(scenario: Scenario, world: World, place: int) -> None:
    engine = engine_of(scenario)
    told = world.partner_statistics.query("not confidential").sort_values("consignments", ascending=False)
    cell = told.iloc[place]
    line = list(engine.region.lines["hs"]).index(cell["hs"])
    value, kg, count = by_hand(engine, line, engine.region.partners.index(cell["partner"]), cell["quarter"])
    assert count == cell["consignments"]
    assert value == pytest.approx(cell["export_value"], abs=0.51)
    assert kg == pytest.approx(cell["export_mass_kg"], abs=0.51)


def test_cells_stand_in_order_and_once(world: World) -> None:
    table = world.partner_statistics
    cells = table[["hs", "partner", "quarter"]].astype(str)
    assert not cells.duplicated().any()
    assert cells.equals(cells.sort_values(["hs", "partner", "quarter"], ignore_index=True))
    assert set(cells["quarter"]) == set(QUARTERS)


def test_secret_cells_say_nothing_and_are_small(scenario: Scenario, world: World) -> None:
    table = world.partner_statistics
    secret = table["confidential"]
    numbers = table[["export_value", "export_mass_kg", "consignments"]]
    assert numbers[secret].isna().all(axis=None)
    assert numbers[~secret].notna().all(axis=None)
    assert 0.02 < secret.mean() < 0.25


def mirror(world: World, truth: Truth) -> pd.DataFrame:
    """Return for each subheading and place of departure what was declared, what the partner counted, what is true."""
    told = world.partner_statistics
    full = told.groupby("partner", observed=True)["quarter"].nunique().eq(4)
    told = told.assign(counted=told["export_value"] * told["exchange_rate"])
    keys = ["hs", "partner"]
    theirs = told.groupby(keys, observed=True).agg(counted=("counted", "sum"), secret=("confidential", "any"))
    true = truth.declarations.drop(columns="declaration_id")
    ours = pd.concat([world.declarations, true], axis=1).assign(
        partner=world.declarations["departure"],
        guilty=lambda t: np.where(t["illicit"], t["true_customs_value"], 0.0),
    )
    sums = ours.groupby(keys, observed=True)[["customs_value", "true_customs_value", "guilty"]].sum()
    made = sums.join(theirs, how="inner")
    kept = made.index.get_level_values("partner").isin(full.index[full])
    return made[kept & ~made["secret"].to_numpy(dtype=bool) & (made["true_customs_value"] > 2_000)]


def test_honest_trade_leaves_small_gaps_and_false_prices_large_ones(world: World, truth: Truth) -> None:
    cells = mirror(world, truth)
    gap = np.log(cells["customs_value"] / cells["counted"])
    honest = gap[cells["guilty"] == 0]
    assert len(honest) > 300
    assert 0.0 < honest.median() < 0.2  # freight and insurance
    assert (honest.abs() > 0.4).mean() > 0.02  # many innocent gaps
    false = gap[(cells["true_customs_value"] - cells["customs_value"]) > 0.3 * cells["true_customs_value"]]
    assert len(false) > 5
    assert false.median() < -0.2


def test_goods_of_a_false_origin_are_counted_where_they_came_from(world: World, truth: Truth) -> None:
    rows = pd.concat([world.declarations, truth.declarations.drop(columns="declaration_id")], axis=1)
    false = rows[rows["illicit"] & rows["plot"].astype("str").str.startswith("origin_fraud")]
    told = set(world.partner_statistics[["hs", "partner"]].astype(str).itertuples(index=False, name=None))
    there = [
        (hs, partner) in told for hs, partner in zip(false["true_hs"], false["departure"].astype(str), strict=True)
    ]
    assert len(there) > 10
    assert np.mean(there) > 0.8


def published(seed: int, level: str) -> set[tuple[str, str]]:
    """Return the partners and quarters that stand in the statistics, of the partners with much trade."""
    table = public(Engine(Scenario(seed=seed, declarations=5_000, level=level)), "partner_statistics")
    large = reference.load("administrations").nlargest(6, "trade_weight")["code"]
    cells = table.loc[table["partner"].isin(large), ["partner", "quarter"]].astype(str)
    return set(cells.itertuples(index=False, name=None))


def test_a_harder_level_publishes_no_quarter_that_an_easier_one_leaves_out() -> None:
    levels = ("foundation", "practitioner", "advanced")
    absent = 0
    for seed in range(5, 9):
        low, middle, high = (published(seed, level) for level in levels)
        assert low >= middle >= high
        absent += len(low) - len(high)
    assert absent > 0
