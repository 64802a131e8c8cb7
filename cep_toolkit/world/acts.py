"""Layer 3, second part: what the people of every plot did, one row an act. Observers read acts by their kind.

The main act of a plot is the touched movement itself; beside it stand calls, payments, meetings and the like
(``Typology.side``). A decoy's acts are made in the same way and have an innocent reason.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.consignments import Consignments, consignments
from cep_toolkit.world.engine import Engine
from cep_toolkit.world.plots import Scheme
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats
from cep_toolkit.world.shipping import office
from cep_toolkit.world.society import FIRM, PERSON, Society, entity
from cep_toolkit.world.traffic.after import After, journeys_of, parcels_of, refunds_of, transits_of
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typology import CONSIGNMENTS, JOURNEYS, PARCELS, REFUNDS, TRANSITS, Side

NOWHERE = -1
WORTH_SD = 0.8


def kinds() -> tuple[str, ...]:
    """Return every kind of act, main ones first, in the order of the typologies."""
    every = [typology.act for typology in TYPOLOGIES]
    every += [side.kind for typology in TYPOLOGIES for side in typology.side]
    return tuple(dict.fromkeys(every))


@dataclass(frozen=True)
class Acts:
    """Acts; every field is an array.

    Parameters
    ----------
    key : array of uint64
        Names the act whatever else there is: the stream from which what is seen of it is drawn.
    typology, plot : array
        Place in ``TYPOLOGIES`` and place in that typology's plots.
    guilty : array of bool
    kind : array
        Place in ``kinds()``.
    day : array
        Days since the first of the year; may lie outside it.
    actor, other : array
        Entities (see ``society.entity``); ``NOWHERE`` where nobody else takes part.
    movement : array
        Number of the touched movement, in its own traffic.
    office, partner : array
        Place: an office of the host, or a partner administration; ``NOWHERE`` where it is not that.
    amount : array
        Money that the act hides or moves, in the reference currency.
    """

    key: NDArray[np.uint64]
    typology: NDArray[np.int8]
    plot: Ints
    guilty: NDArray[np.bool_]
    kind: NDArray[np.int8]
    day: Ints
    actor: Ints
    other: Ints
    movement: Ints
    office: Ints
    partner: Ints
    amount: Floats

    def __len__(self) -> int:
        return len(self.key)

    def of(self, *wanted: str) -> Acts:
        """Return the acts of some kinds."""
        places = [kinds().index(kind) for kind in wanted]
        return self.at(np.flatnonzero(np.isin(self.kind, places)))

    def at(self, places: Ints) -> Acts:
        """Return some of the acts."""
        return Acts(**{field.name: getattr(self, field.name)[places] for field in fields(self)})


@dataclass(frozen=True)
class Touched:
    """The movements of one traffic that plots touched; every field is an array."""

    typology: NDArray[np.int8]
    plot: Ints
    guilty: NDArray[np.bool_]
    number: Ints
    day: Ints
    owner: Ints
    office: Ints
    partner: Ints
    hidden: Floats


@lru_cache(maxsize=2)
def acts(engine: Engine) -> Acts:
    """Return every act of the year, by typology; the last ones are kept, for the tables that share them."""
    touched = {
        CONSIGNMENTS: _joined([_of_block(engine, consignments(engine, n)) for n in engine.reality.blocks]),
        TRANSITS: _transits(engine),
        PARCELS: _parcels(engine),
        JOURNEYS: _journeys(engine),
        REFUNDS: _refunds(engine),
    }
    parts = [
        part
        for traffic, of_traffic in touched.items()
        for scheme in engine.schemes(traffic)
        for part in _of_scheme(engine, scheme, of_traffic)
    ]
    made = Acts(**{field.name: np.concatenate([getattr(p, field.name) for p in parts]) for field in fields(Acts)})
    return made.at(np.argsort(made.typology, kind="stable"))


def _of_scheme(engine: Engine, scheme: Scheme, touched: Touched) -> list[Acts]:
    at = np.flatnonzero(touched.typology == scheme.place)
    typology, streams = scheme.typology, engine.streams
    hidden = touched.hidden[at]
    if typology.worth:
        u = streams.uniform("worth", typology.name, ids=touched.number[at])
        hidden = typology.worth * np.exp(WORTH_SD * (3.0 * u - 1.5))
    who = "owner" if typology.knows else "partner"
    parts = [_acts(engine, scheme, touched, at, typology.act, who, "", touched.day[at], hidden, "main")]
    for place, side in enumerate(typology.side):
        number = touched.number[at]
        times = np.floor(side.each + streams.uniform("side", typology.name, place, ids=number)).astype(np.int64)
        again = np.repeat(np.arange(len(at)), times)
        turn = np.arange(len(again)) - np.repeat(np.cumsum(times) - times, times)
        day = touched.day[at][again] + _days(engine, side, typology.name, place, number[again] * 8 + turn)
        moved = side.amount * hidden[again]
        parts.append(
            _acts(engine, scheme, touched, at[again], side.kind, side.actor, side.other, day, moved, place, turn)
        )
    return parts


def _acts(
    engine: Engine,
    scheme: Scheme,
    touched: Touched,
    at: Ints,
    kind: str,
    actor: str,
    other: str,
    day: Ints,
    amount: Floats,
    part: object,
    turn: Ints | int = 0,
) -> Acts:
    cast = _cast(scheme, touched, at)
    return Acts(
        key=engine.streams.mixed("act", scheme.typology.name, part, ids=touched.number[at] * 8 + turn),
        typology=touched.typology[at],
        plot=touched.plot[at],
        guilty=touched.guilty[at],
        kind=np.full(len(at), kinds().index(kind), dtype=np.int8),
        day=day,
        actor=cast[actor],
        other=cast[other],
        movement=touched.number[at],
        office=touched.office[at],
        partner=touched.partner[at],
        amount=np.rint(amount),
    )


def _cast(scheme: Scheme, touched: Touched, at: Ints) -> dict[str, Ints]:
    """Return the entity in each role."""
    plots, plot = scheme.plots, touched.plot[at]
    nobody = np.full(len(at), NOWHERE)
    partner = entity(PERSON, plots.partner[plot]) if scheme.typology.partner else nobody
    channel = entity(FIRM, plots.channel[plot]) if scheme.typology.channel else nobody
    return {"owner": touched.owner[at], "partner": partner, "channel": channel, "": nobody}


def _days(engine: Engine, side: Side, name: str, place: int, ids: Ints) -> Ints:
    low, high = side.days
    u = engine.streams.uniform("side day", name, place, ids=ids)
    return low + np.floor(u * (high - low + 1)).astype(np.int64)


def _of_block(engine: Engine, made: Consignments) -> Touched:
    """Return the touched consignments of a block; what is hidden is the price left out or added."""
    at = np.flatnonzero(made.typology >= 0)
    rows, reality = made.rows, engine.reality
    apart = np.abs(made.said.invoice[at] - rows.invoice[at]) / 10.0 ** reality.currency_decimals[rows.currency[at]]
    return _touched(
        made,
        at,
        owner=entity(PERSON, Society.director(rows.trader[at])),
        office=office(engine, rows.trader[at], rows.mode[at]),
        partner=engine.population.relations.departure[rows.relation[at]],
        hidden=apart * rows.rate[at] * engine.region.host_rate,
    )


def _touched(made: Consignments | After[Any, Any], at: Ints, **given: NDArray[Any]) -> Touched:
    """Return the movements at some places, with what is said of them for their own traffic."""
    rows = made.rows
    return Touched(made.typology[at], made.plot[at], made.guilty[at], rows.number[at], rows.day[at], **given)


def _joined(parts: list[Touched]) -> Touched:
    names = [field.name for field in fields(Touched)]
    return Touched(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _transits(engine: Engine) -> Touched:
    made = transits_of(engine)
    rows, at = made.rows, np.flatnonzero(made.typology >= 0)
    price = engine.region.lines["price_per_kg"].to_numpy(dtype=float)[rows.line[at]]
    missing = np.maximum(rows.grams[at] - made.said.grams[at], 0) / 1000
    carrier = entity(FIRM, rows.owner[at])
    return _touched(made, at, owner=carrier, office=rows.entry[at], partner=rows.origin[at], hidden=missing * price)


def _parcels(engine: Engine) -> Touched:
    made = parcels_of(engine)
    rows, at = made.rows, np.flatnonzero(made.typology >= 0)
    hidden = made.said.worth[at] - made.said.value[at]
    person, nowhere = entity(PERSON, rows.owner[at]), np.full(len(at), NOWHERE)
    return _touched(made, at, owner=person, office=nowhere, partner=rows.origin[at], hidden=hidden)


def _journeys(engine: Engine) -> Touched:
    made = journeys_of(engine)
    rows, at = made.rows, np.flatnonzero(made.typology >= 0)
    person, nowhere = entity(PERSON, rows.owner[at]), np.full(len(at), NOWHERE)
    return _touched(made, at, owner=person, office=nowhere, partner=rows.place[at], hidden=made.said.carried[at])


def _refunds(engine: Engine) -> Touched:
    made = refunds_of(engine)
    at = np.flatnonzero(made.typology >= 0)
    rows, relations, lines = made.rows, engine.population.relations, engine.region.lines
    relation = made.rows.owner[at]
    line, trader = relations.line[relation], relations.trader[relation]
    worth = lines["price_per_kg"].to_numpy(dtype=float)[line] * (made.said.grams[at] - rows.grams[at]) / 1000
    return _touched(
        made,
        at,
        owner=entity(PERSON, Society.director(trader)),
        office=office(engine, trader, relations.mode[relation]),
        partner=relations.departure[relation],
        hidden=np.maximum(worth, 0) * lines["duty_rate"].to_numpy(dtype=float)[line] / 100,
    )
