"""Print how hard each typology is at each level: ``python benchmarks/difficulty.py [SEEDS] [DECLARATIONS]``.

For each level the mean over seeds of ``world.difficulty.score`` with its standard deviation, and between levels the
distance in such standard deviations. A typology whose guilty rows are few varies much from seed to seed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from itertools import pairwise

import numpy as np
import pandas as pd

from cep_toolkit.world import Scenario
from cep_toolkit.world.difficulty import difficulty
from cep_toolkit.world.scenario import LEVELS

FIRST_SEED = 1_000


def summary(measured: pd.DataFrame) -> pd.DataFrame:
    """Return mean and spread of each level, the distances, the area against decoys and the rows a world."""
    by = measured.groupby(["typology", "level"], sort=False)
    mean, sd = (getattr(by["score"], what)().unstack()[list(LEVELS)] for what in ("mean", "std"))
    short = {level: level[:4] for level in LEVELS}
    made: pd.DataFrame = pd.concat([mean.rename(columns=short), sd.rename(columns=short).add_prefix("sd ")], axis=1)
    for easier, harder in pairwise(LEVELS):
        within = np.sqrt((sd[easier] ** 2 + sd[harder] ** 2) / 2)
        made[f"{short[easier]}-{short[harder]}"] = (mean[easier] - mean[harder]) / within
    made["decoys"] = measured.groupby("typology", sort=False)["decoys"].mean()
    made["rows"] = measured.groupby("typology", sort=False)["guilty_rows"].mean().round(0)
    return made


def main(seeds: int = 50, declarations: int = 20_000) -> None:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CEP_CACHE"] = folder
        worlds = [
            Scenario(seed=FIRST_SEED + i, level=level, declarations=declarations)
            for i in range(seeds)
            for level in LEVELS
        ]
        print(summary(difficulty(worlds)).round(3).to_string(), flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
