"""Letters that were never written are answered as those that were."""

from __future__ import annotations

import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth

SCENARIO = Scenario(declarations=20_000)


@pytest.fixture(scope="module")
def replies() -> pd.DataFrame:
    true = Truth(SCENARIO)
    return true.replies.merge(true.declarations, on="declaration_id", validate="one_to_one")


@pytest.fixture(scope="module")
def world() -> World:
    return World(SCENARIO)


def test_every_declaration_without_a_letter_has_one(world: World, replies: pd.DataFrame) -> None:
    written = set(world.table("correspondence")["declaration_id"])
    assert set(replies["declaration_id"]) == set(world.declarations["declaration_id"]) - written


def test_only_the_guilty_are_silent_or_evasive_and_no_independent_paper_agrees_with_them(
    world: World, replies: pd.DataFrame
) -> None:
    guilty = replies["illicit"] & replies["plot"].astype("str").str.startswith("undervaluation")
    invoiced = world.declarations.set_index("declaration_id")["invoice_value"]
    declared = replies["declaration_id"].map(invoiced)
    assert not replies.loc[~guilty, "reply"].isin(["", "evasive"]).any()
    independent = (replies["document"] != "") & (replies["document"] != "seller_letter")
    assert (replies["amount"] > 1.01 * declared)[guilty & independent].mean() > 0.9
    assert ((replies["amount"] - declared).abs() < 0.011)[~guilty & (replies["document"] != "")].all()


def test_unwritten_and_written_letters_hold_the_same_papers_as_often(world: World, replies: pd.DataFrame) -> None:
    letters = world.table("correspondence")
    papers = letters[letters["kind"] == "document"]["document"].astype("str")
    files = letters["declaration_id"].nunique()
    assert abs(len(papers) / files - (replies["document"] != "").mean()) < 0.1
    ours = (replies["document"] == "seller_letter").sum() / (replies["document"] != "").sum()
    assert abs((papers == "seller_letter").mean() - ours) < 0.08
