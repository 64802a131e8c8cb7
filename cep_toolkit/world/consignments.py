"""Consignments after the plots: what the papers of each say, and what they should have said."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.plots import claim
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.said import Said, honest
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS


@dataclass(frozen=True)
class Consignments:
    """One block of consignments, honest and planted alike.

    Parameters
    ----------
    rows : Rows
        Layer 2.
    said : Said
        What the papers say after every plot.
    typology, plot : array
        Which plot touched each row; -1 for none.
    guilty : array of bool
        Whether that plot is a guilty one.
    """

    rows: Rows
    said: Said
    typology: NDArray[np.int8]
    plot: Ints
    guilty: NDArray[np.bool_]

    def at(self, places: Ints) -> Consignments:
        """Return some of the consignments."""
        rows, said = self.rows.at(places), self.said.at(places)
        return Consignments(rows, said, self.typology[places], self.plot[places], self.guilty[places])

    def true(self, what: str) -> NDArray[Any]:
        """Return what should have been said of ``what``, a field of ``Said`` and ``Rows``.

        Under a decoy, what was said is true; so it is of what a typology says truly.
        """
        truly = np.array([what in typology.truly for typology in TYPOLOGIES] + [False])
        said_is_true = (self.typology >= 0) & (~self.guilty | truly[self.typology])
        return np.asarray(np.where(said_is_true, getattr(self.said, what), getattr(self.rows, what)))


@lru_cache(maxsize=16)
def consignments(engine: Engine, number: int) -> Consignments:
    """Return one block; the last ones are kept, for the tables that share them."""
    rows = engine.reality.block(number)
    said = honest(rows, engine.streams)
    typology, plot = claim(engine.schemes(CONSIGNMENTS), rows, said, engine.region, engine.streams)
    return Consignments(rows, said, typology, plot, guilty_of(engine, typology, plot))


def guilty_of(engine: Engine, typology: NDArray[np.int8], plot: Ints) -> NDArray[np.bool_]:
    """Return whether each row was touched by a guilty plot."""
    guilty = np.zeros(len(plot), dtype=bool)
    for i, plots in enumerate(engine.plots):
        of = np.flatnonzero(typology == i)
        guilty[of] = plots.guilty[plot[of]]
    return guilty
