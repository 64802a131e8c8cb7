"""Layer 1, third part: how each trader came to stand in the register as it does. It knows of no scheme.

A few traders stopped before the year; some new ones took over the address and telephone of such a former trader, and
most of these are as honest as anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import FORMER, Society

NEVER = -1_000_000
YEAR = 365
OF_AGE = 21
FIRST_YEAR = 2025
OLDEST_FORMER_DIRECTOR = 1990
LAST = 330
NEW_DIRECTOR, SAME_DIRECTOR, MOVED, SUSPENDED = 0.2, 0.3, 0.15, 0.02


@dataclass(frozen=True)
class Standing:
    """Traders in the register; every field is an array, days count from the first of the year.

    Parameters
    ----------
    trader : array
        Number; the former ones, from ``FORMER``, come last.
    director : array
        Number of the person who directs it now.
    registered, director_since, address_since : array
        Days.
    aeo_since, suspended, reinstated : array
        Days, ``NEVER`` for never.
    """

    trader: Ints
    director: Ints
    registered: Ints
    director_since: Ints
    address_since: Ints
    aeo_since: Ints
    suspended: Ints
    reinstated: Ints

    @property
    def active(self) -> NDArray[np.bool_]:
        """Whether each may trade now."""
        return np.asarray((self.suspended == NEVER) | (self.reinstated != NEVER))


@lru_cache(maxsize=2)
def standing(engine: Engine) -> Standing:
    """Return every trader's standing; the last ones are kept, for the tables that share them."""
    society, traders = engine.society, engine.population.traders
    trader = np.concatenate([np.arange(len(traders.count)), society.formers])
    former, here = trader >= FORMER, trader % FORMER
    u = {what: engine.streams.uniform("standing", what, ids=trader) for what in _DRAWS}
    entered = engine.streams.uniform("registered", ids=trader)
    new, aeo = traders.new[here], traders.aeo[here] & ~former
    successor = np.floor(np.where(new, -engine.streams.uniform("registered", ids=here) * YEAR, 0)).astype(np.int64)
    stopped = successor - 20 - np.floor(np.where(new, 150, 900) * u["stopped"]).astype(np.int64)
    registered = np.where(new & ~former, -entered * YEAR, -YEAR - entered**0.7 * 9000)
    registered = np.floor(registered).astype(np.int64)
    registered = np.where(former, np.minimum(registered, stopped - 200), registered)
    end = np.where(former, stopped - 30, LAST)
    before = np.minimum(end, -1)  # who acts for a firm in the year directs it from before the year
    director = _directors(engine, here, former & (~new | (u["same director"] >= SAME_DIRECTOR)))
    paused = ~former & ~aeo & (registered < -2 * YEAR) & (u["suspended"] < SUSPENDED)
    pause = _between(registered + 200, np.full(len(trader), -150), u["pause"])
    back = pause + 20 + np.floor(100 * u["back"]).astype(np.int64)
    moved = (u["moved"] < MOVED) & (society.first_of(trader) == trader)
    return Standing(
        trader=trader,
        director=director,
        registered=registered,
        director_since=_director_since(engine, director, registered, before, u["director"], u["director day"]),
        address_since=np.where(moved, _between(registered + 60, end, u["moved day"]), registered),
        aeo_since=np.where(aeo, _between(registered + 180, np.full(len(trader), -1), u["aeo day"]), NEVER),
        suspended=np.where(former, stopped, np.where(paused, pause, NEVER)),
        reinstated=np.where(paused, back, NEVER),
    )


_DRAWS = (
    "stopped",
    "same director",
    "director",
    "director day",
    "moved",
    "moved day",
    "aeo day",
    "suspended",
    "pause",
    "back",
)


def _directors(engine: Engine, trader: Ints, another: NDArray[np.bool_]) -> Ints:
    """Return the directors: each trader's own, and where it is ``another`` a resident of some years."""
    people = engine.society.people
    home = (people.home[: len(people.home) - len(engine.population.traders.count)] < 0).nonzero()[0]
    grown = home[people.born[home] <= OLDEST_FORMER_DIRECTOR]
    u = engine.streams.uniform("former director", ids=trader)
    return np.where(another, grown[np.floor(u * len(grown)).astype(np.int64)], Society.director(trader))


def _director_since(engine: Engine, director: Ints, registered: Ints, end: Ints, u: Floats, v: Floats) -> Ints:
    """Return since when: the founders from the first, some later; nobody directs a firm before being of age."""
    of_age = (engine.society.people.born[director] + OF_AGE + 1 - FIRST_YEAR) * 366
    later = np.maximum(registered + 60, of_age)
    founder = ((u >= NEW_DIRECTOR) & (of_age <= registered)) | (later >= end)
    return np.where(founder, registered, _between(later, end, v))


def _between(low: Ints, high: Ints, u: Floats) -> Ints:
    return np.asarray(low + np.floor(u * np.maximum(high - low, 1)).astype(np.int64))
