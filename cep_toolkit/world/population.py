"""Layer 1: traders, their brokers and their habits. It knows of no scheme.

A world of more declarations has the same first traders and some more after them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.streams import Streams

Ints = NDArray[np.integer[Any]]
"""Whole numbers: numbers of things and amounts have 64 bits; where a column is long and small, fewer."""

BLOCK = 65_536
COUNT_SHAPE, COUNT_SCALE = 3.0, 6.5
MOST_DECLARATIONS = 5_000
MORE_TRADERS_UNTIL = 1_000_000
"""Above so many declarations a year there are not more traders but busier ones, as in a large administration."""
SAME_SECTOR = 0.75
HUB_SHARE = 0.2
RELATED_SHARE = 0.12
NEW_SHARE = 0.2
BROKERS = 600
BROKER_SLOPE = 1.0
OWN_SUPPLIER = 0.7
MODES = ("air", "post", "rail", "road", "sea")
MODE_SHARES = (0.27, 0.05, 0.03, 0.14, 0.51)
MODE_BY_PRICE = (0.7, 0.5, -0.3, 0.0, -0.2)
USUAL_PRICE, PARCEL_GOODS = 12.0, 300.0


@dataclass(frozen=True)
class Traders:
    """Importers of the host administration, numbered from 0.

    Parameters
    ----------
    count : array
        Declarations in the year.
    first : array
        Number of the trader's first declaration; one more at the end.
    relations : array
        First relation of each trader; one more at the end.
    broker : array
        Number of the usual declarant.
    new, aeo : array of bool
        Registered within the last year; authorised economic operator.
    """

    count: Ints
    first: Ints
    relations: Ints
    broker: Ints
    new: NDArray[np.bool_]
    aeo: NDArray[np.bool_]


@dataclass(frozen=True)
class Relations:
    """What a trader usually buys from whom: goods, origin, supplier and price level.

    Parameters
    ----------
    trader, line, origin, departure : array
        Numbers of each.
    supplier : array
        Number of the seller, which is the number of the first relation it sold in.
    price : array
        Difference of the logarithm of the price from the line's price at that origin,
        in standard deviations.
    mass : array
        Difference of the logarithm of the consignment's mass from the line's, likewise.
    mode : array
        Number in ``MODES``.
    related : array of bool
        Buyer and seller are related in the sense of Article 15 of the Valuation Agreement.
    weight : array
        Expected number of declarations in the year.
    """

    trader: Ints
    line: Ints
    origin: Ints
    departure: Ints
    supplier: Ints
    price: Floats
    mass: Floats
    mode: Ints
    related: NDArray[np.bool_]
    weight: Floats


class Population:
    """The traders of one administration and their relations, made for a number of declarations."""

    def __init__(self, region: Region, streams: Streams, declarations: int) -> None:
        self._region, self._streams, self._size = region, streams, declarations

    @property
    def busier(self) -> float:
        """How many times as busy traders are as in an administration of up to ``MORE_TRADERS_UNTIL``."""
        return max(1.0, self._size / MORE_TRADERS_UNTIL)

    @cached_property
    def traders(self) -> Traders:
        """The importers."""
        count = self._counts()
        total = len(count)
        u = self._rng("habits").random((total, 4)).T
        several = 1 + np.floor(u[0] * np.log2(count + 1.0) * 1.2).astype(np.int64)
        ranks = np.arange(1, BROKERS + 1) ** -BROKER_SLOPE
        broker = np.searchsorted(np.cumsum(ranks / ranks.sum()), u[1])
        return Traders(
            count=count,
            first=_starts(count),
            relations=_starts(np.minimum(several, count)),
            broker=np.minimum(broker, BROKERS - 1),
            new=u[2] < NEW_SHARE,
            aeo=(count >= 12) & (u[3] < 0.25) & (u[2] >= NEW_SHARE),
        )

    @cached_property
    def relations(self) -> Relations:
        """The traders' relations, in the traders' order."""
        traders, region = self.traders, self._region
        each = np.diff(traders.relations)
        trader = np.repeat(np.arange(len(each)), each)
        slot = np.arange(len(trader)) - traders.relations[trader]
        u = self._rng("relations").random((len(trader), 8)).T
        z = self._rng("relations", "levels").standard_normal((len(trader), 3)).T
        line = self._lines(trader, slot, u[0], u[1])
        origin = _pick_row(region.partner_cdf, region.sector_of[line], u[2])
        departure = np.where(u[3] < HUB_SHARE, self._hub(u[4]), origin)
        share = _share(slot, each[trader])
        return Relations(
            trader=trader,
            line=line,
            origin=origin,
            departure=departure,
            supplier=_suppliers(u[5]),
            price=z[0],
            mass=0.75 * z[1] + 0.66 * self._trader_size(trader),
            mode=_pick_row(self._mode_cdf(), line, u[6]).astype(np.int8),
            related=u[7] < RELATED_SHARE,
            weight=traders.count[trader] * share,
        )

    def _counts(self) -> Ints:
        """Return declarations a trader: Lomax, cut to whole numbers (see field_figures)."""
        counts: list[Ints] = []
        total = 0
        while total < self._size:
            u = self._rng("counts", len(counts)).random(BLOCK)
            drawn = np.floor(1 + COUNT_SCALE * self.busier * ((1 - u) ** (-1 / COUNT_SHAPE) - 1))
            counts.append(np.minimum(drawn, MOST_DECLARATIONS * self.busier).astype(np.int64))
            total += int(counts[-1].sum())
        count = np.concatenate(counts)
        end = np.cumsum(count)
        traders = int(np.searchsorted(end, self._size)) + 1
        count = count[:traders].copy()
        count[-1] -= int(end[traders - 1]) - self._size
        return count

    def _lines(self, trader: Ints, slot: Ints, same: Floats, which: Floats) -> Ints:
        """Return the goods of each relation: mostly of the sector of the trader's first."""
        region = self._region
        overall = np.cumsum(region.line_weight)
        line = _pick(overall, which)
        sectors = int(region.sector_of.max()) + 1
        member = region.sector_of[None, :] == np.arange(sectors)[:, None]
        within = np.cumsum(np.where(member, region.line_weight, 0.0), axis=1)
        within /= within[:, -1:]
        first = line[self.traders.relations[trader]]
        stays = (slot > 0) & (same < SAME_SECTOR)
        line[stays] = _pick_row(within, region.sector_of[first[stays]], which[stays])
        return line

    def _mode_cdf(self) -> Floats:
        """Return cumulative shares of the modes, one row a line: what is dear for its mass flies, the rest sails."""
        lines = self._region.lines
        dear = np.clip(np.log(lines["price_per_kg"].to_numpy(dtype=float) / USUAL_PRICE), -2.5, 2.5)
        light = lines["typical_mass_kg"].to_numpy(dtype=float) < PARCEL_GOODS
        share = np.array(MODE_SHARES) * np.exp(np.outer(dear, MODE_BY_PRICE))
        share[:, MODES.index("post")] *= np.where(light, 3.0, 0.2)
        return np.asarray(np.cumsum(share / share.sum(axis=1, keepdims=True), axis=1))

    def _hub(self, u: Floats) -> Ints:
        share = self._region.partner_table["free_zone_share"].to_numpy(dtype=float)
        return _pick(np.cumsum(share / share.sum()), u)

    def _trader_size(self, trader: Ints) -> Floats:
        size = self._rng("size").standard_normal(len(self.traders.count))
        return size[trader]

    def _rng(self, *name: object) -> np.random.Generator:
        return self._streams.rng("population", *name)


def relation_of(slot: Floats, relations: Ints) -> Ints:
    """Return which of a trader's relations a declaration belongs to; the first are the busiest.

    Examples
    --------
    >>> relation_of(np.array([0.0, 0.5, 0.99]), np.array([4, 4, 4])).tolist()
    [0, 1, 3]
    """
    return np.floor(relations * slot**2).astype(np.int64)


def _share(slot: Ints, relations: Ints) -> Floats:
    """Return the share of a trader's declarations that ``relation_of`` gives to a slot."""
    return np.sqrt((slot + 1) / relations) - np.sqrt(slot / relations)


def _suppliers(u: Floats) -> Ints:
    """Return the seller of each relation: one of its own, or that of an earlier relation."""
    relation = np.arange(len(u))
    earlier = np.floor((u - OWN_SUPPLIER) / (1 - OWN_SUPPLIER) * relation)
    return np.where(u < OWN_SUPPLIER, relation, earlier).astype(np.int64)


def _starts(count: Ints) -> Ints:
    return np.concatenate([[0], np.cumsum(count)])


def _pick(cdf: Floats, u: Floats) -> Ints:
    return np.minimum(np.searchsorted(cdf, u, side="right"), len(cdf) - 1)


def _pick_row(cdf: Floats, row: NDArray[np.integer], u: Floats) -> Ints:
    """Return for each ``u`` its place in the row of ``cdf`` that belongs to it."""
    shifted = (cdf + np.arange(len(cdf))[:, None]).ravel()
    place = np.searchsorted(shifted, u + row, side="right") - row * cdf.shape[1]
    return np.asarray(np.minimum(place, cdf.shape[1] - 1), dtype=np.int64)
