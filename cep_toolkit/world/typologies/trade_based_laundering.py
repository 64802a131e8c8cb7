"""Goods are invoiced far above their worth, so that money can leave under cover of trade."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.said import Said
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Side, Typology

MOST_ADDED = 3.5
MOST_DUTY = 2.0
LEAST_PRICE = 8.0


class TradeBasedLaundering(Typology):
    """The invoice shows several times the price of the goods."""

    name = "trade_based_laundering"
    act = "invoice_above_worth"
    rate = 0.006
    reasons = ("special_quality", "small_lot")
    channel = ("money_service",)
    side = (
        Side("pay", "owner", "channel", each=0.8, days=(1, 20), amount=1.0),
        Side("call", "owner", "channel", each=0.4, days=(-6, 2)),
    )
    finding = "value"
    detection = MappingProxyType({"audit": 0.50, "documents": 0.20, "physical": 0.10, "scan": 0.0})

    def eligible(self, society: Society) -> Floats:
        """Goods that pay little duty and are dear for their mass: to overstate their price costs little."""
        lines = society.region.lines
        cheap_to_enter = lines["duty_rate"].to_numpy(dtype=float) <= MOST_DUTY
        dear = lines["price_per_kg"].to_numpy(dtype=float) >= LEAST_PRICE
        return np.where(cheap_to_enter & dear, 1.0, 0.0)[society.population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Add to the price, by the plot's strength."""
        said.invoice[hit] = np.rint(said.invoice[hit] * (1 + MOST_ADDED * plots.strength[plot])).astype(np.int64)
