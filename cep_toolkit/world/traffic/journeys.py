"""Travellers who arrive, and the cash they carry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats
from cep_toolkit.world.society import Society, movements
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import JOURNEYS

CASH_LIMIT = 10_000.0
"""Cash from this amount on is to be declared, in the reference currency; many administrations use ten thousand."""
DECLARES = 0.97
CASH_TICKET = 0.06
CARRIES = 0.02


@dataclass(frozen=True)
class Journeys:
    """Arrivals of travellers; every field is an array.

    Parameters
    ----------
    number, owner, day : array
        Internal number, the person, day of arrival.
    place : array
        The partner the traveller comes from.
    flight : array
        Number of the flight or ferry.
    nights : array
        Nights spent away.
    bags : array
        Pieces of luggage.
    cash : array
        Cash carried, in the reference currency.
    """

    traffic: ClassVar[str] = JOURNEYS
    number: Ints
    owner: Ints
    day: Ints
    place: Ints
    flight: Ints
    nights: Ints
    bags: Ints
    cash: Floats


@dataclass
class Told:
    """What the traveller's papers say, and what is so.

    Parameters
    ----------
    declared : array
        Cash declared, in the reference currency.
    carried : array
        Cash carried; a plot adds to it.
    nights : array
    cash_ticket : array of bool
        The ticket was paid in cash.
    """

    declared: Floats
    carried: Floats
    nights: Ints
    cash_ticket: NDArray[np.bool_]


def journeys(society: Society, streams: Streams, declarations: int) -> Journeys:
    """Return a year's arrivals."""
    number = np.arange(movements(JOURNEYS, declarations))
    u = streams.rng("reality", JOURNEYS).random((len(number), 7)).T
    volume = np.cumsum(society.volume(JOURNEYS))
    owner = np.minimum(np.searchsorted(volume, u[0] * volume[-1], "right"), len(volume) - 1)
    usual = streams.uniform("journey", "usual place", ids=owner)
    cdf = society.region.partner_cdf[0]
    place = np.searchsorted(cdf, np.where(u[2] < 0.6, usual, u[3]), "right")
    cash = np.where(u[6] < CARRIES, 10_500 * np.exp(2 * u[5]), 1_500 * u[5] ** 3)
    return Journeys(
        number=number,
        owner=owner,
        day=np.floor(u[1] * WEEKS * 7).astype(np.int64),
        place=np.minimum(place, len(cdf) - 1),
        flight=100 + np.floor(u[4] * 4).astype(np.int64) + 4 * np.minimum(place, len(cdf) - 1),
        nights=np.floor(np.exp(2.6 * u[3])).astype(np.int64),
        bags=np.floor(3.2 * u[4]).astype(np.int64),
        cash=np.rint(cash),
    )


def told(rows: Journeys, streams: Streams) -> Told:
    """Return honest papers: nearly all who must declare do so."""
    u = {what: streams.uniform(JOURNEYS, what, ids=rows.number) for what in ("declares", "ticket")}
    must = rows.cash >= CASH_LIMIT
    return Told(
        declared=np.where(must & (u["declares"] < DECLARES), rows.cash, 0),
        carried=rows.cash.copy(),
        nights=rows.nights.copy(),
        cash_ticket=u["ticket"] < CASH_TICKET,
    )
