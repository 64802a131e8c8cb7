"""Who knows of an act, and what they say: the guilty lie, others err, competitors invent; a contradiction is a join."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.entity_names import confused, entity_names
from cep_toolkit.world.known import HOW, TELLS
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER, entity
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.witnesses import known


@pytest.fixture(scope="module")
def both(truth: Truth) -> pd.DataFrame:
    acts = truth.acts.rename(columns={"key": "act", "kind": "done", "date": "when", "amount": "worth"})
    return truth.known_acts.merge(acts[["act", "guilty", "actor", "done", "when", "worth"]], on="act", how="left")


def test_every_row_has_a_key_of_its_own(truth: Truth) -> None:
    assert truth.known_acts["key"].is_unique


def test_who_did_it_knows_it_and_a_paper_is_nobody(both: pd.DataFrame) -> None:
    did = both[both["how"] == "did"]
    assert (did["person"] == did["actor"]).all()
    assert (both.loc[both["how"] == "document", "person"] == "").all()
    assert (both.loc[both["how"] == "saw", "person"] != both.loc[both["how"] == "saw", "actor"]).all()


def test_only_those_who_were_in_it_lie_of_it(both: pd.DataFrame) -> None:
    real = both["act"] > 0
    lies = both[real & (both["tells"] == "lie")]
    assert set(lies["how"]) <= {"did", "took_part"}
    assert lies["guilty"].all()
    assert len(lies) > 0.5 * (real & (both["how"] == "did") & both["guilty"].eq(True)).sum()


def test_what_is_true_is_what_was_so(both: pd.DataFrame) -> None:
    true = both[both["tells"] == "true"]
    assert (true["act"] > 0).all()
    assert (true["kind"].astype("str") == true["done"]).all()
    assert (true["date"] == true["when"]).all()
    assert (true["amount"] == true["worth"]).all()


def test_an_error_is_one_wrong_detail(both: pd.DataFrame) -> None:
    errors = both[(both["tells"] == "error") & (both["act"] > 0)]
    assert (errors["kind"].astype("str") == errors["done"]).all()
    detail = (errors["date"] != errors["when"]).astype(int) + (errors["amount"] != errors["worth"])
    assert (detail <= 1).all()
    assert (detail == 0).any()  # the name is wrong
    assert (detail == 1).any()


def test_a_contradiction_is_a_join(truth: Truth) -> None:
    made = truth.known_acts[truth.known_acts["act"] > 0]
    versions = made.groupby("act")[["kind", "subject", "date", "amount"]].nunique()
    assert (versions > 1).any().all()


def test_some_speak_of_what_never_was(truth: Truth) -> None:
    rumours = truth.known_acts[truth.known_acts["act"] == 0]
    assert len(rumours) > 20
    assert (rumours["plot"] == "").all()
    assert set(rumours["tells"]) == {"error", "lie"}
    assert (rumours["subject"] != rumours["person"]).all()


def engine_at(level: str) -> Engine:
    return Engine(Scenario(seed=4, declarations=5_000, level=level))


def test_harder_levels_err_more_and_share_the_rest() -> None:
    easy, hard = (known(engine_at(level)) for level in ("foundation", "advanced"))
    assert ((easy.tells == TELLS.index("error")).mean()) < (hard.tells == TELLS.index("error")).mean()
    common, first, second = np.intersect1d(easy.key, hard.key, return_indices=True)
    assert len(common) > 0.5 * len(hard)
    assert (easy.person[first] == hard.person[second]).mean() > 0.9  # some acts have other people behind them
    assert (easy.how[first] == hard.how[second]).all()


def test_papers_are_fewer_where_more_is_missing() -> None:
    easy, hard = (known(engine_at(level)) for level in ("foundation", "advanced"))
    paper = HOW.index("document")
    real = (easy.how == paper).sum() / (easy.how == 0).sum(), (hard.how == paper).sum() / (hard.how == 0).sum()
    assert real[0] > real[1]


def test_a_name_is_confused_with_one_that_begins_alike() -> None:
    engine = Engine(Scenario(seed=4, declarations=5_000))
    some = np.concatenate([entity(TRADER, np.arange(300)), entity(PERSON, np.arange(300))])
    other = confused(engine, some)
    assert (other != some).all()
    assert (other % KINDS == some % KINDS).all()
    pairs = zip(entity_names(engine, some), entity_names(engine, other), strict=True)
    assert np.mean([a[:2] == b[:2] for a, b in pairs]) > 0.8


def test_every_firm_is_called_as_in_the_register(world: World, scenario: Scenario) -> None:
    engine = Engine(scenario)
    every = entity(FIRM, np.arange(len(engine.society.firm_kind)))
    called = world.firms.set_index("firm_id")["name"]
    assert (called[entity_ids(engine, every)].to_numpy() == entity_names(engine, every)).all()
