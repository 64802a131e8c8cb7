"""Goods are declared under a neighbouring subheading with a lower duty."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from cep_toolkit.world import reference
from cep_toolkit.world.plots import Plots
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.said import Said
from cep_toolkit.world.society import Society
from cep_toolkit.world.typology import Typology

LEAST_GAIN = 3.0
PLAIN = 0.55
RULED_IS_PLAIN = 0.6
"""Who quotes a ruling describes the goods at least so plainly: the office asked for it."""


class Misclassification(Typology):
    """The code changes; the description may or may not follow it."""

    name = "misclassification"
    act = "code_of_other_goods"
    rate = 0.030
    reasons = ("advance_ruling",)
    finding = "classification"
    detection = MappingProxyType({"audit": 0.55, "documents": 0.35, "physical": 0.70, "scan": 0.25})

    def eligible(self, society: Society) -> Floats:
        """Only where a neighbour pays at least three points less."""
        return (cheapest_neighbour(society.region) >= 0).astype(float)[society.population.relations.line]

    def innocent(self, society: Society, eligible: Floats) -> Floats:
        """Only where a classification office could have ruled for the cheaper neighbour."""
        pairs = reference.load("disputed_pairs")
        ruled = set(pairs.loc[pairs["ruling"], ["hs", "neighbour"]].itertuples(index=False, name=None))
        codes = society.region.lines["hs"].to_numpy()
        cheaper = cheapest_neighbour(society.region)
        could = [best >= 0 and (hs, codes[best]) in ruled for hs, best in zip(codes, cheaper, strict=True)]
        return np.array(could, dtype=float)[society.population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Declare the neighbour's code; the fainter the plot, the more descriptions follow the code or are vague."""
        said.line[hit] = cheapest_neighbour(region)[rows.line[hit]]
        plain = np.where(plots.guilty[plot], plots.strength[plot], np.maximum(plots.strength[plot], RULED_IS_PLAIN))
        follows = (rows.number[hit] % 100) / 100 >= plain
        said.described[hit] = np.where(follows, said.line[hit], said.described[hit])
        said.vague[hit] |= ~follows & (plain < PLAIN * (plots.pair[plot] % 8 + 1) / 8)
        said.ruling[hit] |= ~plots.guilty[plot]


def cheapest_neighbour(region: Region) -> Ints:
    """Return for each line the neighbour with the lowest duty, -1 where none is cheaper enough."""
    duty = region.lines["duty_rate"].to_numpy(dtype=float)
    here, there = region.pairs.T
    return region.neighbour(duty[here] - duty[there] >= LEAST_GAIN)
