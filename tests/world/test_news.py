"""Open-source items: what is told, told again with other numbers, and put right; only the truth knows events."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import news, public
from cep_toolkit.world.observers.news import EVENT
from cep_toolkit.world.territories import territories
from cep_toolkit.world.truth import Truth
from tests.world.sentences import masked, too_often


@pytest.fixture(scope="module")
def pooled() -> pd.DataFrame:
    made = [news.table(Engine(Scenario(seed=seed, declarations=20_000))).assign(seed=seed) for seed in range(5)]
    return pd.concat(made, ignore_index=True)


@pytest.fixture(scope="module")
def events(world: World, truth: Truth) -> pd.DataFrame:
    return world.news.merge(truth.news, on="item_id", validate="one_to_one")


def test_about_a_third_of_the_items_are_on_seizures(pooled: pd.DataFrame) -> None:
    share = pooled["topic"].value_counts(normalize=True)
    assert share["seizure"] == pytest.approx(0.35, abs=0.1)
    assert (share > 0.02).all()


def test_items_are_collected_after_they_are_published(pooled: pd.DataFrame) -> None:
    assert (pooled["collected"] > pooled["published"]).all()
    ordered = pooled.groupby("seed")["published"].apply(lambda times: times.is_monotonic_increasing)
    assert ordered.all()


def test_an_address_is_its_publishers(pooled: pd.DataFrame) -> None:
    publishers = reference.load("publishers").set_index("name")
    domain = pooled["publisher"].astype("str").map(publishers["domain"])
    assert (pooled["url"].str.split("/").str[2] == domain).all()
    assert (pooled["language"].astype("str") == pooled["publisher"].astype("str").map(publishers["language"])).all()
    assert (pooled.groupby("seed")["url"].nunique() == pooled.groupby("seed").size()).all()


def test_the_pointer_says_whether_the_store_holds_the_event(world: World, events: pd.DataFrame) -> None:
    assert (events["cen_pointer"] == events["event"].isin(world.seizures["case_id"])).all()
    assert 20 < events["cen_pointer"].sum() < len(events) / 2


def test_no_public_column_groups_the_items_of_an_event(world: World, events: pd.DataFrame) -> None:
    assert EVENT not in world.news
    several = events[events["event"].duplicated(keep=False)]
    assert len(several) > 50
    for name in world.news.columns.drop(["item_id", "url"]):
        same = several.groupby("event")[name].nunique() == 1
        assert name in {"administration", "cen_pointer"} or not same.all(), name


def test_a_seizure_is_told_again_up_to_five_times_by_others(events: pd.DataFrame) -> None:
    told = events[events["topic"] == "seizure"]
    times = told.groupby("event").size()
    assert times.max() <= 6
    assert (times == 1).any()
    assert (times > 1).any()


def test_numbers_change_on_the_way_and_some_are_put_right(events: pd.DataFrame) -> None:
    told = events[events["topic"] == "seizure"]
    quantity = told["text"].str.extract(r"([0-9][0-9,.]* (?:kg|pieces?|sticks?|litres?))", expand=False)
    several = quantity.groupby(told["event"]).nunique()
    assert (several > 1).any()
    right = events[events["topic"] == "correction"]
    assert len(right) >= 3
    assert set(right["event"]) <= set(told["event"])


def test_a_story_names_the_town_and_the_goods_of_the_seizure(world: World, events: pd.DataFrame) -> None:
    held = events[events["cen_pointer"] & (events["topic"] == "seizure")]
    held = held.merge(world.seizures, left_on="event", right_on="case_id", suffixes=("", "_held"))
    assert (held["administration"].astype("str") == held["administration_held"].astype("str")).all()
    assert all(goods in text for goods, text in zip(held["commodity"], held["text"], strict=True))
    assert (held["town"] == held["place"]).mean() > 0.85
    assert (held["published"] >= held["date"]).all()


def test_a_sure_place_is_the_towns_own(pooled: pd.DataFrame) -> None:
    at = territories(Engine(Scenario(declarations=5_000)))
    towns = at.offices.assign(administration=np.array(at.codes)[at.offices["administration"]])
    sure = pooled[pooled["place_confidence"] == "high"]
    found = sure.assign(administration=sure["administration"].astype("str")).merge(
        towns, on=["administration", "town"], suffixes=("", "_of_town")
    )
    near = (found["x"] == found["x_of_town"]) & (found["y"] == found["y_of_town"])
    assert found.loc[near, "item_id"].nunique() == sure["item_id"].nunique()
    assert ((pooled["town"] == "") == pooled["topic"].isin(["policy", "statistics"])).all()


def test_levels_share_all_news_but_that_of_finds() -> None:
    levels = [Engine(Scenario(seed=2, declarations=5_000, level=level)) for level in ("foundation", "advanced")]
    first, second = (public(engine, "news") for engine in levels)
    assert np.isin(second["item_id"], first["item_id"]).mean() > 0.97


def test_no_sentence_stands_three_times_in_fifty_stories(pooled: pd.DataFrame) -> None:
    names = [str(name) for name in reference.load("publishers")["name"]]
    facts = [[publisher, town, *names] for publisher, town in zip(pooled["publisher"], pooled["town"], strict=True)]
    texts = pd.Series(masked(pooled["text"], facts))
    by_topic = pooled.groupby("topic", observed=True).indices.values()
    often = [sentence for places in by_topic for sentence in too_often(texts.iloc[places])]
    assert len(often) <= 0.1 * len(pooled) / 50, often
