"""Layer 4: what competitors, and some who are mistaken, say of people with nothing behind it."""

from __future__ import annotations

from functools import partial

import numpy as np

from cep_toolkit.world import reference
from cep_toolkit.world.acts import NOWHERE, kinds
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.known import HOW, TELLS, Known
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.society import PERSON, RESIDENTS, TRADER, Society, entity

SLANDERED, GOSSIPED, BY_A_COMPETITOR = 0.0035, 0.012, 0.65


def slander(engine: Engine) -> Known:
    """Return what is said of traders."""
    population = engine.population
    first = population.relations.line[population.traders.relations[:-1]]
    every = np.arange(len(first))
    chosen = every[engine.streams.uniform("slander", ids=every) < SLANDERED]
    by_line = np.argsort(first, kind="stable")
    place = np.empty_like(by_line)
    place[by_line] = every
    rival = by_line[(place[chosen] + 1) % len(every)]
    return _rumour(engine, "trader", entity(TRADER, chosen), entity(PERSON, Society.director(rival)))


def gossip(engine: Engine) -> Known:
    """Return the same of residents."""
    every = np.arange(RESIDENTS)
    chosen = every[engine.streams.uniform("gossip", ids=every) < GOSSIPED]
    return _rumour(engine, "person", entity(PERSON, chosen), entity(PERSON, (chosen + 1) % RESIDENTS))


def _rumour(engine: Engine, of: str, subjects: Ints, rivals: Ints) -> Known:
    table = reference.load("act_kinds")
    spoken = np.array([kinds().index(act) for act in table.loc[table["rumour"] == of, "act"]])
    key = engine.streams.mixed("rumour", of, ids=subjects)
    u = partial(engine.streams.uniform, "rumour", ids=key)
    lie = u("lie") < BY_A_COMPETITOR
    bystander = entity(PERSON, np.floor(u("who") * RESIDENTS).astype(np.int64))
    return Known(
        key=key,
        act=np.full(len(key), -1),
        person=np.where(lie, rivals, bystander),
        how=np.array([HOW.index(how) for how in ("saw", "was_told")])[(u("how") < 0.6).astype(np.int64)],
        tells=np.where(lie, TELLS.index("lie"), TELLS.index("error")),
        kind=spoken[np.floor(u("kind") * len(spoken)).astype(np.int64)],
        subject=subjects,
        other=np.full(len(key), NOWHERE),
        day=np.floor(u("day") * WEEKS * 7).astype(np.int64),
        amount=np.rint(np.exp(8.0 + 3.0 * u("amount"))),
        misnamed=np.zeros(len(key), dtype=bool),
    )
