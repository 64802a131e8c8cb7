"""Each traffic of a year after the plots, as one object: what moved, what was said, and who was behind it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.consignments import consignments, guilty_of
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.observers.declarations import block
from cep_toolkit.world.plots import claim
from cep_toolkit.world.population import Ints
from cep_toolkit.world.traffic.journeys import Journeys, Told, journeys, told
from cep_toolkit.world.traffic.parcels import Labelled, Parcels, labelled, parcels
from cep_toolkit.world.traffic.refunds import Claimed, Refunds, claimed, joined, refunds
from cep_toolkit.world.traffic.transits import Arrived, Transits, arrived, transits

R = TypeVar("R")
S = TypeVar("S")


@dataclass(frozen=True)
class After(Generic[R, S]):
    """A year of one traffic.

    Parameters
    ----------
    rows : Transits, Parcels, Journeys or Refunds
        What really moved.
    said : Arrived, Labelled, Told or Claimed
        What is said of it after every plot.
    typology, plot : array
        Which plot touched each row; -1 for none.
    guilty : array of bool
        Whether that plot is a guilty one.
    """

    rows: R
    said: S
    typology: NDArray[np.int8]
    plot: Ints
    guilty: NDArray[np.bool_]


def _after(engine: Engine, rows: R, honest: Callable[[R, Any], S]) -> After[R, S]:
    said = honest(rows, engine.streams)
    given: Any = rows
    typology, plot = claim(engine.schemes(given.traffic), given, said, engine.region, engine.streams)
    return After(rows, said, typology, plot, guilty_of(engine, typology, plot))


@lru_cache(maxsize=2)
def transits_of(engine: Engine) -> After[Transits, Arrived]:
    """Return the year's transit movements."""
    return _after(engine, transits(engine.society, engine.streams, engine.reality.size), arrived)


@lru_cache(maxsize=2)
def parcels_of(engine: Engine) -> After[Parcels, Labelled]:
    """Return the year's parcels."""
    return _after(engine, parcels(engine.society, engine.streams, engine.reality.size), labelled)


@lru_cache(maxsize=2)
def journeys_of(engine: Engine) -> After[Journeys, Told]:
    """Return the year's arrivals of travellers."""
    return _after(engine, journeys(engine.society, engine.streams, engine.reality.size), told)


@lru_cache(maxsize=2)
def refunds_of(engine: Engine) -> After[Refunds, Claimed]:
    """Return the year's claims for refund of duty."""
    parts = [
        refunds(consignments(engine, number), block(engine, number).declared.duty, engine.society, engine.streams)
        for number in engine.reality.blocks
    ]
    return _after(engine, joined(parts), claimed)
