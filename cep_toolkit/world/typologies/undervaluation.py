"""The invoice shows less than the buyer pays; the rest is paid outside it."""

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

DEEPEST = 0.85
LEAST_DUTY = 3.0
FEW_LINES = 0.25


class Undervaluation(Typology):
    """A share of the price is left out of the invoice."""

    name = "undervaluation"
    act = "invoice_below_price_paid"
    rate = 0.025
    reasons = (
        "stock_lot",
        "second_quality",
        "season_end",
        "bulk_contract",
        "related_party",
        "new_supplier",
    )
    channel = ("money_service",)
    side = (Side("pay", "owner", "channel", each=0.5, days=(2, 40), amount=1.0),)
    finding = "value"
    detection = MappingProxyType({"audit": 0.75, "documents": 0.45, "physical": 0.08, "scan": 0.02})

    def eligible(self, society: Society) -> Floats:
        """Only where duty is charged is there much to gain; where it hardly ever is, VAT is the motive."""
        lines = society.region.lines
        gain = lines["duty_rate"].to_numpy(dtype=float) >= LEAST_DUTY
        if gain.mean() < FEW_LINES:
            gain |= lines["vat_rate"].to_numpy(dtype=float) > 0
        return np.where(gain, 1.0, 0.0)[society.population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Leave out a share of the price, by the plot's strength."""
        kept = 1 - DEEPEST * plots.strength[plot]
        said.invoice[hit] = np.maximum(np.rint(said.invoice[hit] * kept), 1).astype(np.int64)
