"""Goods with a false brand: described without it, cheap, and sent by way of a third place."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.said import Said
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Side, Typology

BRANDED = ("33", "42", "61", "62", "64", "65", "85", "87", "90", "91", "95")
LARGEST_KG = 50.0
CHEAPEST = 0.75


class Counterfeits(Typology):
    """Imitations of branded goods enter at the price of imitations, under words that name no brand."""

    name = "counterfeits"
    act = "goods_with_false_brand"
    rate = 0.005
    reasons = ("licence", "unbranded")
    channel = ("forwarder",)
    truly = ("invoice",)
    side = (Side("call", "owner", "channel", each=0.4, days=(-5, 3)),)
    finding = "brand"
    detection = MappingProxyType({"audit": 0.15, "documents": 0.15, "physical": 0.75, "scan": 0.20})

    def eligible(self, society: Society) -> Floats:
        """Consumer goods of the kinds that carry brands."""
        branded = carries_brands(society.region.lines)
        return np.where(branded, 1.0, 0.0)[society.population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Nothing false is said of the price: it is low because the goods are imitations. The words are general."""
        kept = 1 - CHEAPEST * plots.strength[plot]
        said.invoice[hit] = np.maximum(np.rint(said.invoice[hit] * kept), 1).astype(np.int64)
        said.vague[hit] |= plots.pair[plot] % 4 > 0


def carries_brands(lines: pd.DataFrame) -> NDArray[np.bool_]:
    """Return which lines of a tariff are goods of the kinds that carry brands; nobody imitates a car."""
    branded = lines["chapter"].isin(BRANDED) & lines["unit"].isin(["u", "pa", "kg"])
    return np.asarray(branded & ((lines["unit"] == "kg") | (lines["kg_per_unit"] <= LARGEST_KG)))
