"""What arrived: every voyage, flight and run that carried something."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import arrays, routes, shipping, text
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.cargo import cargo
from cep_toolkit.world.consignments import consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.naming import entity_ids
from cep_toolkit.world.observers.vessels import vessel_ids
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import FIRST_DAY
from cep_toolkit.world.society import FIRM, entity

OVERLAND = (shipping.RAIL, shipping.ROAD)


def table(engine: Engine) -> pd.DataFrame:
    """Return the voyages of the year, by arrival."""
    by_land = np.concatenate(list(each_block(engine, lambda number: _by_land(engine, number))))
    bills = np.bincount(np.concatenate([by_land, cargo(engine).voyage]))
    voyage = np.flatnonzero(bills)
    mode, means = shipping.voyage_mode(voyage), shipping.voyage_means(engine, voyage)
    made = pd.DataFrame(
        {
            "voyage_id": shipping.voyage_ids(engine, voyage),
            "transport_mode": arrays.categories(mode, list(MODES)),
            "transport_means": arrays.categories(means, text.means(engine.streams, shipping.MEANS)),
            "vessel_id": _vessel(engine, mode, means),
            "office": arrays.categories(shipping.voyage_office(voyage), list(engine.region.offices["office"])),
            "arrival": arrays.dates(FIRST_DAY, shipping.voyage_day(engine, voyage)),
            "last_place": arrays.categories(routes.last_place(engine, voyage), engine.region.partners),
            "carrier": _carrier(engine, voyage, mode),
            "bills": bills[voyage],
        }
    )
    return made.sort_values(["arrival", "voyage_id"], ignore_index=True)


def _by_land(engine: Engine, number: int) -> Ints:
    rows = consignments(engine, number).rows
    rows = rows.at(np.flatnonzero(np.isin(rows.mode, OVERLAND)))
    return shipping.voyage(engine, rows, shipping.office(engine, rows.trader, rows.mode))


def _vessel(engine: Engine, mode: Ints, means: Ints) -> NDArray[np.object_]:
    """Return the vessel's number; empty for what is no vessel."""
    known = np.array([*vessel_ids(engine, np.arange(shipping.MEANS)), ""], dtype=object)
    return known[np.where(mode == shipping.SEA, means - shipping.SEA * shipping.MEANS, -1)]


def _carrier(engine: Engine, voyage: Ints, mode: Ints) -> NDArray[np.object_]:
    firm, run = np.zeros(len(voyage), dtype=np.int64), shipping.run(engine, voyage)
    for number in np.unique(mode).tolist():
        here = np.flatnonzero(mode == number)
        firm[here] = shipping.carrier(engine, number, run[here])
    return entity_ids(engine, entity(FIRM, firm))
