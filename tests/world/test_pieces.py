"""The declarations made in pieces are the table, whatever the size of a piece."""

from __future__ import annotations

import pandas as pd
import pytest

from cep_toolkit.world import Scenario
from cep_toolkit.world.engine import engine_of
from cep_toolkit.world.observers import public
from cep_toolkit.world.pieces import pieces
from cep_toolkit.world.population import MORE_TRADERS_UNTIL

SCENARIO = Scenario(seed=31, declarations=70_000)  # two blocks


@pytest.mark.parametrize("rows", [9_999, 35_000, 70_000, 1_000_000])
def test_pieces_put_together_are_the_table(rows: int) -> None:
    engine = engine_of(SCENARIO)
    made = list(pieces(engine, rows))
    assert [len(piece) for piece in made[:-1]] == [min(rows, 70_000)] * (len(made) - 1)
    pd.testing.assert_frame_equal(pd.concat(made, ignore_index=True), public(engine, "declarations"))


def test_a_large_administration_has_busier_traders_not_ever_more_of_them() -> None:
    usual, large = (engine_of(Scenario(seed=31, declarations=size)) for size in (MORE_TRADERS_UNTIL, 3_000_000))
    traders = [len(engine.population.traders.count) for engine in (usual, large)]
    plots = [sum(map(len, engine.plots)) for engine in (usual, large)]
    assert traders[0] <= traders[1] < 1.3 * traders[0]
    assert 0.9 * plots[0] < plots[1] < 1.1 * plots[0]
    assert large.population.traders.count.sum() == 3_000_000
