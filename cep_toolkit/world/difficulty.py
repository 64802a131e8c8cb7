"""How hard a world's cases are: how well one fixed public method tells the guilty from all others."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world.region import Floats
from cep_toolkit.world.scenario import Scenario
from cep_toolkit.world.suspicion import methods, suspicion
from cep_toolkit.world.truth import Truth
from cep_toolkit.world.world import World

if TYPE_CHECKING:
    Flags = NDArray[np.bool_]


def score(world: World, truth: Truth, typology: str) -> float:
    """Return the area under the ROC curve of the typology's guilty rows against all others, decoys among them.

    Returns
    -------
    float
        0.5 where the method sees nothing, 1 where it tells all apart; nan where nothing is planted.

    Examples
    --------
    >>> scenario = Scenario(declarations=5_000, level="foundation")
    >>> score(World(scenario), Truth(scenario), "undervaluation") > 0.6
    True
    """
    return separation(suspicion(world, typology), planted(truth, typology, guilty=True))


def separation(suspect: Floats, guilty: Flags) -> float:
    """Return the chance that a guilty row is more suspect than another; a tie counts half.

    The area under the ROC curve, by the ranks of Mann and Whitney (Hanley and McNeil, Radiology 143, 1982).

    Examples
    --------
    >>> separation(np.array([3.0, 1.0, 1.0, 0.0]), np.array([True, True, False, False]))
    0.875
    """
    from scipy.stats import rankdata

    found, others = int(guilty.sum()), int((~guilty).sum())
    if not found or not others:
        return float("nan")
    above = rankdata(suspect)[guilty].sum() - found * (found + 1) / 2
    return float(above / (found * others))


def planted(truth: Truth, typology: str, guilty: bool) -> Flags:
    """Return which rows of the typology's table its guilty plots touched, or its decoys."""
    table: pd.DataFrame = getattr(truth, methods()[typology][0])
    plot = table["plot"].astype("category")
    of_typology = plot.cat.categories[plot.cat.categories.str.rsplit("-", n=1).str[0] == typology]
    return np.asarray(plot.isin(of_typology) & (table["illicit"] == guilty), dtype=bool)


def difficulty(scenarios: Iterable[Scenario]) -> pd.DataFrame:
    """Return the score of every typology in every scenario.

    Returns
    -------
    DataFrame
        ``typology``, ``level``, ``seed``, ``score`` (nan where nothing is planted), ``decoys`` (the same against the
        decoys alone), ``guilty_rows``.

    Examples
    --------
    >>> made = difficulty([Scenario(seed=1, declarations=5_000)])
    >>> len(made), bool(made["score"].dropna().between(0, 1).all())
    (14, True)
    """
    return pd.DataFrame([row for scenario in scenarios for row in _of(scenario)])


def _of(scenario: Scenario) -> list[dict[str, object]]:
    world, truth, rows = World(scenario), Truth(scenario), []
    for typology in methods():
        suspect, guilty = suspicion(world, typology), planted(truth, typology, guilty=True)
        among = guilty | planted(truth, typology, guilty=False)
        rows.append(
            {
                "typology": typology,
                "level": scenario.level,
                "seed": scenario.seed,
                "score": separation(suspect, guilty),
                "decoys": separation(suspect[among], guilty[among]),
                "guilty_rows": int(guilty.sum()),
            }
        )
    return rows
