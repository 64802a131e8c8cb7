"""More is in the consignment than the declaration says; the price fits what is declared."""

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

MOST_LEFT_OUT = 0.5
LEAST_DUTY = 3.0
LEAST_KG = 500.0


class ShortDeclaration(Typology):
    """A share of the mass and of the price is not declared."""

    name = "short_declaration"
    act = "less_than_there_is"
    rate = 0.007
    reasons = ("weighed_with_pallets", "moisture_lost")
    channel = ("money_service",)
    side = (Side("pay", "owner", "channel", each=0.3, days=(2, 40), amount=1.0),)
    finding = "quantity"
    detection = MappingProxyType({"audit": 0.35, "documents": 0.15, "physical": 0.75, "scan": 0.35})

    def eligible(self, society: Society) -> Floats:
        """Only goods that pay duty and come in bulk enough for a difference to matter."""
        lines = society.region.lines
        pays = lines["duty_rate"].to_numpy(dtype=float) >= LEAST_DUTY
        heavy = lines["typical_mass_kg"].to_numpy(dtype=float) >= LEAST_KG
        return np.where(pays & heavy, 1.0, 0.0)[society.population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Leave out a share of mass and price, by the plot's strength."""
        kept = 1 - MOST_LEFT_OUT * plots.strength[plot]
        for what in (said.grams, said.gross_grams, said.invoice):
            what[hit] = np.maximum(np.rint(what[hit] * kept), 1).astype(np.int64)
