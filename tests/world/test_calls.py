"""What holds of telephone records in every world, and that their form betrays nobody."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import calls
from cep_toolkit.world.observers.subjects import subjects
from cep_toolkit.world.truth import Truth


def test_every_number_belongs_to_somebody(world: World) -> None:
    known = {number for name in ("people", "firms", "traders") for number in world.table(name)["telephone"]}
    table = world.table("calls")
    assert {*table["caller"], *table["called"]} <= known
    assert (table["caller"] != table["called"]).all()
    assert ((table["record_of"] == table["caller"]) | (table["record_of"] == table["called"])).all()


def test_records_are_of_some_people_and_each_has_a_life(world: World) -> None:
    table = world.table("calls")
    each = table.groupby("record_of").agg(calls=("call_id", "size"), first=("date", "min"), last=("date", "max"))
    assert 60 <= len(each) <= 200
    assert each["calls"].min() >= 15
    assert ((each["last"] - each["first"]).dt.days > 150).all()
    contacts = table.groupby("record_of")[["caller", "called"]].nunique().max(axis=1)
    assert contacts.median() >= 8


def test_the_day_has_its_rhythm(world: World) -> None:
    table = world.table("calls")
    firms = {*world.table("firms")["telephone"], *world.table("traders")["telephone"]}
    of_firm = table["caller"].isin(firms) | table["called"].isin(firms)
    working = (table["date"].dt.day_of_week < 5) & table["minute"].between(8 * 60, 18 * 60)
    assert working[of_firm].mean() > working[~of_firm].mean() + 0.1
    assert (table["minute"] < 6 * 60).mean() < 0.04
    assert 0.05 < (table["seconds"] == 0).mean() < 0.13
    assert 40 < table.loc[table["seconds"] > 0, "seconds"].median() < 120


def test_guilty_and_innocent_plots_alike_leave_calls(world: World, truth: Truth) -> None:
    traces = truth.traces["calls"].merge(truth.plots, on="plot")
    assert set(traces["act"]) <= {"call", "meet"}
    assert traces["guilty"].nunique() == 2
    assert len(traces) > 60
    assert len(traces) < 0.1 * len(world.table("calls"))


def test_to_be_among_the_subjects_says_nothing(truth: Truth, scenario: Scenario) -> None:
    """Of those whose records were obtained, fewer than half are guilty of anything."""
    from cep_toolkit.world.naming import entity_ids
    from cep_toolkit.world.society import PERSON, entity

    engine = Engine(scenario)
    people = set(entity_ids(engine, entity(PERSON, subjects(engine))))
    by_guilt = {bool(guilty): {*rows["owner"], *rows["partner"]} for guilty, rows in truth.plots.groupby("guilty")}
    assert len(people & by_guilt[True]) < 0.5 * len(people)
    assert len(people & by_guilt[False]) > 15
    assert len(people - by_guilt[True] - by_guilt[False]) > 60


def test_levels_share_subjects_and_what_they_do_anyway() -> None:
    made = {}
    for level in ("foundation", "advanced"):
        engine = Engine(Scenario(seed=7, level=level, declarations=5_000))
        made[level] = (engine, subjects(engine), calls.table(engine).set_index("call_id"))
    (easy, of_easy, easily), (hard, of_hard, hardly) = made.values()
    for one, other, people in ((easy, hard, of_easy), (hard, easy, of_hard)):
        played = {(plots.typology, number) for plots in other.plots for number in plots.number}
        only = sum((plots.typology, number) not in played for plots in one.plots for number in plots.number[:10])
        assert len(set(people) - set(np.intersect1d(of_easy, of_hard))) <= 2 * only
    shared = easily.index.intersection(hardly.index)
    columns = ["date", "minute", "caller", "called", "seconds", "_plot", "_act"]
    assert len(shared) > 5_000
    easily, hardly = easily.loc[shared, columns], hardly.loc[shared, columns]
    same = easily["_plot"] == hardly["_plot"]  # whom two plots cast, the first one played has
    assert same.mean() > 0.99
    assert easily[same].equals(hardly[same])
    assert (easily["_plot"] != "").sum() > 20


@pytest.fixture(scope="module")
def pooled() -> pd.DataFrame:
    worlds = [Engine(Scenario(seed=seed, declarations=20_000)) for seed in range(100, 106)]
    return pd.concat([calls.table(engine).assign(row=_row_in_day) for engine in worlds], ignore_index=True)


def _row_in_day(table: pd.DataFrame) -> pd.Series:
    count = table.groupby("date")["call_id"].transform("size")
    return (table.groupby("date").cumcount() + 0.5) / count


def test_no_feature_of_form_tells_the_planted_apart(pooled: pd.DataFrame) -> None:
    planted = (pooled["_plot"] != "").to_numpy()
    assert planted.sum() > 400
    features = {
        "number": pooled["call_id"],
        "last digit": pooled["call_id"] % 10,
        "row within the day": pooled["row"],
        "minute of the hour": pooled["minute"] % 60,
        "seconds": pooled["seconds"],
    }
    chance = {name: ks_2samp(values[planted], values[~planted]).pvalue for name, values in features.items()}
    assert min(chance.values()) > 0.01 / len(chance), chance
