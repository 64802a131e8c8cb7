"""Transport after the plots: all that arrives under a bill of lading or an air waybill, declared or passing through.

Imports are the consignments of ``consignments``. Beside them vessels and aircraft carry goods for other
administrations, which no declaration knows; they are like the imports, one after the other, and are honest.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import shipping
from cep_toolkit.world.blocks import each_block
from cep_toolkit.world.consignments import consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.forms import BOX, hold
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats

STATUSES = ("import", "transhipment", "transit")
IMPORT, TRANSHIPMENT, TRANSIT = range(len(STATUSES))
CARRIED = (shipping.AIR, shipping.SEA)
PASSING = 0.2
MOST_GRAMS = {shipping.AIR: 10_000_000, shipping.SEA: 190_000_000}
EXPLAINED = (0.15, 0.7)


@dataclass(frozen=True)
class Cargo:
    """The year's bills; every field is an array.

    Parameters
    ----------
    number : array
        Internal number of the bill: that of the declaration, and above those the rest.
    mode, voyage : array
        See ``shipping``.
    held : array
        How it is carried at sea, as places in ``forms.HOLDS``.
    relation : array
        Its relation; for goods that pass through, one whose seller has other customers too.
    line, named : array
        The goods as they are stowed, and those that the shipper names.
    hidden : array
        How much reason the shipper has for general words: 0 for none, more where the goods are called something else.
    grams, weighed : array
        Gross mass as it is stowed, and as it came on board: under a decoy more than declared, by pallets or moisture.
    packages, incoterm : array
    origin, by_way_of : array
        Where the goods were made, and a place they rightly passed through or count as made in.
    straight : array of bool
        Whether another origin is declared, so that they were certainly loaded where they were made.
    status : array
        Place in ``STATUSES``.
    destination : array
        Partner they go on to; -1 where they stay.
    typology, plot : array
        The plot that touched it; -1 for none.
    strength : array
        How plainly that plot shows.
    differs : array of bool
        Whether that plot made the declaration differ from what is carried, or from what it seems to be.
    """

    number: Ints
    mode: Ints
    voyage: Ints
    held: NDArray[np.int8]
    relation: Ints
    line: Ints
    named: Ints
    hidden: Floats
    grams: Ints
    weighed: Ints
    packages: Ints
    incoterm: Ints
    origin: Ints
    by_way_of: Ints
    straight: NDArray[np.bool_]
    status: NDArray[np.int8]
    destination: Ints
    typology: NDArray[np.int8]
    plot: Ints
    strength: Floats
    differs: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.number)


@lru_cache(maxsize=2)
def cargo(engine: Engine) -> Cargo:
    """Return every bill of the year, by arrival, voyage and bill; the last are kept, for the tables that share them."""
    imports = _joined(list(each_block(engine, lambda number: _imports(engine, number))))
    made = _joined([imports, _passing(engine, imports)])
    bill, voyage = shipping.bill_numbers(engine, made.number), shipping.voyage_numbers(engine, made.voyage)
    order = np.lexsort((bill, voyage + 10**6 * shipping.voyage_day(engine, made.voyage)))
    return Cargo(**{each.name: getattr(made, each.name)[order] for each in fields(Cargo)})


def _imports(engine: Engine, number: int) -> Cargo:
    """Return the bills of one block; of a guilty plot the carrier is told the truth as often as the plot is plain."""
    whole = consignments(engine, number)
    made = whole.at(np.flatnonzero(np.isin(whole.rows.mode, CARRIED)))
    rows, said, decoy = made.rows, made.said, (made.typology >= 0) & ~made.guilty
    true_line, declared_line = rows.line, said.line
    true_grams, declared_grams = rows.gross_grams, said.gross_grams
    true_origin, declared_origin = rows.origin, said.origin
    strength = _strength(engine, made.typology, made.plot)
    told = made.guilty & (engine.streams.uniform("carrier told", ids=rows.number) < strength)
    low, high = EXPLAINED
    share = low + (high - low) * engine.streams.uniform("weighed", ids=rows.number)
    explained = np.where(decoy, np.rint(share * (true_grams - declared_grams)), 0)
    return Cargo(
        number=rows.number,
        mode=rows.mode,
        voyage=shipping.voyage(engine, rows, shipping.office(engine, rows.trader, rows.mode)),
        held=hold(engine.region.forms, true_line, true_grams),
        relation=rows.relation,
        line=true_line,
        named=np.where(told, true_line, said.described),
        hidden=np.where((told | decoy) & (true_line != declared_line), 1 - strength, 0.0),
        grams=true_grams,
        weighed=np.where(told, true_grams, declared_grams + explained.astype(np.int64)),
        packages=rows.packages,
        incoterm=rows.incoterm,
        origin=true_origin,
        by_way_of=np.where(told, true_origin, declared_origin),
        straight=told & (true_origin != declared_origin),
        status=np.full(len(told), IMPORT, dtype=np.int8),
        destination=np.full(len(told), -1),
        typology=made.typology,
        plot=made.plot,
        strength=strength,
        differs=(true_line != declared_line) | (true_grams != declared_grams) | (true_origin != declared_origin),
    )


def _passing(engine: Engine, imports: Cargo) -> Cargo:
    """Return goods that pass through: on the voyage of one import, and much like another of its mode."""
    count, streams = round(PASSING * len(imports)), engine.streams
    number = engine.reality.size + np.arange(count)
    boxed = np.flatnonzero(imports.held == BOX)
    beside = boxed[_places(streams.uniform("passing", "voyage", ids=number), len(boxed))]
    like = beside.copy()
    for carried in CARRIED:
        here, among = np.flatnonzero(imports.mode[beside] == carried), boxed[imports.mode[boxed] == carried]
        like[here] = among[_places(streams.uniform("passing", "like", ids=number[here]), len(among))]
    line, mode = imports.line[like], imports.mode[beside]
    factor = np.exp(streams.uniform("passing", "mass", ids=number) - 0.5)
    most = np.where(mode == shipping.AIR, *MOST_GRAMS.values())
    grams = np.clip(np.rint(imports.grams[like] * factor), 1, most).astype(np.int64)
    origin = imports.origin[like]
    by_land = streams.uniform("passing", "status", ids=number) < 0.45
    return Cargo(
        number=number,
        mode=mode,
        voyage=imports.voyage[beside],
        held=np.full(count, BOX, dtype=np.int8),
        relation=imports.relation[like],
        line=line,
        named=line,
        hidden=np.zeros(count),
        grams=grams,
        weighed=grams,
        packages=np.maximum(np.rint(imports.packages[like] * factor), 1).astype(np.int64),
        incoterm=imports.incoterm[like],
        origin=origin,
        by_way_of=origin,
        straight=np.zeros(count, dtype=bool),
        status=np.where(by_land, TRANSIT, TRANSHIPMENT).astype(np.int8),
        destination=_destination(engine, number, origin, by_land),
        typology=np.full(count, -1, dtype=np.int8),
        plot=np.full(count, -1),
        strength=np.zeros(count),
        differs=np.zeros(count, dtype=bool),
    )


def _destination(engine: Engine, number: Ints, origin: Ints, by_land: NDArray[np.bool_]) -> Ints:
    """Return where goods go on to: over land to a neighbour, else anywhere but back."""
    near = np.flatnonzero(engine.region.neighbours.by_land)
    partners = len(engine.region.partners)
    u = engine.streams.uniform("passing", "destination", ids=number)
    anywhere = (origin + 1 + _places(u, partners - 1)) % partners
    if not len(near):
        return anywhere
    beyond = near[_places(u, len(near))]
    return np.where(by_land & (beyond != origin), beyond, anywhere)


def _strength(engine: Engine, typology: NDArray[np.int8], plot: Ints) -> Floats:
    strength = np.zeros(len(plot))
    for place, plots in enumerate(engine.plots):
        of = np.flatnonzero(typology == place)
        strength[of] = plots.strength[plot[of]]
    return strength


def _places(u: Floats, among: int) -> Ints:
    return np.floor(u * among).astype(np.int64)


def _joined(parts: list[Cargo]) -> Cargo:
    return Cargo(**{each.name: np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Cargo)})
