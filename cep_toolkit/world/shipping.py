"""Layer 2, transport: where a consignment enters, on which voyage, flight or run, and under which bill.

A service calls at an office every week; six vessels (flights, trains, lorries) take turns on it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import WEEKS, Rows

OFFICE_KIND = {"air": "airport", "post": "post", "rail": "land", "road": "land", "sea": "seaport"}
MEANS = 240
SERVICES, TURNS = 4, 6
BILL_LETTERS = np.array([[ord(a), ord(b)] for a, b in ("AW", "PO", "RW", "CM", "BL")], np.uint8)


def office(engine: Engine, trader: Ints, mode: Ints) -> Ints:
    """Return the office: one of the right kind for the mode, always the same for a trader."""
    kinds = engine.region.offices["kind"].to_numpy(dtype=object)
    u = engine.streams.uniform("office", ids=trader) ** 1.5
    result = np.zeros(len(trader), dtype=np.int64)
    for number, name in enumerate(MODES):
        fitting = np.flatnonzero(kinds == OFFICE_KIND[name])
        choices = fitting if len(fitting) else np.flatnonzero(kinds == "inland")
        here = mode == number
        result[here] = choices[np.floor(u[here] * len(choices)).astype(np.int64)]
    return result


def voyage(engine: Engine, rows: Rows, at: Ints) -> Ints:
    """Return the voyage, flight or run of each consignment to the office ``at``: by office, week, service and mode."""
    week = np.minimum(rows.day // 7, WEEKS - 1)
    service = (engine.streams.mixed("service", ids=rows.relation) % np.uint64(SERVICES)).astype(np.int64)
    return ((at * WEEKS + week) * SERVICES + service) * len(MODES) + rows.mode


def voyage_mode(voyage: Ints) -> Ints:
    """Return the mode of each voyage."""
    return voyage % len(MODES)


def voyage_office(voyage: Ints) -> Ints:
    """Return the office where each voyage ends."""
    return voyage // (len(MODES) * SERVICES * WEEKS)


def voyage_day(engine: Engine, voyage: Ints) -> Ints:
    """Return the day of arrival: in the week before the declarations, on the service's own weekday."""
    week = voyage // (len(MODES) * SERVICES) % WEEKS
    weekday = engine.streams.mixed("weekday", ids=_service(voyage)) % np.uint64(6)
    return week * 7 - 1 - weekday.astype(np.int64)


def voyage_means(engine: Engine, voyage: Ints) -> Ints:
    """Return the vessel, flight, train or lorry of each voyage, as places in ``text.means``."""
    week = voyage // (len(MODES) * SERVICES) % WEEKS
    turn = _service(voyage) * TURNS + week % TURNS
    pick = engine.streams.mixed("means", ids=turn) % np.uint64(MEANS)
    return voyage_mode(voyage) * MEANS + pick.astype(np.int64)


def _service(voyage: Ints) -> Ints:
    return voyage_office(voyage) * SERVICES * len(MODES) + voyage % (SERVICES * len(MODES))


def bill_numbers(engine: Engine, number: Ints) -> Ints:
    """Return the number of the transport document of each declaration; no two are the same."""
    return PublicIds(engine.streams, "bill").public(number)


def bills(mode: Ints, numbers: NDArray[np.integer]) -> object:
    """Return transport documents such as ``"BL-40712233"``."""
    return arrays.numbered(BILL_LETTERS[mode], numbers, 8)
