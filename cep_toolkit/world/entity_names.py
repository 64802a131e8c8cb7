"""Names of traders, people and firms by the one number that stands for each; names that are easily confused."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import names
from cep_toolkit.world.arrays import plain
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import OF_KIND
from cep_toolkit.world.observers import registers
from cep_toolkit.world.population import Ints
from cep_toolkit.world.society import FIRM, KINDS, PERSON, TRADER, entity

Words = NDArray[np.object_]

POOL = 1_500
"""Among so many of a kind, the first ones, a name is confused with another."""


def entity_names(engine: Engine, entities: Ints) -> Words:
    """Return the name of each trader, person or firm, in the language of its home; empty for nobody."""
    every, place = np.unique(entities, return_inverse=True)
    made = np.full(len(every), "", dtype=object)
    for kind in (TRADER, PERSON, FIRM):
        here = np.flatnonzero((every >= 0) & (every % KINDS == kind))
        made[here] = _named(engine, kind, every[here] // KINDS)
    return made[place]


def _named(engine: Engine, kind: int, numbers: Ints) -> Words:
    """Return the names of some of one kind, in the language of each one's home."""
    make = names.people if kind == PERSON else names.firms
    return plain(
        make(registers.spoken(engine, engine.society.home(kind, numbers)), numbers, engine.streams, OF_KIND[kind])
    )


def confused(engine: Engine, entities: Ints) -> Ints:
    """Return for each entity another of its kind with a name much like its own."""
    result = entities.copy()
    for kind in (TRADER, PERSON, FIRM):
        here = np.flatnonzero((entities >= 0) & (entities % KINDS == kind))
        if len(here):
            pool, sorted_names = _pool(engine, kind)
            own = entity_names(engine, entities[here]).astype("str")
            place = np.minimum(np.searchsorted(sorted_names, own, "right"), len(pool) - 1)
            near = entity(kind, pool[place])
            result[here] = np.where(near == entities[here], entity(kind, pool[place - 1]), near)
    return result


@lru_cache(maxsize=6)
def _pool(engine: Engine, kind: int) -> tuple[Ints, NDArray[np.str_]]:
    """Return the first ones of a kind by name, and their names."""
    society = engine.society
    count = {TRADER: len(society.population.traders.count), PERSON: POOL, FIRM: len(society.firm_kind)}[kind]
    numbers = np.arange(min(POOL, count))
    called = _named(engine, kind, numbers).astype("str")
    order = np.argsort(called, kind="stable")
    return numbers[order], called[order]
