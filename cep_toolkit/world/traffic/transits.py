"""Goods that cross the host administration under transit, from an office of entry to an office of exit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.society import Society, movements
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import TRANSITS

LIMIT_HOURS = (48, 72, 96)
SPEED_KMH = 32.0
LEAST_KG = 1_500.0
WEIGHING_ERROR = 0.004
HONESTLY_RESEALED, HELD_UP = 0.04, 0.08
WITH_PALLETS, MOST_PALLETS = 0.06, 0.25


@dataclass(frozen=True)
class Transits:
    """Lorries under transit; every field is an array.

    Parameters
    ----------
    number, owner, day : array
        Internal number, haulier (a firm), day of departure.
    line, origin, entry, exit : array
        Goods, where they come from, offices of departure and destination.
    grams, packages : array
        Gross mass at departure, and packages.
    hours : array
        Hours from departure to arrival.
    limit : array
        Hours allowed.
    """

    traffic: ClassVar[str] = TRANSITS
    number: Ints
    owner: Ints
    day: Ints
    line: Ints
    origin: Ints
    entry: Ints
    exit: Ints
    grams: Ints
    packages: Ints
    hours: Ints
    limit: Ints


@dataclass
class Arrived:
    """What the office of destination saw.

    Parameters
    ----------
    hours : array
        Hours from departure to arrival.
    grams : array
        Gross mass on its weighbridge.
    resealed : array of bool
        The seal is not the one that was put on.
    """

    hours: Ints
    grams: Ints
    resealed: NDArray[np.bool_]


def transits(society: Society, streams: Streams, declarations: int) -> Transits:
    """Return a year's transit movements."""
    number = np.arange(movements(TRANSITS, declarations))
    rng = streams.rng("reality", TRANSITS)
    u = rng.random((len(number), 7)).T
    volume = np.cumsum(society.volume(TRANSITS))
    lines = society.region.lines
    heavy = np.flatnonzero(lines["typical_mass_kg"].to_numpy(dtype=float) >= LEAST_KG)
    offices = np.flatnonzero(society.region.offices["kind"] != "post")
    entry = np.floor(u[3] * len(offices)).astype(np.int64)
    further = 1 + np.floor(u[4] * (len(offices) - 1)).astype(np.int64)
    kilometres = 150 + 900 * u[5]
    kg = np.clip(np.exp(9.2 + 0.5 * rng.standard_normal(len(number))), 800, 26_000)
    return Transits(
        number=number,
        owner=np.minimum(np.searchsorted(volume, u[0] * volume[-1], "right"), len(volume) - 1),
        day=np.floor(u[1] * WEEKS * 7).astype(np.int64),
        line=heavy[np.floor(u[2] ** 1.5 * len(heavy)).astype(np.int64)],
        origin=np.minimum(
            np.searchsorted(society.region.partner_cdf[0], u[6], "right"), len(society.region.partners) - 1
        ),
        entry=offices[entry],
        exit=offices[(entry + further) % len(offices)],
        grams=np.rint(kg * 1000).astype(np.int64),
        packages=np.maximum(np.rint(kg / (15 + 60 * u[2])), 1).astype(np.int64),
        hours=np.maximum(np.rint(kilometres / SPEED_KMH * (0.8 + 0.6 * u[4])), 4).astype(np.int64),
        limit=np.array(LIMIT_HOURS)[np.searchsorted((450.0, 800.0), kilometres)],
    )


def arrived(rows: Transits, streams: Streams) -> Arrived:
    """Return honest arrivals.

    Scales err a little, some weights were taken with pallets, some lorries are held up, some seals are replaced under
    control.
    """
    drawn = ("scales", "pallets", "how much", "held up", "long", "seal")
    u = {what: streams.uniform(TRANSITS, what, ids=rows.number) for what in drawn}
    held_up = np.where(u["held up"] < HELD_UP, np.rint(60 * u["long"]), 0).astype(np.int64)
    pallets = np.where(u["pallets"] < WITH_PALLETS, MOST_PALLETS * (0.1 + 0.9 * u["how much"]), 0.0)
    scales = (1 + WEIGHING_ERROR * (2 * u["scales"] - 1)) * (1 - pallets)
    return Arrived(
        hours=rows.hours + held_up,
        grams=np.rint(rows.grams * scales).astype(np.int64),
        resealed=u["seal"] < HONESTLY_RESEALED,
    )
