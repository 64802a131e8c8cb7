"""Transport after the plots: house bills under a forwarder's master, and containers under masters.

A bill that fills containers is its own master and has them to itself. Small bills of one forwarder on one voyage share
a master and its containers; at sea, cold goods stay apart from the rest. Some containers come empty.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import shipping
from cep_toolkit.world.cargo import Cargo, cargo
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.forms import BOX, FORMS, GAS, LIGHT, LIQUID, REFRIGERATED
from cep_toolkit.world.identifiers import PublicIds
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats

TYPES = ("22G1", "22T1", "42G1", "45R1")
DRY_20, TANK_20, DRY_40, COLD_40 = range(len(TYPES))
TARE_KG = np.array([2_250, 3_700, 3_800, 4_600])
FILLS_KG = dict(zip(FORMS, (8_000, 4_000, 2_000, 10_000, 6_000, 3_000, 8_000, 8_000), strict=True))
PAYLOAD_KG = dict(zip(FORMS, (22_000, 11_000, 23_000, 23_000, 18_000, 22_000, 12_000, 10_000), strict=True))
SHARED_KG, FLOWN_ALONE_KG, WITH_A_FORWARDER = 14_000, 300, 0.7
AGENTS = 6
HEAVY_CHAPTERS = ("10", "12", "17", "25", "26", "28", "31", "44", "68", "69", "70", "72", "73", "74", "76")
EMPTIES, NOT_RUNNING = 0.16, 0.012
NOBODY = -1


@dataclass(frozen=True)
class Masters:
    """The master of every bill, and what each master covers.

    Parameters
    ----------
    forwarder : array
        Firm that issued each bill as a house bill; ``NOBODY`` for a straight bill.
    of_bill : array
        The master of each bill, by place in the fields below.
    number : array
        Internal number of each master's bill.
    first : array
        A bill of each master.
    kg : array
        Gross mass of what each master covers.
    boxes : array
        Containers of each master.
    """

    forwarder: Ints
    of_bill: Ints
    number: Ints
    first: Ints
    kg: Floats
    boxes: Ints


@dataclass(frozen=True)
class Boxes:
    """The year's containers, by arrival and voyage; every field is an array.

    Parameters
    ----------
    number : array
        Internal number of the move: those of each master follow one another, the empty ones come last.
    master : array
        Place of the master in ``Masters``; ``NOBODY`` for an empty container.
    voyage, type : array
        ``type`` is a place in ``TYPES``.
    kg : array
        Mass of the goods in it.
    setpoint : array
        Degrees Celsius; missing unless the container cools.
    """

    number: Ints
    master: Ints
    voyage: Ints
    type: Ints
    kg: Floats
    setpoint: Floats


@lru_cache(maxsize=2)
def masters(engine: Engine) -> Masters:
    """Return the masters of the year's bills; the last ones are kept, for the tables that share them."""
    made = cargo(engine)
    shared = _shared(engine, made)
    slot = np.floor(engine.streams.uniform("agent", ids=made.number) ** 1.5 * AGENTS).astype(np.int64)
    cold = (engine.region.forms.form[made.line] == REFRIGERATED) & (made.mode == shipping.SEA)
    first, of_bill = _grouped((made.voyage * AGENTS + slot) * 2 + cold, shared)
    alone = ~shared[first]
    above = engine.reality.size + len(made)
    stowed, weighed = (np.bincount(of_bill, grams) / 1000 for grams in (made.grams, made.weighed))
    return Masters(
        forwarder=np.where(shared, _agent(engine, made.voyage, slot), NOBODY),
        of_bill=of_bill,
        number=np.where(alone, made.number[first], above + np.arange(len(first))),
        first=first,
        kg=weighed,
        boxes=_boxes(engine, made, first, alone, stowed),
    )


@lru_cache(maxsize=2)
def boxes(engine: Engine) -> Boxes:
    """Return the year's containers, by arrival, voyage and public number."""
    made, over = cargo(engine), masters(engine)
    master = np.repeat(np.arange(len(over.boxes)), over.boxes)
    voyage, kind = _empties(engine, made.voyage[over.first[master]])
    nothing = np.zeros(len(voyage))
    loaded_kind, setpoint = _kinds(engine, made, over, master)
    number = np.arange(len(master) + len(voyage))
    whole = Boxes(
        number=number,
        master=np.concatenate([master, np.full(len(voyage), NOBODY)]),
        voyage=np.concatenate([made.voyage[over.first[master]], voyage]),
        type=np.concatenate([loaded_kind, kind]),
        kg=np.concatenate([_loads(engine, over, master), nothing]),
        setpoint=np.concatenate([setpoint, nothing + np.nan]),
    )
    day, public = shipping.voyage_day(engine, whole.voyage), shipping.voyage_numbers(engine, whole.voyage)
    order = np.lexsort((move_numbers(engine, number), public + 10**6 * day))
    return Boxes(**{each.name: getattr(whole, each.name)[order] for each in fields(Boxes)})


def move_numbers(engine: Engine, number: Ints) -> Ints:
    """Return the public number of each move of a container."""
    return PublicIds(engine.streams, "container move").public(number)


def _kinds(engine: Engine, made: Cargo, over: Masters, master: Ints) -> tuple[Ints, Floats]:
    """Return type and temperature of each loaded container; some that could cool carry dry goods, and do not run."""
    first, row = over.first[master], np.arange(len(master))
    kind = _type(engine, made.line[first], made.number[first] == over.number[master], row)
    idle = (kind == DRY_40) & (engine.streams.uniform("box", "not running", ids=row) < NOT_RUNNING)
    setpoint = np.where(kind == COLD_40, engine.region.forms.setpoint[made.line[first]], np.nan)
    return np.where(idle, COLD_40, kind), setpoint


def _loads(engine: Engine, over: Masters, master: Ints) -> Floats:
    """Return the mass of the goods in each container: about the same in all of a master."""
    tilt = 0.06 * (engine.streams.uniform("box", "share", ids=np.arange(len(master))) - 0.5)
    several = over.boxes[master] > 1
    return over.kg[master] / over.boxes[master] * np.where(several, 1 + tilt, 1.0)


def _shared(engine: Engine, made: Cargo) -> NDArray[np.bool_]:
    """Return which bills a forwarder puts together with others."""
    form, kg = engine.region.forms.form[made.line], made.grams / 1000
    fills = np.array(list(FILLS_KG.values()))[form]
    at_sea = (made.held == BOX) & (kg < fills)
    u = engine.streams.uniform("house bill", ids=made.number)
    in_the_air = (kg < FLOWN_ALONE_KG) & (u < WITH_A_FORWARDER)
    return np.where(made.mode == shipping.SEA, at_sea, in_the_air)


def _grouped(group: Ints, shared: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Return a bill of each master and the master of each bill: one for each group that is shared, then one a bill."""
    together, alone = np.flatnonzero(shared), np.flatnonzero(~shared)
    _, first, inverse = np.unique(group[together], return_index=True, return_inverse=True)
    of_bill = np.empty(len(group), dtype=np.int64)
    of_bill[together], of_bill[alone] = inverse, len(first) + np.arange(len(alone))
    return np.concatenate([together[first], alone]), of_bill


def _agent(engine: Engine, voyage: Ints, slot: Ints) -> Ints:
    """Return the forwarder at each slot of a voyage's service; a service works with a few."""
    forwarders = engine.society.firms(("forwarder",))
    cdf = np.cumsum(engine.society.firm_weight[forwarders])
    u = engine.streams.uniform("forwarder", ids=shipping.service(voyage) * AGENTS + slot)
    return np.asarray(forwarders[np.searchsorted(cdf, u * cdf[-1], "right")])


def _boxes(engine: Engine, made: Cargo, first: Ints, alone: NDArray[np.bool_], kg: Floats) -> Ints:
    """Return how many containers each master has: none in the air or in a vessel's own holds."""
    payload = np.array(list(PAYLOAD_KG.values()))[engine.region.forms.form[made.line[first]]]
    in_boxes = (made.mode[first] == shipping.SEA) & (made.held[first] == BOX)
    return np.where(in_boxes, np.ceil(kg / np.where(alone, payload, SHARED_KG)), 0).astype(np.int64)


def _type(engine: Engine, line: Ints, alone: NDArray[np.bool_], number: Ints) -> Ints:
    """Return the type of container: it fits the goods; those of several small bills are dry."""
    form = engine.region.forms.form[line]
    heavy = engine.region.lines["chapter"].isin(HEAVY_CHAPTERS).to_numpy()[line] & alone
    u = engine.streams.uniform("box", "type", ids=number)
    dry = np.where(u < np.where(heavy, 0.85, np.where((form == LIGHT) & alone, 0.1, 0.4)), DRY_20, DRY_40)
    in_tank = alone & ((form == LIQUID) | (form == GAS))
    return np.where(form == REFRIGERATED, COLD_40, np.where(in_tank, TANK_20, dry))


def _empties(engine: Engine, loaded: Ints) -> tuple[Ints, Ints]:
    """Return voyage and type of empty containers: on each voyage a share of the loaded ones, up to ``EMPTIES``."""
    count = np.bincount(loaded)
    voyages = np.flatnonzero(count)
    u = engine.streams.uniform("empties", ids=voyages)
    more = engine.streams.uniform("empties", "more", ids=voyages)
    voyage = np.repeat(voyages, np.floor(EMPTIES * u * count[voyages] + more).astype(np.int64))
    pick = engine.streams.uniform("empties", "type", ids=np.arange(len(voyage)))
    return voyage, np.searchsorted((0.35, 0.36, 0.9), pick, "right")
