"""Goods under transit are unloaded on the way and their arrival is reported all the same."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import FIRM_KINDS, Society
from cep_toolkit.world.traffic.transits import Arrived, Transits
from cep_toolkit.world.typology import TRANSITS, Side, Typology

LONGEST_DELAY = 6.0
MOST_MISSING = 0.25
SIGNS = 8


class TransitDiversion(Typology):
    """The lorry arrives late, lighter, or under another seal."""

    name = "transit_diversion"
    traffic = TRANSITS
    act = "goods_unloaded_under_transit"
    rate = 0.02
    share = (0.1, 0.35)
    reasons = ("breakdown", "weighed_with_pallets")
    partner = ("warehouse keeper", "lorry driver")
    channel = ("warehouse",)
    side = (
        Side("call", "partner", "channel", each=1.5, days=(-1, 3)),
        Side("store", "partner", "channel", each=0.5, days=(0, 3)),
    )
    finding = "quantity"
    detection = MappingProxyType({"arrival": 0.12})

    def eligible(self, society: Society) -> Floats:
        """Any haulier that carries goods under transit."""
        return np.where(society.firm_kind == FIRM_KINDS.index("haulier"), 1.0, 0.0)

    def distort(self, rows: Transits, said: Arrived, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Let the arrival be light and, the plainer the plot the more often, late or under another seal."""
        strength, number = plots.strength[plot], rows.number[hit]
        late, resealed = (number // SIGNS**place % SIGNS < strength * SIGNS for place in range(2))
        hours = 24 * LONGEST_DELAY * strength * (0.3 + 0.1 * (number % SIGNS))
        said.hours[hit] = said.hours[hit] + np.where(late, np.rint(hours), 0).astype(np.int64)
        said.grams[hit] = np.maximum(np.rint(said.grams[hit] * (1 - MOST_MISSING * strength)), 1)
        said.resealed[hit] |= resealed & (plots.pair[plot] % 3 > 0)
