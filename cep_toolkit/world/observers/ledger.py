"""How rows stand in a table of movements: by day, then by public number; what was not recorded is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints


def by_day(table: pd.DataFrame, day: Ints) -> pd.DataFrame:
    """Return the rows by ``day``, then by public number (the first column)."""
    order = np.lexsort((table.iloc[:, 0].to_numpy(), day))
    return table.iloc[order].reset_index(drop=True)


def known_dates(known: NDArray[np.bool_], dates: NDArray[np.datetime64]) -> NDArray[np.datetime64]:
    """Return the dates that are known; the others are missing."""
    return np.where(known, dates, np.datetime64("NaT", "ms"))
