"""Who stands behind a row: hidden columns that no table shows, and what a control finds of it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers import ACT, PLOT
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.typologies import TYPOLOGIES


def hidden(engine: Engine, typology: NDArray[np.int8], plot: Ints) -> dict[str, NDArray[np.object_]]:
    """Return the two hidden columns of rows: the plot behind each and the kind of its act, empty for none."""
    act = np.full(len(plot), "", dtype=object)
    for place in np.unique(typology[typology >= 0]):
        act[typology == place] = TYPOLOGIES[place].act
    return {PLOT: engine.plot_names(typology, plot), ACT: act}


def found(
    typology: NDArray[np.int8], guilty: NDArray[np.bool_], kind: NDArray[np.object_], u: Floats
) -> NDArray[np.object_]:
    """Return what a control of each ``kind`` finds of the guilty plot behind each row; empty for nothing.

    Each kind finds a scheme with a chance of its own (``Typology.detection``); ``u``, from 0 to 1, decides.
    """
    finding = np.full(len(guilty), "", dtype=object)
    for place in np.unique(typology[guilty]):
        at = np.flatnonzero(guilty & (typology == place))
        chance = np.array([TYPOLOGIES[place].detection.get(name, 0.0) for name in kind[at]])
        finding[at[u[at] < chance]] = TYPOLOGIES[place].finding
    return finding
