"""The invoice shows less than the buyer pays; the rest is paid outside it."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world.plots import Plots, Said
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region

DEEPEST = 0.85
LEAST_DUTY = 3.0


class Undervaluation:
    """A share of the price is left out of the invoice."""

    name = "undervaluation"
    act = "invoice_below_price_paid"
    rate = 0.016
    reasons = (
        "stock_lot",
        "second_quality",
        "season_end",
        "bulk_contract",
        "related_party",
        "new_supplier",
    )

    def eligible(self, region: Region, population: Population) -> Floats:
        """Only where duty is charged is there anything to gain."""
        duty = region.lines["duty_rate"].to_numpy(dtype=float)
        return np.where(duty >= LEAST_DUTY, 1.0, 0.0)[population.relations.line]

    def innocent(self, region: Region, population: Population) -> Floats:
        """Return the same: any of its reasons may be true of any goods."""
        return self.eligible(region, population)

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Leave out a share of the price, by the plot's strength."""
        kept = 1 - DEEPEST * plots.strength[plot]
        said.invoice[hit] = np.maximum(np.rint(said.invoice[hit] * kept), 1).astype(np.int64)
