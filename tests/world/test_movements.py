"""Transits, parcels, travellers and claims for refund: what holds in every world, and what plots leave behind."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.columns import tables, truth_tables
from cep_toolkit.world.engine import Engine, engine_of
from cep_toolkit.world.observers import observers, public, traces
from cep_toolkit.world.traffic.journeys import CASH_LIMIT
from cep_toolkit.world.traffic.parcels import DE_MINIMIS
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES

KEYS = {"transits": "transit_id", "parcels": "parcel_id", "travellers": "journey_id", "refunds": "refund_id"}
SEEDS = range(200, 206)


def both(world: World, truth: Truth, name: str) -> pd.DataFrame:
    return world.table(name).merge(getattr(truth, name), on=KEYS[name], validate="one_to_one")


@pytest.mark.parametrize("name", KEYS)
def test_the_truth_has_the_same_rows_in_the_same_order(world: World, truth: Truth, name: str) -> None:
    true = getattr(truth, name)
    assert list(true.columns) == [column.name for column in truth_tables()[name]]
    assert (true[KEYS[name]] == world.table(name)[KEYS[name]]).all()
    assert true["illicit"].sum() > 5
    assert (true.loc[true["plot"] == "", "illicit"] == False).all()  # noqa: E712  # a column, not a flag


@pytest.mark.parametrize("name", KEYS)
def test_rows_stand_by_day_then_by_number(world: World, name: str) -> None:
    table = world.table(name)
    assert table.equals(table.sort_values(["date", KEYS[name]], ignore_index=True))


@pytest.mark.parametrize("name", [*KEYS, "controls"])
def test_traces_name_the_plot_and_the_act_behind_rows(scenario: Scenario, truth: Truth, name: str) -> None:
    found = traces(engine_of(scenario), name)
    act = {typology.name: typology.act for typology in TYPOLOGIES}
    assert len(found) > 10
    assert (found["act"] == found["plot"].str.rsplit("-", n=1).str[0].map(act)).all()
    assert set(found["plot"]) <= set(truth.plots["plot"])
    assert list(found.columns) == [tables()[name][0].name, "plot", "act"]


def test_a_transit_arrives_as_many_hours_after_it_left_as_it_took(world: World) -> None:
    table = world.transits.dropna(subset="hours_on_the_way")
    days = (table["arrival_date"] - table["date"]).dt.days
    assert (days * 24 + table["arrival_hour"] - table["departure_hour"] == table["hours_on_the_way"]).all()
    ended = table[table["result"] != "under inquiry"]
    late = ended["hours_on_the_way"] > ended["limit_hours"]
    assert (late == (ended["result"] == "discharged late")).all()
    assert (world.transits["office_departure"] != world.transits["office_destination"]).all()


def odd(table: pd.DataFrame) -> pd.Series:
    light = (table["arrival_mass_kg"] - table["gross_mass_kg"]).abs() > 0.015 * table["gross_mass_kg"]
    return (table["hours_on_the_way"] > table["limit_hours"]) | light | (table["seal"] != table["arrival_seal"])


def test_only_what_looks_odd_is_explained_and_much_of_it_is_innocent(world: World, truth: Truth) -> None:
    rows = both(world, truth, "transits")
    assert odd(rows[rows["explanation"] != ""]).all()
    assert (rows.loc[rows["report"] != "", "explanation"] != "").all()
    seen = rows[odd(rows) & rows["hours_on_the_way"].notna()]
    assert (~seen["illicit"]).mean() > 0.4
    untouched = seen[seen["plot"] == ""]
    assert set(untouched["explanation"]) == {"", "breakdown", "customs_reseal", "weighed_with_pallets"}
    assert seen[seen["illicit"]]["report"].eq("").mean() > untouched["report"].eq("").mean() + 0.3


def test_goods_are_missing_from_guilty_transits_alone(world: World, truth: Truth) -> None:
    rows = both(world, truth, "transits")
    guilty = rows["illicit"]
    assert (rows.loc[~guilty, "missing_mass_kg"] == 0).all()
    assert (rows.loc[guilty, "missing_mass_kg"] > 0.05 * rows.loc[guilty, "gross_mass_kg"]).all()
    untouched = rows[rows["plot"] == ""]
    assert (untouched["true_arrival_mass_kg"] == untouched["gross_mass_kg"]).all()
    decoy = rows[(rows["plot"] != "") & ~guilty].dropna(subset="arrival_mass_kg")
    assert (decoy["arrival_mass_kg"] < 0.95 * decoy["gross_mass_kg"]).all()  # a decoy looks like the guilty


def test_a_label_is_converted_at_the_rate_of_the_week(scenario: Scenario, world: World) -> None:
    engine = engine_of(scenario)
    table = world.parcels
    week = (table["date"] - pd.Timestamp("2025-01-06")).dt.days // 7
    place = table["origin"].astype("str").map({code: i for i, code in enumerate(engine.region.partners)})
    rate = engine.reality.rates[week, place + 1]
    assert np.allclose(table["value"], table["value_declared"] * rate, atol=0.006)
    assert (table["dutiable"] == (table["value"] >= DE_MINIMIS / engine.region.host_rate)).all()


def test_only_opened_parcels_have_a_finding_and_a_low_value_is_one(world: World, truth: Truth) -> None:
    rows = both(world, truth, "parcels")
    assert ((rows["finding"] != "") == rows["selected"]).all()
    assert (rows.loc[rows["finding"] == "value", "worth"] > 1.2 * rows.loc[rows["finding"] == "value", "value"]).all()
    assert (rows.loc[rows["illicit"], "value"] < DE_MINIMIS / engine_rate(world)).all()
    assert 0.02 < rows["selected"].mean() < 0.10


def engine_rate(world: World) -> float:
    assert world.scenario is not None
    return engine_of(world.scenario).region.host_rate


def test_cash_counts_only_where_there_was_a_control(world: World, truth: Truth) -> None:
    rows = both(world, truth, "travellers")
    controlled = rows["control"] != ""
    assert ((rows["finding"] != "") == controlled).all()
    assert rows.loc[~controlled, "cash_found"].isna().all()
    cash = rows[rows["finding"] == "cash"]
    assert (cash["cash_declared"] == 0).all()
    assert (cash["cash_carried"] >= CASH_LIMIT / engine_rate(world)).all()
    counted = rows[rows["cash_found"].notna()]
    assert np.allclose(counted["cash_found"], counted["cash_carried"], rtol=0.006)
    assert (rows.loc[rows["illicit"], "cash_declared"] == 0).all()


def test_a_profile_controls_more_of_those_who_fit_it(world: World) -> None:
    table = world.travellers
    fits = (table["nights"] <= 1) & (table["ticket"] == "cash")
    by_profile = table["control"] == "profile"
    assert by_profile[fits].mean() > 5 * by_profile[~fits].mean() > 0
    assert ((table["ticket"] == "") == table["booked_days_before"].isna()).all()


def test_a_claim_stays_within_its_import(world: World) -> None:
    rows = world.refunds.merge(world.declarations, on="declaration_id", suffixes=("", "_import"), validate="one_to_one")
    assert (rows["importer_id"] == rows["importer_id_import"]).all()
    assert (rows["date"] > rows["date_import"]).all()
    assert (rows["claimed_mass_kg"] <= rows["net_mass_kg"]).all()
    share = rows["claimed_mass_kg"] / rows["net_mass_kg"]
    assert np.allclose(rows["duty_claimed"], rows["duty"] * share, atol=0.011)


def test_claims_above_the_manifest_are_explained_by_some_and_shown_by_few_of_the_guilty(
    world: World, truth: Truth
) -> None:
    rows = both(world, truth, "refunds")
    above = rows["claimed_mass_kg"] > 1.05 * rows["carrier_mass_kg"]
    assert above[rows["explanation"] != ""].mean() > 0.95
    assert above[rows["plot"] == ""].sum() > 5
    shown = rows.loc[above, "paper"] != ""
    assert shown[~rows["illicit"]].mean() > shown[rows["illicit"]].mean() + 0.3
    left = rows["true_mass_kg"] / rows["claimed_mass_kg"]
    assert (left[rows["illicit"]] <= 1.02).all()
    assert (left[rows["illicit"]] < 0.8).mean() > 0.6
    assert (left[~rows["illicit"]] > 0.98).all()


def test_late_claims_are_open_still(world: World) -> None:
    last = world.refunds["date"] > world.declarations["date"].max()
    assert (world.refunds.loc[last, "result"] == "under examination").all()
    assert set(world.refunds["result"]) == {"paid", "refused", "under examination"}


@pytest.mark.parametrize("name", KEYS)
def test_levels_share_every_row_that_no_plot_touches(name: str) -> None:
    made = {
        level: observers()[name](Engine(Scenario(seed=3, declarations=5_000, level=level)))
        for level in ("foundation", "advanced")
    }
    one, two = (table.set_index(KEYS[name]) for table in made.values())
    quiet = one.index[one["_plot"] == ""].intersection(two.index[two["_plot"] == ""])
    assert len(quiet) > 0.8 * min(len(one), len(two))
    said = {
        "transits": ["date", "seal", "gross_mass_kg", "limit_hours", "haulier_id"],
        "parcels": ["date", "sender", "value_declared", "recipient_id", "gift", "selected"],
        "travellers": ["date", "person_id", "service", "cash_declared"],
        "refunds": ["date", "importer_id", "declaration_id", "export_document"],
    }[name]
    assert one.loc[quiet, said].astype(str).equals(two.loc[quiet, said].astype(str))


def test_a_higher_level_leaves_out_what_a_lower_one_leaves_out() -> None:
    low, high = (
        public(Engine(Scenario(seed=3, declarations=5_000, level=level)), "travellers").set_index("journey_id")
        for level in ("foundation", "advanced")
    )
    absent = low.index[low["ticket"] == ""]
    assert (high.loc[absent, "ticket"] == "").all()
    assert (high["ticket"] == "").sum() > len(absent) > 0


@pytest.fixture(scope="module")
def pooled() -> dict[str, pd.DataFrame]:
    """Return the tables of several worlds, one under the other, with their hidden columns."""
    engines = [Engine(Scenario(seed=seed, declarations=20_000)) for seed in SEEDS]
    return {name: pd.concat([observers()[name](engine) for engine in engines]) for name in KEYS}


def features(name: str, table: pd.DataFrame) -> dict[str, np.ndarray]:
    key = table[KEYS[name]].to_numpy()
    form = {"number": key, "last digit": key % 10, "row in its day": table.groupby("date").cumcount().to_numpy()}
    if name == "transits":
        form |= {
            "seal": table["seal"].str[-6:].astype(int).to_numpy(),
            "departure hour": table["departure_hour"].to_numpy(),
            "last digit of kg": (table["gross_mass_kg"] % 10).to_numpy(),
        }
    if name == "parcels":
        form |= {"grams": np.rint(table["gross_mass_kg"] * 1000).to_numpy() % 10}
    if name == "refunds":
        form |= {"export document": table["export_document"].str[-8:].astype(int).to_numpy()}
        form |= {"grams": np.rint(table["claimed_mass_kg"] * 1000).to_numpy() % 10}
    return form


@pytest.mark.parametrize("name", KEYS)
def test_no_feature_of_form_tells_the_planted_apart(pooled: dict[str, pd.DataFrame], name: str) -> None:
    table = pooled[name]
    planted = (table["_plot"] != "").to_numpy()
    assert planted.sum() > 80
    form = features(name, table)
    chance = {what: ks_2samp(values[planted], values[~planted]).pvalue for what, values in form.items()}
    assert min(chance.values()) > 0.01 / len(form), chance


@pytest.mark.parametrize("finding", ["brand", "classification", "origin", "prohibited", "quantity", "value", "other"])
def test_each_finding_has_remarks_of_its_own(world: World, finding: str) -> None:
    bank = reference.load("control_remarks")
    first = bank.loc[(bank["kind"] == f"{finding}_found") & (bank["part"] == 1), "text"]
    forms = "|".join(re.sub(r"\\\{\w+\\\}", ".+", _choices(phrase)) for phrase in first)
    written = world.controls.loc[world.controls["finding"] == finding, "remark"]
    assert written.str.match(f"(?:{forms}) ").all()


def _choices(phrase: str) -> str:
    pieces = re.split(r"[\[\]]", phrase)
    return "".join("(?:" + "|".join(map(re.escape, p.split("|"))) + ")" if p else "" for p in pieces)


def test_remarks_count_packages_in_plain_english(world: World) -> None:
    written = world.controls["remark"]
    assert written.str.contains(r"(?<![\d,])1 (?:package|pkg)\b").any()
    assert not written.str.contains(r"(?<![\d,])1 (?:packages|pkgs)\b|(?<![\d,])[2-9] (?:package|pkg)\b|\d{4} p").any()
