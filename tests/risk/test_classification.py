from __future__ import annotations

from cep_toolkit.risk.classification import adjacent_rates, contradictions, goods_named
from cep_toolkit.world import World, reference
from cep_toolkit.world.truth import Truth


def test_pairs_are_neighbours_and_the_neighbour_pays_more(world: World) -> None:
    table = adjacent_rates(world)
    tariff = world.table("tariff").set_index("hs")
    assert len(table) >= 40
    for row in table.itertuples():
        assert row.neighbour in tariff.loc[row.hs, "neighbours"].split(";")
        assert row.gap == tariff.loc[row.neighbour, "duty_rate"] - tariff.loc[row.hs, "duty_rate"] > 0
    assert table["gap"].is_monotonic_decreasing


def test_a_description_that_names_a_dearer_neighbour_is_never_honest(world: World, truth: Truth) -> None:
    rows = contradictions(world).merge(truth.declarations, on="declaration_id")
    contradicted = rows["says"] == "neighbour"
    planted = rows["plot"].str.startswith("misclassification")
    assert contradicted.sum() > 20
    assert planted[contradicted].all()
    innocent = contradicted & ~rows["illicit"]
    assert innocent.any()
    assert (rows.loc[innocent, "advance_ruling"] != "").all()
    assert (planted & (rows["says"] == "vague")).any()  # some of the guilty do not betray themselves
    assert not (rows["says"] == "other").any()


def test_each_declaration_has_its_dearest_neighbour(world: World) -> None:
    rows = contradictions(world)
    pairs = adjacent_rates(world).groupby("hs")
    assert (rows["gap"] == rows["hs"].map(pairs["gap"].max())).all()
    assert (rows["gap"] == rows["dearest_rate"] - rows["tariff_rate"]).all()
    assert (rows["dearest_rate"] == rows["hs"].map(pairs["neighbour_rate"].max())).all()
    assert rows["declaration_id"].is_unique


def test_vague_phrases_name_nothing() -> None:
    phrases = reference.load("goods_phrases")
    vague = set(phrases.loc[phrases["precision"] == "vague", "phrase"])
    named = set(phrases.loc[phrases["precision"] != "vague", "phrase"])
    assert not vague & named
    assert all(not goods_named(phrase) for phrase in vague)
    assert all(goods_named(phrase) for phrase in named)
