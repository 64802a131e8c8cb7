"""Letters that were never written: what the importer would have answered."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cep_toolkit.world import arrays
from cep_toolkit.world.arrays import Columns, stacked
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import correspondence, declarations


def table(engine: Engine) -> pd.DataFrame:
    """Return one row a declaration about which no letter was written, in no order.

    Returns
    -------
    DataFrame
        ``declaration_id``; ``reply`` (how it is worded, empty for silence), ``reason``, ``document`` (kind of paper,
        empty for none), ``amount`` (total price on the paper, in the invoice's currency), as in the letters that were.
    """
    found = stacked(list(each_block(engine, lambda number: _unasked(engine, number))))
    return pd.DataFrame(
        {
            "declaration_id": declarations.ids(engine).public(found["number"]),
            **{name: arrays.words(found[name]) for name in ("reply", "reason", "document")},
            "amount": found["amount"],
        }
    )


def _unasked(engine: Engine, number: int) -> Columns:
    block = declarations.block(engine, number)
    hit = np.flatnonzero(~correspondence.asked(block))
    made = correspondence.answers(engine, block.made, hit)
    return {name: made[name] for name in ("number", "reply", "reason", "document", "amount")}
