"""The declarations made in pieces are the table, whatever the size of a piece."""

from __future__ import annotations

import pandas as pd
import pytest

from cep_toolkit.world import Scenario
from cep_toolkit.world.engine import engine_of
from cep_toolkit.world.observers import public
from cep_toolkit.world.pieces import pieces

SCENARIO = Scenario(seed=31, declarations=70_000)  # two blocks


@pytest.mark.parametrize("rows", [9_999, 35_000, 70_000, 1_000_000])
def test_pieces_put_together_are_the_table(rows: int) -> None:
    engine = engine_of(SCENARIO)
    made = list(pieces(engine, rows))
    assert [len(piece) for piece in made[:-1]] == [min(rows, 70_000)] * (len(made) - 1)
    pd.testing.assert_frame_equal(pd.concat(made, ignore_index=True), public(engine, "declarations"))
