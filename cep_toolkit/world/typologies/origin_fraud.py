"""A partner under a trade agreement is declared as origin of goods that were made elsewhere."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.said import Said
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Typology

LEAST_DUTY = 5.0


class OriginFraud(Typology):
    """The certificate names an origin that earns a lower rate; the goods were never made there."""

    name = "origin_fraud"
    act = "origin_of_other_goods"
    rate = 0.007
    reasons = ("certificate_verified", "worked_there")
    channel = ("forwarder",)
    finding = "origin"
    detection = MappingProxyType({"audit": 0.60, "documents": 0.40, "physical": 0.20, "scan": 0.0})

    def eligible(self, society: Society) -> Floats:
        """Only where duty is charged, and the true origin has no agreement."""
        region, relations = society.region, society.population.relations
        dear = (region.lines["duty_rate"].to_numpy(dtype=float) >= LEAST_DUTY)[relations.line]
        return np.where(dear & ~region.preferential[relations.origin], 1.0, 0.0)

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Declare one partner under an agreement, the same for a whole plot."""
        agreed = np.flatnonzero(region.preferential)
        said.origin[hit] = agreed[plots.pair[plot] % len(agreed)]
