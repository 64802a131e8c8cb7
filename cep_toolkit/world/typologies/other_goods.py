"""Goods declared as other goods: tobacco, controlled chemicals, protected species. One way, three reasons for it."""

from __future__ import annotations

from abc import abstractmethod
from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.said import Said
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Side, Typology

COVER_DUTY, COVER_PRICE, COVER_MASS = 8.0, (0.5, 12.0), 1_000.0


class OtherGoods(Typology):
    """The papers name other goods altogether: code, description and price fit them."""

    @abstractmethod
    def cover(self, region: Region, line: Ints, number: Ints) -> Ints:
        """Return the line declared instead of each ``line`` in a plot of the pair ``number``; -1 for none."""

    def eligible(self, society: Society) -> Floats:
        """Only goods that there is reason, and a way, to call something else."""
        every = np.arange(len(society.region.lines))
        hidden = self.cover(society.region, every, np.zeros_like(every)) >= 0
        return np.asarray(hidden.astype(float)[society.population.relations.line])

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Declare the other goods, at a price usual for them."""
        line = rows.line[hit]
        said.line[hit] = self.cover(region, line, plots.pair[plot])
        said.described[hit] = said.line[hit]
        price = region.lines["price_per_kg"].to_numpy(dtype=float)
        said.invoice[hit] = np.maximum(np.rint(said.invoice[hit] * price[said.line[hit]] / price[line]), 1)


class Tobacco(OtherGoods):
    """Tobacco goods are declared as cheap bulky goods, to save duty and excise."""

    name = "tobacco"
    act = "tobacco_declared_as_other_goods"
    rate = 0.12
    least = 10
    window = (300, 364)
    reasons = ("second_business",)
    channel = ("warehouse",)
    side = (
        Side("call", "owner", "channel", each=1.5, days=(-4, 3)),
        Side("store", "owner", "channel", each=0.8, days=(1, 6)),
    )
    finding = "prohibited"
    detection = MappingProxyType({"audit": 0.15, "documents": 0.10, "physical": 0.90, "scan": 0.70})

    def cover(self, region: Region, line: Ints, number: Ints) -> Ints:
        """Cover tobacco by cheap goods that come in quantity."""
        lines = region.lines
        price = lines["price_per_kg"].to_numpy(dtype=float)
        usual = (
            (lines["duty_rate"] <= COVER_DUTY)
            & (price >= COVER_PRICE[0])
            & (price <= COVER_PRICE[1])
            & (lines["typical_mass_kg"] >= COVER_MASS)
            & (lines["permit"] == "")
        )
        covers = np.flatnonzero(usual)
        hidden = lines["heading"].isin(["2402", "2404"]).to_numpy()
        return np.where(hidden[line], covers[number * 7 % len(covers)], -1)


class PrecursorDiversion(OtherGoods):
    """A controlled chemical is declared as a similar one that needs no authorisation."""

    name = "precursor_diversion"
    act = "precursor_declared_as_other_goods"
    rate = 0.12
    least = 10
    window = (300, 364)
    reasons = ("exempt_mixture",)
    partner = ("lorry driver",)
    channel = ("warehouse",)
    side = (
        Side("supply", "owner", "partner", each=0.7, days=(2, 12)),
        Side("call", "owner", "partner", each=1.2, days=(-3, 12)),
    )
    finding = "prohibited"
    detection = MappingProxyType({"audit": 0.45, "documents": 0.30, "physical": 0.55, "scan": 0.05})

    def cover(self, region: Region, line: Ints, number: Ints) -> Ints:
        """Cover controlled chemicals by their neighbour."""
        return _by_neighbour(region, "precursor")[line]


class ProtectedSpecies(OtherGoods):
    """Goods of a protected species are declared as those of another."""

    name = "protected_species"
    act = "species_declared_as_another"
    rate = 0.18
    least = 10
    window = (300, 364)
    reasons = ("exempt_species",)
    side = (Side("call", "owner", "channel", each=0.6, days=(-5, 2)),)
    channel = ("forwarder",)
    finding = "prohibited"
    detection = MappingProxyType({"audit": 0.20, "documents": 0.25, "physical": 0.65, "scan": 0.10})

    def cover(self, region: Region, line: Ints, number: Ints) -> Ints:
        """Cover protected goods by a neighbour that needs no CITES permit."""
        return _by_neighbour(region, "CITES")[line]


def _by_neighbour(region: Region, permit: str) -> Ints:
    controlled = (region.lines["permit"] == permit).to_numpy()
    here, there = region.pairs.T
    return region.neighbour(controlled[here] & ~controlled[there])
