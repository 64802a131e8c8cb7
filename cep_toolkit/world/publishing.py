"""Who publishes what, and how numbers are rounded in print."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.territories import Territories, territories

Words = NDArray[np.object_]

AT_HOME = 0.75


def publishers(engine: Engine, administration: Ints, key: NDArray[np.uint64]) -> Ints:
    """Return a publisher for each event: mostly one of the place, else an agency."""
    table, at = reference.load("publishers"), territories(engine)
    u, v = (engine.streams.uniform("press", "publisher", which, ids=key) for which in (0, 1))
    agencies = np.flatnonzero(table["kind"] == "agency")
    made = agencies[np.floor(v * len(agencies)).astype(np.int64)]
    place = _places_of(table["administration"].to_numpy(dtype=object), at)
    for number in range(len(at.codes)):
        own = np.flatnonzero(place == number)
        here = np.flatnonzero((administration == number) & (u < AT_HOME))
        made[here] = own[np.floor(v[here] * len(own)).astype(np.int64)]
    return made


def _places_of(codes: Words, at: Territories) -> Ints:
    """Return the number of each invented administration; a real host has the place of the one that steps aside."""
    invented = sorted(set(reference.load("administrations")["code"]) - set(at.codes))
    number = {code: i for i, code in enumerate(at.codes)} | dict.fromkeys(invented, at.host)
    return np.array([number[code] for code in codes.tolist()])


def as_written(quantity: Floats, unit: Words) -> Floats:
    """Return quantities that were changed: whole pieces, two digits of the rest."""
    step = 10.0 ** (np.floor(np.log10(np.maximum(quantity, 1e-6))) - 1)
    return np.where(unit == "pieces", np.maximum(np.rint(quantity), 1), np.rint(quantity / step) * step)
