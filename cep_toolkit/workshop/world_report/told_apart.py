"""How well one public method tells the guilty apart, at each level of this seed."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from cep_toolkit.workshop.world_report.grid import Grid, grid
from cep_toolkit.workshop.world_report.typologies import called
from cep_toolkit.world import Scenario
from cep_toolkit.world.difficulty import difficulty
from cep_toolkit.world.scenario import LEVELS

ALONE = "decoys alone"


def table(scenario: Scenario) -> Grid:
    """Return the score of each typology at each level, and at the scenario's own level against its decoys alone."""
    scores = difficulty(replace(scenario, level=level) for level in LEVELS)
    wide = scores.pivot(index="typology", columns="level", values="score")
    own = scores[scores["level"] == scenario.level].set_index("typology")["decoys"]
    order = scores["typology"].drop_duplicates()
    made = pd.DataFrame({level: wide[level] for level in LEVELS} | {ALONE: own}).loc[order]
    texts = made.map(lambda score: "" if pd.isna(score) else f"{score:.2f}")
    texts.insert(0, "scheme", order.map(called).to_numpy())
    caption = f"Chance that a guilty row looks more suspect than another; the last column at {scenario.level}"
    return replace(grid(texts, caption), right=(False, *[True] * len(made.columns)))
