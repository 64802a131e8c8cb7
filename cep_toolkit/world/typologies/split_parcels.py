"""Post and express: a trade in goods is cut into parcels that each stay below what is taxed."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import Society
from cep_toolkit.world.traffic.parcels import DE_MINIMIS, Labelled, Parcels, rounded
from cep_toolkit.world.typology import PARCELS, Side, Typology

OFTEN = 6.0


class SplitParcels(Typology):
    """Parcel after parcel, each declared just below the limit, of goods worth far more."""

    name = "split_parcels"
    traffic = PARCELS
    act = "parcel_below_its_worth"
    rate = 0.013
    share = (0.7, 1.0)
    reasons = ("gifts", "small_shop")
    partner = ("courier", "shopkeeper")
    side = (Side("call", "owner", "partner", each=0.3, days=(-2, 5)),)
    finding = "value"
    detection = MappingProxyType({"parcel": 0.55})

    def eligible(self, society: Society) -> Floats:
        """Anybody who gets parcels more than now and then."""
        return np.where(society.people.receives >= OFTEN, 1.0, 0.0)

    def distort(self, rows: Parcels, said: Labelled, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Label a little less than the limit; an innocent parcel is worth what its label says."""
        near = DE_MINIMIS * (1 - (0.02 + 0.3 * (1 - plots.strength[plot])) * (1 + rows.number[hit] % 5) / 5)
        below = np.minimum(rounded(near), DE_MINIMIS - 10)  # who rounds stays below the limit all the same
        said.value[hit] = np.where(said.rounds[hit], below, np.rint(near))
        times = np.where(plots.guilty[plot], 1.5 + (rows.number[hit] * 5 % 17) / 6, 1.0)
        said.worth[hit] = np.rint(said.value[hit] * times)
        said.gift[hit] |= (rows.number[hit] + plots.pair[plot]) % 3 == 0
