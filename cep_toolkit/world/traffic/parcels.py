"""Parcels from abroad, by post and express."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import Society, movements
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import PARCELS

DE_MINIMIS = 150.0
"""Parcels worth less are free of duty, in the reference currency; a training value."""
CONTENT = ("consumer", "electronics", "footwear", "textiles")
SMALLEST_PIECE, LARGEST_PIECE, CHEAPEST_PIECE, ABOVE_WORTH = 0.015, 8.0, 2.0, 1.3
SHOPS, ROUND_LABEL, GIFTS = 400, 0.35, 0.14


@dataclass(frozen=True)
class Parcels:
    """Parcels; every field is an array.

    Parameters
    ----------
    number, owner, day : array
        Internal number, the person it is sent to, day of arrival.
    origin, sender : array
        The partner it comes from, and the number of the shop or person that sent it.
    line : array
        Goods.
    grams : array
        Gross mass.
    worth : array
        What it is worth, in whole units of the reference currency.
    express : array of bool
        By an express operator rather than by post.
    """

    traffic: ClassVar[str] = PARCELS
    number: Ints
    owner: Ints
    day: Ints
    origin: Ints
    sender: Ints
    line: Ints
    grams: Ints
    worth: Floats
    express: NDArray[np.bool_]


@dataclass
class Labelled:
    """What the label says, and what is so.

    Parameters
    ----------
    value : array
        Value on the label, in the reference currency.
    worth : array
        What it is worth; a plot makes it more than the label says.
    gift : array of bool
        Marked as a gift.
    rounds : array of bool
        Written by a sender who rounds.
    """

    value: Floats
    worth: Floats
    gift: NDArray[np.bool_]
    rounds: NDArray[np.bool_]


def parcels(society: Society, streams: Streams, declarations: int) -> Parcels:
    """Return a year's parcels."""
    number = np.arange(movements(PARCELS, declarations))
    rng = streams.rng("reality", PARCELS)
    u = rng.random((len(number), 6)).T
    z = rng.standard_normal((len(number), 2)).T
    region = society.region
    volume = np.cumsum(society.volume(PARCELS))
    worth = np.maximum(np.rint(np.exp(3.9 + 0.9 * z[0])), 2)
    line = _content(region, worth, u[2])
    price = region.lines["price_per_kg"].to_numpy(dtype=float)[line]
    cdf = region.partner_cdf[0]
    return Parcels(
        number=number,
        owner=np.minimum(np.searchsorted(volume, u[0] * volume[-1], "right"), len(volume) - 1),
        day=np.floor(u[1] * WEEKS * 7).astype(np.int64),
        origin=np.minimum(np.searchsorted(cdf, u[3], "right"), len(cdf) - 1),
        sender=np.floor(SHOPS * u[4] ** 2).astype(np.int64),
        line=line,
        grams=np.clip(np.rint(1000 * worth / price * np.exp(0.3 * z[1])), 40, 30_000).astype(np.int64),
        worth=worth,
        express=u[5] < 0.4,
    )


def _content(region: Region, worth: Floats, u: Floats) -> Ints:
    """Return goods of which at least one piece is in a parcel of that worth."""
    lines = region.lines
    each = lines["kg_per_unit"].to_numpy(dtype=float)
    piece = each * lines["price_per_kg"].to_numpy(dtype=float)
    sent = lines["sector"].isin(CONTENT) & lines["unit"].isin(["u", "pa"]) & (lines["permit"] == "")
    usual = np.flatnonzero(sent & (each >= SMALLEST_PIECE) & (each <= LARGEST_PIECE) & (piece >= CHEAPEST_PIECE))
    by_worth = usual[np.argsort(piece[usual])]
    possible = np.maximum(np.searchsorted(piece[by_worth], ABOVE_WORTH * worth), 1)
    return np.asarray(by_worth[np.floor(u * possible).astype(np.int64)])


def labelled(rows: Parcels, streams: Streams) -> Labelled:
    """Return honest labels: many are rounded to the next ten, some parcels are gifts."""
    u = {what: streams.uniform(PARCELS, what, ids=rows.number) for what in ("round", "gift")}
    rounds = u["round"] < ROUND_LABEL
    return Labelled(
        value=np.where(rounds, rounded(rows.worth), rows.worth),
        worth=rows.worth.copy(),
        gift=u["gift"] < GIFTS,
        rounds=rounds,
    )


def rounded(value: Floats) -> Floats:
    """Return values as they are written by who rounds: to the next ten, never to nothing."""
    return np.asarray(np.maximum(np.rint(value / 10) * 10, 5))
