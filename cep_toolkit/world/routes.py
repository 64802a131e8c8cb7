"""Transport after the plots: where a voyage called last, and by which way goods came on board."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world import shipping
from cep_toolkit.world.cargo import Cargo
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.region import Floats, Region

NOWHERE = -1
FROM_STOCK, FROM_NEXT_DOOR = 0.5, 0.05
TRANSHIPPED = 0.12


def last_place(engine: Engine, voyage: Ints) -> Ints:
    """Return the partner where each voyage called last: always the same for a service."""
    modes = len(MODES)
    services = np.arange(len(engine.region.offices) * shipping.SERVICES * modes)
    u = engine.streams.uniform("last place", ids=services)
    place = np.zeros(len(services), dtype=np.int64)
    for mode in range(modes):
        cdf = np.cumsum(_weights(engine.region, mode))
        place[mode::modes] = np.searchsorted(cdf, u[mode::modes] * cdf[-1], "right")
    return place[shipping.service(voyage)]


def route(engine: Engine, made: Cargo) -> tuple[Ints, Ints]:
    """Return where each bill's goods were loaded and where they changed vessels, as partners; ``NOWHERE`` for nowhere.

    Goods sent from elsewhere than their origin were loaded at the origin and changed vessels on the way, or were sold
    from a stock held there. Goods without a port of their own are loaded next door, and sometimes others are too.
    """
    relation, region = engine.population.relations, engine.region
    sent_from = relation.departure[made.relation]
    u = {what: engine.streams.uniform("route", what, ids=made.number) for what in ("stock", "next door", "hub", "by")}
    lawful = made.by_way_of != made.origin
    by_hub = (sent_from != made.origin) & ~lawful
    first = np.where(by_hub & ~made.straight & (u["stock"] < FROM_STOCK), sent_from, made.origin)
    loading = np.where(lawful & (u["stock"] < FROM_STOCK), made.by_way_of, first)
    next_door = ~made.straight & ~lawful & ~by_hub & (u["next door"] < FROM_NEXT_DOOR)
    loading = np.where(next_door, region.neighbours.next_port[loading], loading)
    changed = np.where(u["by"] < TRANSHIPPED, _hub(region, u["hub"]), NOWHERE)
    changed = np.where(by_hub, sent_from, np.where(lawful, made.by_way_of, changed))
    at_sea = made.mode == shipping.SEA
    loading = np.where(at_sea, region.neighbours.port[loading], loading)
    changed = np.where(at_sea & (changed != NOWHERE), region.neighbours.port[changed], changed)
    flown_on = ~at_sea & (changed == NOWHERE)
    changed = np.where(flown_on, last_place(engine, made.voyage), changed)
    return loading, np.where(changed == loading, NOWHERE, changed)


def _weights(region: Region, mode: int) -> Floats:
    """Return how likely each partner is the last place of a voyage by mode."""
    trade: Floats = np.sqrt(np.diff(region.partner_cdf.mean(axis=0), prepend=0.0))
    if mode == shipping.SEA:
        return np.asarray(trade * region.neighbours.near_by_sea)
    by_land = region.neighbours.by_land
    return np.asarray(trade * by_land) if mode in (shipping.RAIL, shipping.ROAD) and by_land.any() else trade


def _hub(region: Region, u: Floats) -> Ints:
    cdf = np.cumsum(region.partner_table["free_zone_share"].to_numpy(dtype=float))
    return np.asarray(np.minimum(np.searchsorted(cdf, u * cdf[-1], "right"), len(cdf) - 1))
