"""Goods are declared under a neighbouring subheading with a lower duty."""

from __future__ import annotations

import numpy as np

from cep_toolkit.world import reference
from cep_toolkit.world.plots import Plots, Said
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.reality import Rows
from cep_toolkit.world.region import Floats, Region

LEAST_GAIN = 3.0
PLAIN = 0.9


class Misclassification:
    """The code changes; the description may or may not follow it."""

    name = "misclassification"
    act = "code_of_other_goods"
    rate = 0.010
    reasons = ("advance_ruling",)

    def eligible(self, region: Region, population: Population) -> Floats:
        """Only where a neighbour pays at least three points less."""
        return (cheapest_neighbour(region) >= 0).astype(float)[population.relations.line]

    def innocent(self, region: Region, population: Population) -> Floats:
        """Only where a classification office could have ruled for the cheaper neighbour."""
        pairs = reference.load("disputed_pairs")
        ruled = set(pairs.loc[pairs["ruling"], ["hs", "neighbour"]].itertuples(index=False, name=None))
        codes = region.lines["hs"].to_numpy()
        cheaper = cheapest_neighbour(region)
        could = [best >= 0 and (hs, codes[best]) in ruled for hs, best in zip(codes, cheaper, strict=True)]
        return np.array(could, dtype=float)[population.relations.line]

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Declare the neighbour's code; in a faint plot the description is vague."""
        said.line[hit] = cheapest_neighbour(region)[rows.line[hit]]
        said.vague[hit] |= plots.strength[plot] < PLAIN * (plots.number[plot] % 8 + 1) / 8
        said.ruling[hit] |= ~plots.guilty[plot]


def cheapest_neighbour(region: Region) -> Ints:
    """Return for each line the neighbour with the lowest duty, -1 where none is cheaper enough."""
    place = {hs: i for i, hs in enumerate(region.lines["hs"])}
    duty = region.lines["duty_rate"].to_numpy(dtype=float)
    result = np.full(len(place), -1)
    for i, text in enumerate(region.lines["neighbours"]):
        near = [place[hs] for hs in text.split(";") if hs]
        best = min(near, key=lambda j: duty[j], default=i)
        if duty[i] - duty[best] >= LEAST_GAIN:
            result[i] = best
    return result
