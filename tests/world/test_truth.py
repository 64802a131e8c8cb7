"""What holds between the truth and what people see."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.typologies import TYPOLOGIES


def both(world: World, truth: Truth) -> pd.DataFrame:
    return world.declarations.merge(truth.declarations, on="declaration_id", validate="one_to_one")


def test_honest_declarations_and_decoys_say_what_is_true(world: World, truth: Truth) -> None:
    rows = both(world, truth).query("not illicit")
    assert (rows["hs"].astype("str") == rows["true_hs"].astype("str")).all()
    assert (rows["invoice_value"] == rows["true_invoice_value"]).all()
    assert (rows[["duty_evaded", "vat_evaded"]] == 0).all().all()


def test_duty_evaded_is_duty_on_the_truth_less_duty_declared(world: World, truth: Truth) -> None:
    rows = both(world, truth).query("illicit")
    under = rows[rows["plot"].str.startswith("undervaluation")]
    assert len(under) > 50
    owed = under["true_customs_value"] * under["duty_rate"] / 100
    assert np.allclose(owed - under["duty"], under["duty_evaded"], atol=0.02)
    assert (under["duty_evaded"] >= 0).all()
    assert (under["hs"].astype("str") == under["true_hs"].astype("str")).all()


def test_misclassified_goods_pay_a_neighbours_lower_rate(world: World, truth: Truth) -> None:
    rows = both(world, truth).query("illicit")
    wrong = rows[rows["plot"].str.startswith("misclassification")]
    assert len(wrong) > 30
    tariff = world.table("tariff").set_index("hs")
    declared, true = wrong["hs"].astype("str"), wrong["true_hs"].astype("str")
    assert (declared.map(tariff["duty_rate"]) < true.map(tariff["duty_rate"])).all()
    pairs = zip(declared, true.map(tariff["neighbours"]), strict=True)
    assert all(hs in near.split(";") for hs, near in pairs)


def test_findings_of_value_and_classification_are_true(world: World, truth: Truth) -> None:
    controls = world.table("controls").merge(truth.declarations, on="declaration_id")
    found = controls[controls["finding"].isin(["value", "classification"])]
    assert found["illicit"].all()
    owed = (found["duty_evaded"] + found["vat_evaded"]).clip(lower=0)  # a price too high leaves nothing to claim
    assert np.allclose(found["additional_duty"], owed, atol=0.02)
    assert controls["illicit"].sum() > len(found)  # some are missed


def test_an_innocent_ruling_stands_only_where_an_office_could_have_ruled_so(world: World, truth: Truth) -> None:
    rows = both(world, truth).merge(truth.plots[["plot", "guilty"]], on="plot")
    decoys = rows[rows["plot"].str.startswith("misclassification") & ~rows["guilty"]]
    pairs = reference.load("disputed_pairs").query("ruling")
    assert len(decoys) > 5
    assert (decoys["advance_ruling"] != "").all()
    assert set(decoys["hs"].astype("str")) <= set(pairs["neighbour"])


def test_a_false_price_is_contradicted_only_by_a_paper(world: World, truth: Truth) -> None:
    papers = world.table("correspondence").query("kind == 'document'").merge(both(world, truth), on="declaration_id")
    under = papers["plot"].str.startswith("undervaluation") & papers["illicit"]
    seller_alone = papers["document"] == "seller_letter"
    contradicted = under & ~seller_alone
    assert contradicted.sum() > 5
    assert (papers.loc[contradicted, "amount"] > papers.loc[contradicted, "invoice_value"]).all()
    assert (papers.loc[~contradicted, "amount"] == papers.loc[~contradicted, "invoice_value"]).all()
    assert (seller_alone & under).any()  # the seller's word alone tells neither the guilty
    assert (seller_alone & ~under).any()  # nor the honest


def test_a_relative_is_a_reason_only_where_the_parties_are_related(world: World, truth: Truth) -> None:
    replies = world.table("correspondence").query("reason == 'related_party'")
    related = world.declarations.set_index("declaration_id")["related_parties"]
    assert len(replies) > 3
    assert replies["declaration_id"].map(related).all()


def test_no_member_of_a_plot_was_created_for_it(truth: Truth, world: World) -> None:
    traders = set(world.table("traders")["importer_id"])
    cast = truth.plots.loc[truth.plots["importer_id"] != "", "importer_id"]
    assert {int(name[1:]) for name in cast} <= traders
    assert truth.plots["plot"].is_unique
    assert set(truth.plots["typology"]) == {typology.name for typology in TYPOLOGIES}
    assert truth.plots.groupby("typology")["guilty"].nunique().eq(2).all()


def test_every_touched_declaration_has_its_main_act(truth: Truth) -> None:
    main = {typology.act for typology in TYPOLOGIES if typology.traffic == "consignments"}
    acts = truth.acts[truth.acts["kind"].isin(main)]
    rows = acts.merge(truth.declarations, left_on="object", right_on="declaration_id")
    assert len(rows) == len(acts) == (truth.declarations["plot"] != "").sum()
    assert (rows["plot_x"] == rows["plot_y"].astype("str")).all()
    assert truth.traces["declarations"]["declaration_id"].is_unique


def test_acts_are_named_once_and_happen_near_the_window_of_their_plot(truth: Truth) -> None:
    acts = truth.acts.merge(truth.plots, on="plot", validate="many_to_one")
    assert len(acts) == len(truth.acts)
    assert truth.acts["key"].is_unique
    assert (acts["date"] >= acts["start"] - pd.Timedelta(days=31)).all()
    assert (acts["date"] <= acts["end"] + pd.Timedelta(days=110)).all()
    assert (acts["amount"] >= 0).all()


def test_what_two_people_know_differs_only_where_somebody_lies(truth: Truth) -> None:
    known = truth.knowledge.pivot(index="declaration_id", columns="person", values=["version", "tells"])
    differ = known["version"]["clerk"] != known["version"]["director"]
    assert (differ == (known["tells"]["director"] == "lie")).all()
    assert differ.any()


def test_levels_are_paired() -> None:
    easy, hard = (Scenario(seed=7, level=level, declarations=5_000) for level in ("foundation", "advanced"))
    assert World(easy).table("traders").equals(World(hard).table("traders"))
    plots = {level: Truth(level).plots.set_index("plot") for level in (easy, hard)}
    shared = plots[easy].index.intersection(plots[hard].index)
    columns = ["typology", "guilty", "owner", "partner", "channel", "start", "end"]
    assert len(shared) > 20
    assert plots[easy].loc[shared, columns].equals(plots[hard].loc[shared, columns])
    assert (plots[easy].loc[shared, "strength"] > plots[hard].loc[shared, "strength"]).all()
    guilty = {level: set(table.index[table["guilty"]]) for level, table in plots.items()}
    assert guilty[hard] < guilty[easy]
    decoys = {level: set(table.index[~table["guilty"]]) for level, table in plots.items()}
    assert decoys[easy] < decoys[hard]
