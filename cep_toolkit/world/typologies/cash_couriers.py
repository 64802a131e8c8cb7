"""Travellers carry cash across the border without declaring it."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import Society
from cep_toolkit.world.traffic.journeys import Journeys, Told
from cep_toolkit.world.typology import JOURNEYS, Side, Typology

MOST_CASH = 180_000.0
OFTEN = 6.0


class CashCouriers(Typology):
    """Short stays, tickets paid in cash, and more money than was declared."""

    name = "cash_couriers"
    traffic = JOURNEYS
    act = "cash_not_declared"
    rate = 0.012
    share = (0.4, 0.9)
    reasons = ("business_takings", "property_sold")
    partner = ("money changer", "shopkeeper")
    channel = ("money_service",)
    side = (
        Side("call", "owner", "partner", each=1.5, days=(-3, 2)),
        Side("pay", "partner", "owner", each=0.4, days=(-4, 0), amount=0.02),
    )
    finding = "cash"
    detection = MappingProxyType({"dog": 0.60, "profile": 0.55, "routine": 0.30})

    def eligible(self, society: Society) -> Floats:
        """Anybody who travels more than a little."""
        travels = society.people.travels
        return np.where(travels >= OFTEN, 1.0, 0.0)

    def distort(self, rows: Journeys, said: Told, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Carry cash; a guilty courier declares none of it, an innocent one all."""
        strength = plots.strength[plot]
        cash = np.rint(MOST_CASH * strength * (0.2 + 0.8 * (rows.number[hit] % 97) / 97))
        said.carried[hit] += cash
        said.declared[hit] = np.where(plots.guilty[plot], 0, said.carried[hit])
        quick = (rows.number[hit] % 100) / 100 < strength
        said.nights[hit] = np.where(quick, np.minimum(said.nights[hit], 1), said.nights[hit])
        said.cash_ticket[hit] |= quick
