"""What holds of people, firms, addresses, links and the history of traders in every world."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.society import FORMER

FIRST_DAY = pd.Timestamp("2025-01-06")


@pytest.fixture(scope="module")
def links(world: World) -> pd.DataFrame:
    return world.table("links")


def of(links: pd.DataFrame, relation: str) -> pd.DataFrame:
    return links[links["relation"] == relation]


def entities(world: World) -> pd.DataFrame:
    """Return everybody with an address and a telephone, by public identifier."""
    traders = world.table("traders")
    parts = [
        traders.assign(id="T" + traders["importer_id"].astype("str")),
        world.table("people").rename(columns={"person_id": "id"}),
        world.table("firms").rename(columns={"firm_id": "id"}),
    ]
    return pd.concat([part[["id", "name", "address_id", "telephone"]] for part in parts]).set_index("id")


def test_both_ends_of_every_link_are_found(world: World, links: pd.DataFrame) -> None:
    everyone = entities(world)
    found = {*everyone.index, *everyone["address_id"], *everyone["telephone"]}
    assert set(links["from_id"]) <= set(everyone.index)
    assert set(links["to_id"]) <= found


def test_links_say_what_the_registers_say(world: World, links: pd.DataFrame) -> None:
    everyone = entities(world)
    at = links[links["relation"].isin(["lives_at", "uses_address"])].set_index("from_id")["to_id"]
    telephone = of(links, "uses_telephone").set_index("from_id")["to_id"]
    assert at.reindex(everyone.index).equals(everyone["address_id"].rename("to_id"))
    assert telephone.reindex(everyone.index).equals(everyone["telephone"].rename("to_id"))
    directed = of(links, "director_of").set_index("to_id")["from_id"]
    traders = world.table("traders").set_index("importer_id")
    assert (directed.reindex("T" + traders.index.astype("str")) == traders["director_id"].to_numpy()).all()
    assert of(links, "works_for")["to_id"].str.startswith("F").all()


def test_every_address_is_used_and_no_two_are_the_same_house(world: World) -> None:
    addresses = world.table("addresses")
    assert set(addresses["address_id"]) == set(entities(world)["address_id"])
    assert not addresses.duplicated(["street", "number", "place", "administration"]).any()
    offices = world.table("offices")["name"].str.split().str[0]
    assert set(addresses.loc[addresses["administration"] == world.scenario.administration, "place"]) == set(offices)  # type: ignore[union-attr]


def test_people_live_where_they_are_at_home(world: World) -> None:
    home = world.table("addresses").set_index("address_id")["administration"].astype("str")
    for name in ("people", "firms"):
        table = world.table(name)
        assert (table["address_id"].map(home) == table["administration"].astype("str")).all()
    assert world.table("people")["administration"].nunique() > 15
    assert world.table("firms")["administration"].nunique() > 3


def test_nobody_directs_a_firm_before_being_of_age(world: World, links: pd.DataFrame) -> None:
    directors = of(links, "director_of").merge(world.table("people"), left_on="from_id", right_on="person_id")
    assert (directors["since"].dt.year - directors["born"] >= 21).all()
    assert (directors["since"] < FIRST_DAY).all()  # who acts for a firm in the year directs it already
    traders = world.table("traders")
    registered = traders.set_index("T" + traders["importer_id"].astype("str"))["registered"]
    assert (directors["since"] >= directors["to_id"].map(registered)).all()
    lives = of(links, "lives_at").merge(world.table("people"), left_on="from_id", right_on="person_id")
    assert (lives["since"].dt.year - lives["born"] >= 18).all()


def test_addresses_and_telephones_are_shared_by_some_and_not_by_most(world: World) -> None:
    traders = world.table("traders")
    kind = world.table("addresses").set_index("address_id")["kind"].astype("str")
    shared = traders["address_id"].duplicated(keep=False)
    assert 0.05 < shared.mean() < 0.35
    assert (traders.loc[shared, "address_id"].map(kind) == "business_centre").any()
    assert 0.03 < traders["telephone"].duplicated(keep=False).mean() < 0.2
    assert not traders["telephone"].str.startswith("+999 0").any()


def test_history_agrees_with_the_registers(world: World, links: pd.DataFrame) -> None:
    traders, history = world.table("traders"), world.table("trader_history")
    of_event = {str(name): rows.set_index("importer_id") for name, rows in history.groupby("event", observed=True)}
    by = traders.set_index("importer_id")
    registered = of_event["registered"]["date"]
    assert registered.sort_index().to_numpy().tolist() == by["registered"].sort_index().to_numpy().tolist()
    assert set(of_event["aeo_granted"].index) == set(by.index[by["aeo"]])
    changed = of_event["director_changed"]
    assert (changed["detail"] == by["director_id"].reindex(changed.index)).all()
    since = of(links, "director_of").set_index("to_id")["since"]
    assert (since.reindex("T" + changed.index.astype("str")).to_numpy() == changed["date"].to_numpy()).all()
    moved = of_event["address_changed"]
    assert (moved["detail"] == by["address_id"].reindex(moved.index)).all()
    renamed = of_event["name_changed"]
    assert (renamed["detail"] != by["name"].reindex(renamed.index)).all()
    assert (history["date"] >= history["importer_id"].map(registered)).all()


def test_only_the_suspended_stay_suspended_and_they_do_not_trade(world: World) -> None:
    traders, history = world.table("traders"), world.table("trader_history")
    suspended, back = (
        history[history["event"] == name].set_index("importer_id") for name in ("suspended", "reinstated")
    )
    assert (back["date"] > suspended["date"].reindex(back.index)).all()
    stays = set(suspended.index) - set(back.index)
    assert stays == set(traders.loc[traders["status"] == "suspended", "importer_id"])
    assert len(stays) > 20
    assert not stays & set(world.declarations["importer_id"])
    last = history.groupby("importer_id")["date"].max()
    assert (last.reindex(list(stays)) == suspended["date"].reindex(list(stays))).all()
    assert (back["date"] < FIRST_DAY).all()  # whoever declares in the year may do so


def test_some_new_traders_took_over_address_and_telephone_of_one_that_stopped(world: World) -> None:
    traders = world.table("traders")
    both = ["address_id", "telephone"]
    pairs = traders[traders["status"] == "suspended"].merge(traders[traders["status"] == "active"], on=both)
    new = pairs[pairs["registered_y"] >= FIRST_DAY - pd.Timedelta(days=365)]
    assert len(new) > 5
    stopped = world.table("trader_history").query("event == 'suspended'").drop_duplicates("importer_id", keep="last")
    assert (new["importer_id_x"].map(stopped.set_index("importer_id")["date"]) < new["registered_y"]).all()
    assert (new["director_id_x"] == new["director_id_y"]).any()
    assert (new["director_id_x"] != new["director_id_y"]).any()


def test_to_have_taken_over_says_nothing_of_guilt() -> None:
    """Over some worlds the new traders that succeed another are cast as often as the other new ones."""
    guilty, succeeds = [], []
    for seed in range(12):
        engine = Engine(Scenario(seed=seed, declarations=20_000))
        traders = engine.population.traders
        cast = np.zeros(len(traders.new), dtype=bool)
        for scheme in engine.schemes("consignments"):
            owner = scheme.plots.owner[scheme.plots.guilty]
            cast[engine.population.relations.trader[owner]] = True
        number = np.arange(len(traders.new))
        guilty.append(cast[traders.new])
        succeeds.append((engine.society.first_of(number) != number)[traders.new])
    all_guilty, all_succeed = np.concatenate(guilty), np.concatenate(succeeds)
    assert all_succeed.sum() > 200
    share = all_guilty.mean()
    deviation = np.sqrt(share * (1 - share) / all_succeed.sum())
    assert abs(all_guilty[all_succeed].mean() - share) < 3 * deviation


@pytest.mark.parametrize("name", ["people", "firms", "addresses", "links", "trader_history", "traders"])
def test_levels_share_people_and_registers(name: str) -> None:
    easy, hard = (World(Scenario(seed=7, level=level, declarations=5_000)) for level in ("foundation", "advanced"))
    assert easy.table(name).equals(hard.table(name))


def test_a_former_trader_has_a_number_that_no_trader_reaches() -> None:
    from cep_toolkit.world.scenario import LARGEST

    assert LARGEST / 3 < FORMER


def test_a_larger_world_begins_with_the_same_people() -> None:
    small, large = (Engine(Scenario(seed=7, declarations=size)).society for size in (5_000, 10_000))
    number = np.arange(3_500)
    for kind in (0, 1, 2):
        some = number[: len(small.firm_kind)] if kind == 2 else number[:1_000] if kind == 0 else number
        assert (small.address(kind, some) == large.address(kind, some)).all()
        assert (small.telephone(kind, some) == large.telephone(kind, some)).all()
