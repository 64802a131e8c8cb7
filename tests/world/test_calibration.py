"""The field figures of ``datasets/field_figures.csv``, each within its stated tolerance."""

from __future__ import annotations

import numpy as np
import pytest

from cep_toolkit.world import Scenario, World, reference
from cep_toolkit.world.calibration import calibration, measures, rank_slope
from cep_toolkit.world.truth import Truth

SCENARIOS = [Scenario("XA", 2016), Scenario("QR", 3), Scenario("QY", 4, "advanced"), Scenario("XC", 5, "foundation")]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda s: f"{s.administration}-{s.seed}")
def test_every_figure_lies_within_its_tolerance(scenario: Scenario) -> None:
    table = calibration(World(scenario), Truth(scenario))
    outside = table[~table["within"]]
    assert outside.empty, outside[["figure", "measured", "low", "high"]].to_string()


def test_every_figure_is_measured_and_its_tolerance_holds_what_was_published(world: World, truth: Truth) -> None:
    figures = reference.load("field_figures")
    assert set(figures["figure"]) == set(measures(world, truth))
    assert ((figures["low"] <= figures["value"]) & (figures["value"] <= figures["high"])).all()
    korean = figures["source"].str.contains("Korean")
    assert figures.loc[korean, "source"].str.contains("synthetic").all()


def test_the_slope_is_that_of_a_power_law() -> None:
    assert rank_slope(np.array([1000, 500, 333, 250, 200])) == pytest.approx(-1, abs=0.01)
