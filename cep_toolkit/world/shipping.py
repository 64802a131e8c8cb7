"""Layer 2, transport: where a consignment enters, on which voyage, flight or run, and under which bill.

A service calls at an office every week; six vessels (flights, trains, lorries) take turns on it. At sea the first
services are container lines, and one each is for general cargo, bulk carriers, tankers and ro-ro vessels.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.forms import BOX, HOLDS, hold
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import MODES, Ints
from cep_toolkit.world.reality import WEEKS, Rows

OFFICE_KIND = {"air": "airport", "post": "post", "rail": "land", "road": "land", "sea": "seaport"}
AIR, RAIL, ROAD, SEA = (MODES.index(name) for name in ("air", "rail", "road", "sea"))
MEANS = 240
LINES, TURNS = 4, 6
SERVICES = LINES + len(HOLDS) - 1
CARRIERS = {SEA: (0, 8), AIR: (8, 12), RAIL: (12, 14)}
BILL_LETTERS = np.array([[ord(a), ord(b)] for a, b in ("AW", "PO", "RW", "CM", "BL")], np.uint8)


def office(engine: Engine, trader: Ints, mode: Ints) -> Ints:
    """Return the office: one of the right kind for the mode, always the same for a trader."""
    u = engine.streams.uniform("office", ids=trader) ** 1.5
    result = np.zeros(len(trader), dtype=np.int64)
    for number in range(len(MODES)):
        choices = _offices(engine, number)
        here = mode == number
        result[here] = choices[np.floor(u[here] * len(choices)).astype(np.int64)]
    return result


def voyage(engine: Engine, rows: Rows, at: Ints) -> Ints:
    """Return the voyage, flight or run of each consignment to the office ``at``: by office, week, service and mode."""
    week = np.minimum(rows.day // 7, WEEKS - 1)
    line = (engine.streams.mixed("service", ids=rows.relation) % np.uint64(LINES)).astype(np.int64)
    held = np.where(rows.mode == SEA, hold(engine.region.forms, rows.line, rows.gross_grams), BOX)
    service = np.where(held == BOX, line, LINES - 1 + held)
    return ((at * WEEKS + week) * SERVICES + service) * len(MODES) + rows.mode


def voyage_mode(voyage: Ints) -> Ints:
    """Return the mode of each voyage."""
    return voyage % len(MODES)


def voyage_office(voyage: Ints) -> Ints:
    """Return the office where each voyage ends."""
    return voyage // (len(MODES) * SERVICES * WEEKS)


def voyage_day(engine: Engine, voyage: Ints) -> Ints:
    """Return the day of arrival: in the week before the declarations, on the service's own weekday."""
    weekday = engine.streams.mixed("weekday", ids=service(voyage)) % np.uint64(6)
    return _week(voyage) * 7 - 1 - weekday.astype(np.int64)


def voyage_means(engine: Engine, voyage: Ints) -> Ints:
    """Return the vessel, flight, train or lorry of each voyage, as places in ``text.means``.

    Each serves one service: nothing arrives at two offices in one week.
    """
    mode = voyage_mode(voyage)
    turn = run(engine, voyage) * TURNS + _week(voyage) % TURNS
    return np.asarray(mode * MEANS + _means_of_turn(engine)[mode, turn])


def run(engine: Engine, voyage: Ints) -> Ints:
    """Return the service of each voyage, counted among those of its mode; below ``MEANS // TURNS``."""
    place = _place_of_office(engine)[voyage_office(voyage), voyage_mode(voyage)]
    return (place * SERVICES + _service(voyage)) % (MEANS // TURNS)


def vessel_runs(engine: Engine) -> Ints:
    """Return the run on which each of the ``MEANS`` vessels sails."""
    return np.argsort(_means_of_turn(engine)[SEA]) // TURNS


def vessel_kinds(engine: Engine) -> Ints:
    """Return the kind of each of the ``MEANS`` vessels, as places in ``forms.HOLDS``."""
    return np.maximum(vessel_runs(engine) % SERVICES - LINES + 1, BOX)


def carrier(engine: Engine, mode: int, run: Ints) -> Ints:
    """Return the firm that works each run of a mode."""
    firms = engine.society.firms(("haulier",) if mode == ROAD else ("carrier",))
    low, high = CARRIERS.get(mode, (0, len(firms)))
    u = engine.streams.uniform("carrier", MODES[mode], ids=run)
    return firms[low + np.floor(u * (high - low)).astype(np.int64)]


def service(voyage: Ints) -> Ints:
    """Return a number for the service of each voyage: of one office, week after week."""
    return voyage_office(voyage) * SERVICES * len(MODES) + voyage % (SERVICES * len(MODES))


def bill_numbers(engine: Engine, number: Ints) -> Ints:
    """Return the number of the transport document of each declaration; no two are the same."""
    return PublicIds(engine.streams, "bill").public(number)


def bills(mode: Ints, numbers: NDArray[np.integer]) -> Any:
    """Return transport documents such as ``"BL-40712233"``."""
    return arrays.numbered(BILL_LETTERS[mode], numbers, 8)


def voyage_ids(engine: Engine, voyage: Ints) -> Any:
    """Return public identifiers of voyages such as ``"V-407122"``."""
    letters = np.full((len(voyage), 1), ord("V"), dtype=np.uint8)
    return arrays.numbered(letters, voyage_numbers(engine, voyage), 6)


def voyage_numbers(engine: Engine, voyage: Ints) -> Ints:
    """Return the public number of each voyage."""
    return PublicIds(engine.streams, "voyage", 6).public(voyage)


@lru_cache(maxsize=16)
def _offices(engine: Engine, mode: int) -> Ints:
    """Return the offices of the right kind for a mode; where there is none, those inland."""
    kinds = engine.region.offices["kind"].to_numpy(dtype=object)
    fitting = np.flatnonzero(kinds == OFFICE_KIND[MODES[mode]])
    return fitting if len(fitting) else np.flatnonzero(kinds == "inland")


def _place_of_office(engine: Engine) -> Ints:
    """Return the place of each office among those of each mode: (offices, modes)."""
    place = np.zeros((len(engine.region.offices), len(MODES)), dtype=np.int64)
    for mode in range(len(MODES)):
        choices = _offices(engine, mode)
        place[choices, mode] = np.arange(len(choices))
    return place


@lru_cache(maxsize=2)
def _means_of_turn(engine: Engine) -> Ints:
    """Return which of its means takes each turn of a mode: (modes, ``MEANS``)."""
    return np.array([engine.streams.rng("means of turn", name).permutation(MEANS) for name in MODES])


def _week(voyage: Ints) -> Ints:
    return voyage // (len(MODES) * SERVICES) % WEEKS


def _service(voyage: Ints) -> Ints:
    return voyage // len(MODES) % SERVICES
