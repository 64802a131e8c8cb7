"""What the facilitator is told of these worlds: how many of those who look odd are innocent."""

from __future__ import annotations

import pandas as pd
import pytest

from cep_toolkit.risk.origin import origin_files
from cep_toolkit.risk.quantity import masses
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.scenario import LEVELS
from cep_toolkit.world.truth import Truth

WORLDS = 6


@pytest.fixture(scope="module")
def guilty() -> dict[str, pd.Series]:
    """Return of each claim loaded elsewhere and each bill too heavy whether a scheme is behind it, at all levels."""
    parts: dict[str, list[pd.Series]] = {"loaded elsewhere": [], "too heavy": []}
    for seed in range(WORLDS):
        scenario = Scenario(seed=seed, level=LEVELS[seed % len(LEVELS)], declarations=5_000)
        world, true = World(scenario), Truth(scenario).declarations
        true = true.astype({"declaration_id": "str", "plot": "str"}).set_index("declaration_id")
        elsewhere = origin_files(world).query("claimed and shows != 'loaded'")["declaration_id"]
        false_origin = true["illicit"] & true["plot"].str.startswith("origin_fraud")
        parts["loaded elsewhere"].append(false_origin.loc[elsewhere])
        parts["too heavy"].append(true["illicit"].loc[masses(world).query("heavier")["declaration_id"]])
    return {what: pd.concat(part) for what, part in parts.items()}


def test_most_claims_loaded_elsewhere_are_honest(guilty: dict[str, pd.Series]) -> None:
    assert 0.7 < 1 - guilty["loaded elsewhere"].mean() < 0.9


def test_about_half_of_the_bills_too_heavy_have_an_innocent_reason(guilty: dict[str, pd.Series]) -> None:
    assert 0.4 < 1 - guilty["too heavy"].mean() < 0.6
