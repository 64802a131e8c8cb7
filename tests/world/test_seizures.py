"""The store of seizures: everybody reports in a way of their own, nobody is blamed by birth, finds fit their acts."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp, norm

from cep_toolkit.world import Scenario, World, finds, incidents, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import ACT, PLOT, public, seizures, traces
from cep_toolkit.world.territories import territories
from cep_toolkit.world.truth import Truth
from tests.world.sentences import masked, too_often

SEEDS = range(8)


@pytest.fixture(scope="module")
def engines() -> list[Engine]:
    return [Engine(Scenario(seed=seed, declarations=20_000)) for seed in SEEDS]


@pytest.fixture(scope="module")
def pooled(engines: list[Engine]) -> pd.DataFrame:
    return pd.concat([seizures.table(engine).assign(seed=i) for i, engine in enumerate(engines)], ignore_index=True)


def test_all_administrations_streams_and_groups_are_in_the_store(pooled: pd.DataFrame) -> None:
    assert pooled["administration"].nunique() == 24
    assert set(pooled["mode"]) == set(incidents.STREAMS)
    assert pooled["commodity_group"].nunique() == 13
    assert len(pooled) / len(SEEDS) == pytest.approx(650, rel=0.25)


def test_only_the_host_names_its_offices(pooled: pd.DataFrame) -> None:
    own = pooled["administration"] == "XA"
    assert (pooled.loc[own, "office"].str[:2] == "XA").all()
    assert (pooled.loc[~own, "office"] == "").all()


def test_a_route_fits_its_direction(pooled: pd.DataFrame) -> None:
    here, start, end = (pooled[name].astype("str") for name in ("administration", "departure", "destination"))
    direction = pooled["direction"]
    assert (end == here)[direction == "import"].all()
    assert (start == here)[direction == "export"].all()
    assert ((start == here) & (end == here))[direction == "internal"].all()
    through = pooled[direction == "transit"]
    assert all(a in route.split(";") for a, route in zip(through["administration"], through["transit"], strict=True))
    assert ((start != here) & (end != here) & (start != end))[direction == "transit"].all()
    for stop in range(2):
        passed = pooled["transit"].str.split(";").str[stop]
        assert not ((passed == start) | (passed == end)).any()


def test_the_person_is_described_only_where_somebody_was_met(pooled: pd.DataFrame) -> None:
    met = pooled["persons"] > 0
    for name in ("nationality", "sex", "age_band"):
        told = pooled[name].notna() & (pooled[name].astype("str") != "")
        assert (told == met).all()
    assert (pooled.loc[pooled["mode"] == "traveller", "persons"] > 0).all()


def test_nothing_is_reported_before_it_is_seized_and_some_is_late(pooled: pd.DataFrame) -> None:
    delay = (pooled["reported"] - pooled["date"]).dt.days
    assert (delay >= 1).all()
    assert delay.quantile(0.9) > 60


def test_the_store_holds_no_names_and_no_numbers_of_papers(world: World) -> None:
    text = " ".join(world.seizures["narrative"])
    assert not re.search(r"[0-9]{7}", text)
    assert not [name for name in world.traders["name"] if name in text]


def test_records_measure_reporting_as_much_as_seizures() -> None:
    made = []
    for seed in range(4):
        scenario = Scenario(seed=seed, declarations=20_000)
        count = World(scenario).seizures["administration"].value_counts()
        made.append(Truth(scenario).reporting.assign(records=lambda t, count=count: t["administration"].map(count)))
    every = pd.concat(made)
    kept = every["records"].astype(float) / every["seizures"]
    assert (kept <= 1).all()
    enough = every["seizures"] >= 20
    assert np.corrcoef(kept[enough], every.loc[enough, "share"])[0, 1] > 0.7


def test_departures_follow_trade(engines: list[Engine]) -> None:
    """In no administration does a partner's share of the departures differ from its share of the trade."""
    observed, expected = np.zeros(24), np.zeros(24)
    for engine in engines:
        made, at = incidents.incidents(engine), territories(engine)
        coming = (made["direction"] == "import") & (made["plot"] == "")
        observed += np.bincount(made["departure"][coming], minlength=24)
        expected += at.flows[made["administration"][coming]].sum(axis=0)
    score = (observed - expected) / np.sqrt(expected)
    assert np.abs(score).max() < norm.ppf(1 - 0.005 / 24), score


def test_people_met_are_as_those_who_live_and_travel_there(engines: list[Engine]) -> None:
    observed, expected, women, met = np.zeros(24), np.zeros(24), 0, 0
    for engine in engines:
        made, at = incidents.incidents(engine), territories(engine)
        some = (made["persons"] > 0) & (made["plot"] == "")
        of = made["administration"][some]
        observed += np.bincount(made["nationality"][some], minlength=24)
        own = np.bincount(of, minlength=24)
        expected += incidents.OWN_PEOPLE * own + (1 - incidents.OWN_PEOPLE) * at.flows[of].sum(axis=0)
        women, met = women + int((made["sex"][some] == "female").sum()), met + int(some.sum())
    score = (observed - expected) / np.sqrt(expected)
    assert np.abs(score).max() < norm.ppf(1 - 0.005 / 24), score
    assert abs(women - met / 2) < 3 * np.sqrt(met) / 2


def test_finds_of_the_host_fit_their_acts(engines: list[Engine]) -> None:
    checked = 0
    for engine in engines:
        found = finds.found(engine)
        weighed = (found["unit"] == "kg") & (found["grams"] > 3_000) & (found["group"] != "drugs")
        ratio = found["quantity"][weighed] * 1000 / found["grams"][weighed]
        assert np.abs(ratio - 1).max(initial=0) < finds.RECORDING_ERROR + 0.006
        money = found["group"] == "currency"
        assert np.abs(found["quantity"][money] / found["worth"][money] - 1).max(initial=0) < 0.021
        host = territories(engine).host
        assert ((found["destination"] == host) | (found["direction"] == "transit")).all()
        checked += int(weighed.sum() + money.sum())
    assert checked > 60


def test_finds_leave_a_trace_and_are_those_of_the_guilty(engines: list[Engine]) -> None:
    total = 0
    for engine in engines:
        made = traces(engine, "seizures")
        guilty = {f"{p.typology}-{n}" for p in engine.plots for n in p.number[p.guilty]}
        assert set(made["plot"]) <= guilty
        assert made["case_id"].is_unique
        total += len(made)
    assert total > 60


def test_cash_that_was_forgotten_is_seized_like_cash_that_was_hidden(engines: list[Engine]) -> None:
    plots = np.concatenate(
        [finds.found(engine)["plot"][finds.found(engine)["group"] == "currency"] for engine in engines]
    )
    assert (plots == "").any()
    assert (plots != "").any()


def test_a_place_of_hiding_holds_what_is_in_it(engines: list[Engine]) -> None:
    made = seizures.recorded(engines[0])
    places = reference.load("concealments").set_index(["stream", "text"])["most_kg"].groupby(level=[0, 1]).max()
    most = np.array([places[each] for each in zip(made["stream"], made["concealment"], strict=True)])
    assert (made["kg"] > 0).all()
    assert (made["kg"] <= most).mean() > 0.97  # a few travellers carry more than one suitcase holds


def test_what_followed_fits_people_and_goods(engines: list[Engine]) -> None:
    made = pd.DataFrame({name: seizures.recorded(engines[0])[name] for name in ("persons", "group", "ending")})
    assert (made.loc[made["ending"] == "arrest", "persons"] > 0).all()
    mild = made["ending"].isin(["settlement", "detained"])
    assert mild.mean() > 0.2
    assert not made.loc[mild, "group"].isin(seizures.NEVER_LAWFUL).any()


def test_a_journey_inside_one_administration_is_told_by_its_towns(pooled: pd.DataFrame) -> None:
    inside = pooled[pooled["direction"] == "internal"]
    told = [name not in text for name, text in zip(inside["place"], inside["narrative"], strict=True)]
    assert 0.1 < np.mean(told) < 0.9  # many sentences name only where it came from
    own = reference.load("administrations")["name"]
    assert not inside["narrative"].str.contains(rf"\b(?:{'|'.join(own)})\b").any()


@pytest.mark.parametrize("code", ["XA", "FJ"])
def test_another_office_is_one_of_the_same_administration(code: str) -> None:
    at = territories(Engine(Scenario(code, seed=1, declarations=5_000)))
    office, of = np.arange(len(at.offices)), at.offices["administration"].to_numpy()
    for u in (0.0, 0.5, 0.999):
        other = at.other_office(office, np.full(len(office), u))
        assert (other != office).all()
        assert (of[other] == of).all()


def test_no_form_tells_finds_apart(pooled: pd.DataFrame) -> None:
    planted = (pooled[PLOT] != "").to_numpy()
    assert planted.sum() > 60
    within = pooled.groupby(["seed", "date"])
    facts = pooled[["commodity", "concealment", "conveyance"]].to_numpy().tolist()
    length = pd.Series(masked(pooled["narrative"], facts)).str.len()
    features = {
        "number": pooled["case_id"],
        "last digit": pooled["case_id"] % 10,
        "row within the day": within.cumcount() / within["mode"].transform("size"),
        "length of the narrative": length.groupby(pooled["mode"], observed=True).rank(pct=True),
    }
    chance = {name: ks_2samp(values[planted], values[~planted]).pvalue for name, values in features.items()}
    assert min(chance.values()) > 0.01 / len(chance), chance


def test_goods_of_finds_are_named_as_others_are(pooled: pd.DataFrame) -> None:
    """Each kind of goods found of a plot is also, in some world, seized with no plot behind it."""
    planted = pooled[PLOT] != ""
    for group, rows in pooled[planted].groupby("commodity_group", observed=True):
        others = pooled[~planted & (pooled["commodity_group"] == group)]
        assert set(rows["unit"]) <= set(others["unit"]) | {"litres"}, group
        assert len(others) > len(rows)


@pytest.mark.parametrize("level", ["foundation", "advanced"])
def test_levels_share_what_no_plot_stands_behind(engines: list[Engine], level: str) -> None:
    middle = seizures.table(engines[0])
    other = seizures.table(Engine(Scenario(seed=0, declarations=20_000, level=level)))
    first, second = (table[table[PLOT] == ""].drop(columns=[PLOT, ACT]) for table in (middle, other))
    pd.testing.assert_frame_equal(first.reset_index(drop=True), second.reset_index(drop=True))


def test_a_larger_world_holds_the_smaller_ones_records() -> None:
    small, large = (public(Engine(Scenario(seed=3, declarations=n)), "seizures") for n in (5_000, 20_000))
    assert np.isin(small["case_id"], large["case_id"]).mean() > 0.95


def test_no_sentence_stands_three_times_in_fifty_narratives(pooled: pd.DataFrame) -> None:
    facts = pooled[["commodity", "concealment", "conveyance"]].to_numpy().tolist()
    texts = pd.Series(masked(pooled["narrative"], facts))
    for mode, places in pooled.groupby("mode", observed=True).indices.items():
        if len(places) >= 50:
            often = too_often(texts.iloc[places])
            assert len(often) <= max(1, len(places) // 50 * 0.15), (mode, often)
