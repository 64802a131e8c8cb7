"""Duty is claimed back for goods that did not leave, or not in the quantity claimed."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import Society
from cep_toolkit.world.traffic.refunds import Claimed, Refunds
from cep_toolkit.world.typology import REFUNDS, Typology

LEAST_DUTY = 5.0
MOST_ADDED = 4.0


class DrawbackFraud(Typology):
    """The claim names more than the carrier took out."""

    name = "drawback_fraud"
    traffic = REFUNDS
    window = (200, 364)
    act = "refund_for_goods_that_stayed"
    rate = 0.08
    reasons = ("two_shipments", "corrected_manifest")
    finding = "quantity"
    detection = MappingProxyType({"audit": 0.30})

    def eligible(self, society: Society) -> Floats:
        """Only where duty was paid is there anything to claim back."""
        duty = society.region.lines["duty_rate"].to_numpy(dtype=float)
        return np.where(duty >= LEAST_DUTY, 1.0, 0.0)[society.population.relations.line]

    def distort(self, rows: Refunds, said: Claimed, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Claim more than left, but never more than was imported."""
        more = said.grams[hit] * (1 + MOST_ADDED * plots.strength[plot])
        said.grams[hit] = np.minimum(np.rint(more), rows.imported_grams[hit]).astype(np.int64)
