"""Vessels, voyages, manifests and containers: what holds in every world, and what plots leave there."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.stats import ks_2samp

from cep_toolkit.world import Scenario, World, numbers
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import public, traces
from cep_toolkit.world.truth import Truth

SEA, AIR = "sea", "air"


@pytest.fixture(scope="module")
def bills(world: World) -> pd.DataFrame:
    """Return bills with their voyage."""
    return world.table("manifests").merge(world.table("voyages"), on="voyage_id")


@pytest.fixture(scope="module")
def imports(world: World, bills: pd.DataFrame) -> pd.DataFrame:
    """Return declared bills beside their declaration."""
    return bills.merge(world.declarations, left_on="bill", right_on="transport_document", suffixes=("", "_declared"))


@pytest.fixture(scope="module")
def touched(truth: Truth, imports: pd.DataFrame) -> pd.DataFrame:
    """Return declared bills with the plot that shows in them, if any."""
    found = imports.merge(truth.traces["manifests"], on="bill", how="left")
    plots = truth.plots.set_index("plot")
    found["guilty"] = found["plot"].map(plots["guilty"])
    found["strength"] = found["plot"].map(plots["strength"])
    true = truth.declarations[["declaration_id", "true_origin", "true_hs"]]
    found = found.merge(true, on="declaration_id")
    found["heavier"] = found["gross_mass_kg"] / found["gross_mass_kg_declared"]
    return found


def test_every_declaration_by_sea_and_air_has_its_bill_and_no_bill_has_two(
    world: World, imports: pd.DataFrame, bills: pd.DataFrame
) -> None:
    carried = world.declarations["transport_mode"].isin([SEA, AIR])
    assert set(imports["declaration_id"]) == set(world.declarations.loc[carried, "declaration_id"])
    assert (imports["status"] == "import").all()
    assert (bills["status"] != "import").sum() == pytest.approx(0.2 * len(imports), rel=0.01)


def test_bill_and_declaration_name_the_same_voyage(imports: pd.DataFrame) -> None:
    for column in ("transport_means", "transport_mode", "office"):
        assert (imports[column].astype("str") == imports[f"{column}_declared"].astype("str")).all()
    assert (imports["arrival"] < imports["date"]).all()
    assert (imports["date"] - imports["arrival"]).dt.days.max() < 14
    assert (imports["discharge"].astype("str") == imports["office"].astype("str")).all()
    assert (imports["packages"] == imports["packages_declared"]).all()


def test_voyages_count_what_they_carry(world: World, bills: pd.DataFrame) -> None:
    voyages = world.table("voyages").set_index("voyage_id")
    counted = bills.groupby("voyage_id").size()
    assert (voyages.loc[counted.index, "bills"] == counted).all()
    by_land = world.declarations["transport_mode"].isin(["rail", "road"]).sum()
    assert voyages["bills"].sum() == len(bills) + by_land


def test_vessels_are_those_of_the_voyages(world: World) -> None:
    at_sea = world.table("voyages").query("transport_mode == 'sea'").merge(world.table("vessels"), on="vessel_id")
    assert (at_sea["transport_means"].astype("str") == at_sea["name"]).all()
    assert (at_sea["carrier_x"] == at_sea["carrier_y"]).all()
    assert at_sea.groupby(["vessel_id", "arrival"]).size().max() == 1
    assert (world.table("voyages").query("transport_mode != 'sea'")["vessel_id"] == "").all()


@pytest.mark.parametrize("administration", ["XA", "QT", "QR"])
def test_a_vessel_is_in_one_port_at_a_time(administration: str) -> None:
    voyages = public(Engine(Scenario(administration=administration, declarations=5_000)), "voyages")
    weekly = voyages.groupby(["transport_means", "arrival"], observed=True).size()
    assert weekly.max() == 1


def test_house_bills_share_a_master_of_one_forwarder_on_one_voyage(bills: pd.DataFrame) -> None:
    house = bills[bills["forwarder"] != ""]
    assert (house["master_bill"] != house["bill"]).all()
    shared = house.groupby("master_bill").agg({"forwarder": "nunique", "voyage_id": "nunique", "bill": "size"})
    assert (shared[["forwarder", "voyage_id"]] == 1).all().all()
    assert shared["bill"].mean() > 2
    straight = bills[bills["forwarder"] == ""]
    assert (straight["master_bill"] == straight["bill"]).all()
    assert not set(house["master_bill"]) & set(bills["bill"])


def test_containers_are_those_of_the_masters(world: World, bills: pd.DataFrame) -> None:
    containers = world.table("containers")
    full = containers[containers["load"] == "full"]
    of_master = bills.drop_duplicates("master_bill").set_index("master_bill")
    counted = full.groupby("bill").size()
    assert (of_master.loc[counted.index, "containers"] == counted).all()
    assert of_master["containers"].sum() == len(full)
    assert (of_master.loc[full["bill"], "voyage_id"].to_numpy() == full["voyage_id"].to_numpy()).all()
    empty = containers[containers["load"] == "empty"]
    assert len(empty) > 0.04 * len(full)
    assert (empty[["bill", "seal_loading", "seal_discharge"]] == "").all().all()


def test_a_containers_mass_is_that_of_its_goods_and_itself(world: World, bills: pd.DataFrame) -> None:
    containers = world.table("containers")
    tare = containers["type"].astype("str").map({"22G1": 2250, "22T1": 3700, "42G1": 3800, "45R1": 4600})
    goods = (containers["gross_mass_kg"] - tare).groupby(containers["bill"]).sum().drop("")
    said = bills.groupby("master_bill")["gross_mass_kg"].sum()[goods.index]
    some = goods > 1_000
    assert (goods[some] / said[some]).between(0.88, 1.05).all()
    assert containers["gross_mass_kg"].max() <= 30_480


def test_container_numbers_are_valid_and_a_box_is_on_one_voyage_at_a_time(world: World) -> None:
    containers = world.table("containers").merge(world.table("voyages")[["voyage_id", "arrival"]], on="voyage_id")
    ten = numbers.characters_of(list(containers["container"].str[:10]))
    assert (numbers.container_check_digit(ten) == containers["container"].str[10].astype(int)).all()
    assert (containers["container"].str[3] == "Q").all()
    again = containers.sort_values("arrival").groupby("container")["arrival"].diff().dropna()
    assert len(again) > 1_000
    assert again.dt.days.min() >= 1
    assert (again.dt.days >= 21).mean() > 0.97


def test_the_means_fit_the_goods(world: World, imports: pd.DataFrame) -> None:
    kinds = imports.merge(world.table("vessels")[["vessel_id", "kind"]], on="vessel_id")
    loose = kinds[kinds["kind"] == "tanker"]
    assert set(loose["hs"].astype("str").str[:2]) <= {"15", "17", "22", "27", "28", "29", "38", "40"}
    assert (loose["containers"] == 0).all()
    cold = world.table("containers").query("type == '45R1'")
    assert 0.8 < cold["setpoint"].notna().mean() < 1
    assert world.table("containers").query("type != '45R1'")["setpoint"].isna().all()
    frozen = imports[imports["hs"].astype("str").isin(["020230", "030489", "210500"]) & (imports["containers"] > 0)]
    types = world.table("containers").set_index("bill")["type"]
    assert set(types[types.index.isin(frozen["master_bill"])].astype("str")) == {"45R1"}


def test_animals_do_not_sail_nor_do_a_few_kilograms(world: World) -> None:
    table = world.declarations
    assert not table.loc[table["hs"].astype("str").str[:2] == "01", "transport_mode"].isin([SEA, "rail", "post"]).any()
    truly = table[table["transport_mode"] == SEA]
    assert (truly["net_mass_kg"] >= 20).all()


def test_a_bill_to_order_names_whom_to_notify(bills: pd.DataFrame) -> None:
    order = bills[bills["consignee"].str.startswith("To order")]
    assert 0.02 < len(order) / (bills["transport_mode"] == SEA).sum() < 0.05
    assert set(order["transport_mode"]) == {SEA}
    assert not order["notify"].str.startswith(("To order", "Same")).any()


def test_most_names_are_as_registered_and_some_are_mistyped(world: World, imports: pd.DataFrame) -> None:
    importer = world.table("traders").set_index("importer_id")["name"]
    true = imports["importer_id"].map(importer)
    named = ~imports["consignee"].str.startswith("To order")
    assert 0.75 < (imports["consignee"] == true)[named].mean() < 0.85
    assert (imports["consignee"].str.upper() == true.str.upper())[named].mean() > 0.88


def test_honest_masses_differ_a_little(touched: pd.DataFrame) -> None:
    honest = touched[touched["plot"].isna() & (touched["gross_mass_kg_declared"] > 100)]
    assert 0.985 < honest["heavier"].median() < 1.01
    assert honest["heavier"].quantile(0.9) > 1.03
    assert honest["heavier"].between(0.9, 1.15).all()


def test_short_declarations_mostly_weigh_more_on_the_bill_and_decoys_a_little_more(touched: pd.DataFrame) -> None:
    short = touched[(touched["act"] == "less_than_there_is") & (touched["gross_mass_kg_declared"] > 50)]
    guilty, decoy = (short[short["guilty"] == which] for which in (True, False))
    assert len(guilty) > 20
    assert len(decoy) > 20
    assert 0.5 < (guilty["heavier"] > 1.15).mean() < 0.9  # to some carriers the papers' mass is told
    assert 1.02 < decoy["heavier"].median() < guilty["heavier"].median()
    assert decoy["heavier"].max() > guilty["heavier"].min()  # mass alone does not decide


def test_goods_of_a_false_origin_are_mostly_loaded_where_they_were_made(touched: pd.DataFrame) -> None:
    fraud = touched[touched["act"] == "origin_of_other_goods"]
    guilty, decoy = (fraud[fraud["guilty"] == which] for which in (True, False))
    with_port = ~guilty["true_origin"].isin(["QT", "XD"]) | (guilty["transport_mode"] == AIR)
    loaded = guilty["loading"].astype("str")
    assert 0.5 < (loaded == guilty["true_origin"].astype("str"))[with_port].mean() < 0.95
    declared = decoy["origin"].astype("str")
    by = (decoy["loading"].astype("str") == declared) | (decoy["transhipment"].astype("str") == declared)
    assert by[~declared.isin(["QT", "XD"])].all()
    honest = touched[touched["plot"].isna()]
    assert 0.03 < (honest["loading"].astype("str") != honest["origin"].astype("str")).mean() < 0.3


def test_the_shipper_names_other_goods_or_is_vague_where_goods_are_declared_as_others(touched: pd.DataFrame) -> None:
    from cep_toolkit.world import reference

    phrases = reference.load("goods_phrases")
    precise = phrases[phrases["precision"] != "vague"].groupby("phrase")["hs"].agg(set)
    hidden = touched[touched["act"].isin(OTHER_GOODS)]
    names_true = np.array(
        [hs in precise.get(goods, set()) for goods, hs in zip(hidden["goods"], hidden["true_hs"], strict=True)]
    )
    vague = hidden["goods"].astype("str").isin(phrases.loc[phrases["precision"] == "vague", "phrase"]).to_numpy()
    guilty = hidden["guilty"].to_numpy(dtype=bool)
    assert 0.6 < (names_true | vague)[guilty].mean() < 0.95
    assert names_true[guilty].mean() > 0.3


OTHER_GOODS = {
    "code_of_other_goods",
    "tobacco_declared_as_other_goods",
    "precursor_declared_as_other_goods",
    "species_declared_as_another",
}


def test_shippers_are_vaguer_than_declarants(world: World, bills: pd.DataFrame) -> None:
    from cep_toolkit.world import reference

    phrases = reference.load("goods_phrases")
    vague = set(phrases.loc[phrases["precision"] == "vague", "phrase"])
    said, declared = (
        goods.astype("str").isin(vague).mean() for goods in (bills["goods"], world.declarations["description"])
    )
    assert said > 1.4 * declared


@pytest.fixture(scope="module")
def opened() -> pd.DataFrame:
    """Return the containers of several worlds: whether somebody opened them, and whether seals differ."""
    parts = []
    for seed in range(200, 208):
        scenario = Scenario(seed=seed, declarations=20_000)
        table = (
            World(scenario).table("containers").merge(traces(Engine(scenario), "containers"), on="move_id", how="left")
        )
        guilty = Truth(scenario).plots.set_index("plot")["guilty"]
        parts.append(table.assign(guilty=table["plot"].map(guilty), seed=seed))
    made = pd.concat(parts, ignore_index=True)
    return made.assign(differs=made["seal_loading"] != made["seal_discharge"])


def test_few_honest_seals_differ_and_many_of_opened_containers(opened: pd.DataFrame) -> None:
    honest = opened["plot"].isna() & (opened["load"] == "full")
    assert 0.01 < opened.loc[honest, "differs"].mean() < 0.02
    for guilty in (True, False):
        seen = opened.loc[opened["guilty"] == guilty, "differs"]
        assert len(seen) > 30
        assert 0.4 < seen.mean() < 0.95
    assert set(opened["act"].dropna()) == {"drugs_added_to_lawful_container"}


def test_an_honest_slip_is_one_digit_and_a_replaced_seal_another_number(opened: pd.DataFrame) -> None:
    differing = opened[opened["differs"]]
    apart = np.array(
        [
            sum(a != b for a, b in zip(*seals, strict=True))
            for seals in zip(differing["seal_loading"], differing["seal_discharge"], strict=True)
        ]
    )
    honest = differing["plot"].isna().to_numpy()
    assert 0.35 < (apart[honest] == 1).mean() < 0.65
    assert (apart[~honest] > 3).mean() > 0.95


def test_no_form_betrays_an_opened_container(opened: pd.DataFrame) -> None:
    """Against other replaced seals: the seal of an opened container is a seal like any other."""
    replaced = opened[opened["differs"] & (opened["seal_loading"].str[:2] != opened["seal_discharge"].str[:2])]
    planted = replaced["plot"].notna().to_numpy()
    features = {
        "move": replaced["move_id"],
        "last digit of the move": replaced["move_id"] % 10,
        "row within the voyage": replaced.groupby(["seed", "voyage_id"]).cumcount(),
        "seal": replaced["seal_discharge"].str[2:].astype(int),
        "last digit of the seal": replaced["seal_discharge"].str[-1].astype(int),
        "letters of the seal": replaced["seal_discharge"].str[0].map(ord),
        "serial of the container": replaced["container"].str[4:10].astype(int),
    }
    chance = {name: ks_2samp(values[planted], values[~planted]).pvalue for name, values in features.items()}
    assert planted.sum() > 50
    assert min(chance.values()) > 0.01 / len(features), chance


def test_no_form_betrays_a_bill() -> None:
    parts = []
    for seed in range(210, 214):
        engine = Engine(Scenario(seed=seed, declarations=20_000))
        table = public(engine, "manifests").assign(seed=seed)
        parts.append(table.assign(planted=table["bill"].isin(traces(engine, "manifests")["bill"])))
    made = pd.concat(parts, ignore_index=True)
    at_sea = made[(made["bill"].str[:2] == "BL") & (made["gross_mass_kg"] > 2_000)]
    planted = at_sea["planted"].to_numpy()
    features = {
        "bill": at_sea["bill"].str[3:].astype(int),
        "last digit of the bill": at_sea["bill"].str[-1].astype(int),
        "master": at_sea["master_bill"].str[3:].astype(int),
        "last digit of the mass": np.rint(at_sea["gross_mass_kg"]) % 10,
        "capitals": at_sea["consignor"].str.isupper(),
        "forwarder": at_sea["forwarder"] == "",
        "freight": at_sea["freight"] == "prepaid",
    }
    chance = {name: ks_2samp(values[planted], values[~planted]).pvalue for name, values in features.items()}
    assert planted.sum() > 300
    assert min(chance.values()) > 0.01 / len(features), chance


def test_levels_share_everything_that_no_plot_touches() -> None:
    """What really moved is the same; only what was said of it, and the seals, are fainter."""
    easy, hard = (Engine(Scenario(seed=7, declarations=10_000, level=level)) for level in ("foundation", "advanced"))
    for name in ("vessels", "voyages"):
        pd.testing.assert_frame_equal(public(easy, name), public(hard, name))
    one, other = (public(engine, "containers") for engine in (easy, hard))
    same = ["move_id", "container", "bill", "voyage_id", "type", "load", "seal_loading", "setpoint"]
    pd.testing.assert_frame_equal(one[same], other[same])
    one, other = (public(engine, "manifests") for engine in (easy, hard))
    same = ["bill", "master_bill", "voyage_id", "forwarder", "status", "consignor", "consignee", "notify", "packages"]
    pd.testing.assert_frame_equal(one[same], other[same])
    untouched = ~one["bill"].isin({*traces(easy, "manifests")["bill"], *traces(hard, "manifests")["bill"]})
    assert untouched.mean() > 0.9
    pd.testing.assert_frame_equal(one[untouched], other[untouched])


def test_a_seal_that_shows_at_the_harder_level_shows_at_the_easier() -> None:
    worlds = [Engine(Scenario(seed=7, declarations=20_000, level=level)) for level in ("foundation", "advanced")]
    easy, hard = ((public(engine, "containers"), traces(engine, "containers")) for engine in worlds)
    touched_in_both = set(easy[1]["move_id"]) & set(hard[1]["move_id"])
    shown = [
        set(table.loc[table["seal_loading"] != table["seal_discharge"], "move_id"]) & touched_in_both
        for table, _ in (easy, hard)
    ]
    assert len(touched_in_both) > 5
    assert shown[1] <= shown[0]
