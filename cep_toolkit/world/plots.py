"""Layer 3: planted schemes and their innocent look-alikes, and the acts they consist of.

A plot casts a relation that exists already; none is created for it. Plot ``i`` of a typology is
drawn from the stream ``("plots", typology, i)`` alone, so that an added typology changes no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world.level import Knobs
from cep_toolkit.world.population import Ints, Population
from cep_toolkit.world.reality import WEEKS, Rows
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.streams import Streams

NEW_TRADER_RISK = 1.7
SHORTEST, LONGEST = 60, 330
VAGUE, RULINGS = 0.12, 0.004
RELATED = "related_party"


@dataclass(frozen=True)
class Plots:
    """The plots of one typology at one level, one row each.

    Parameters
    ----------
    typology : str
    number : array
        Number of the plot in the drawing; levels of one seed share it.
    guilty : array of bool
        False for a decoy: the same acts with an innocent reason.
    relation : array
        The relation that was cast.
    start, end : array
        First and last day, counted from the first day of the year.
    share : array
        Share of the relation's consignments in that window that the plot touches.
    strength : array
        How plainly it shows, 0 to 1, as the level leaves it.
    reason : array of str
        Innocent reason of a decoy; empty for the guilty.
    """

    typology: str
    number: Ints
    guilty: NDArray[np.bool_]
    relation: Ints
    start: Ints
    end: Ints
    share: Floats
    strength: Floats
    reason: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.number)

    def touched(self, rows: Rows, of_relation: Ints, streams: Streams) -> Ints:
        """Return the plot of each row, by place in this table; -1 where none touches it."""
        plot = of_relation[rows.relation]
        if not len(self):
            return plot
        inside = (plot >= 0) & (rows.day >= self.start[plot]) & (rows.day <= self.end[plot])
        u = streams.uniform("acts", self.typology, ids=rows.number)
        return np.where(inside & (u < self.share[plot]), plot, -1)

    def by_relation(self, relations: int) -> Ints:
        """Return the plot of each relation, by place in this table; the first cast keeps it."""
        place = np.full(relations, -1)
        order = np.arange(len(self))[::-1]
        place[self.relation[order]] = order
        return place


@dataclass
class Said:
    """What the papers of a block's declarations say; a plot changes it, row by row.

    Parameters
    ----------
    line : array
        The subheading declared.
    described : array
        The subheading whose goods the description names.
    vague : array of bool
        Whether the description is too general to tell it from its neighbours.
    ruling : array of bool
        Whether an advance ruling is quoted.
    invoice : array
        Invoice value, in minor units of its currency.
    """

    line: Ints
    described: Ints
    vague: NDArray[np.bool_]
    ruling: NDArray[np.bool_]
    invoice: Ints


class Typology(Protocol):
    """One kind of scheme. It draws its own plots and distorts what is said; nothing else."""

    @property
    def name(self) -> str:
        """Its word in the field."""
        ...

    @property
    def act(self) -> str:
        """The act that each touched consignment is."""
        ...

    @property
    def rate(self) -> float:
        """Plots for each declaration of the relations open to it."""
        ...

    @property
    def reasons(self) -> tuple[str, ...]:
        """Innocent reasons that its decoys may have."""
        ...

    def eligible(self, region: Region, population: Population) -> Floats:
        """Return for each relation how open it is to this scheme, 0 for not at all."""
        ...

    def innocent(self, region: Region, population: Population) -> Floats:
        """Return the same for its decoys: where the innocent reason can be true."""
        ...

    def distort(self, rows: Rows, said: Said, hit: Ints, plot: Ints, plots: Plots, region: Region) -> None:
        """Change ``said`` at the places ``hit``, each touched by its ``plot``."""
        ...


def draw(typology: Typology, region: Region, population: Population, streams: Streams, knobs: Knobs) -> Plots:
    """Return the plots of a typology: as many as may ever be, thinned to the level."""
    guilty_cdf = _chances(typology.eligible(region, population), population)
    decoy_cdf = _chances(typology.innocent(region, population), population)
    expected = float(population.relations.weight.sum())
    drawn = np.arange(max(2 * round(expected * typology.rate), 8))
    u = {
        what: streams.uniform("plots", typology.name, what, ids=drawn)
        for what in ("cast", "keep", "start", "length", "share", "strength", "reason")
    }
    guilty = drawn % 2 == 0
    kept = u["keep"] < np.where(guilty, knobs.plots, knobs.decoys)
    kept &= np.where(guilty, guilty_cdf[-1], decoy_cdf[-1]) > 0  # nobody to cast, nothing to draw
    last = WEEKS * 7 - 1
    length = SHORTEST + np.floor(u["length"] * (LONGEST - SHORTEST))
    start = np.floor(u["start"] * (WEEKS * 7 - SHORTEST) * 1.2 - 0.2 * length)
    cast = np.where(guilty, _cast(guilty_cdf, u["cast"]), _cast(decoy_cdf, u["cast"]))
    return Plots(
        typology=typology.name,
        number=drawn[kept],
        guilty=guilty[kept],
        relation=cast[kept],
        start=np.clip(start, 0, last).astype(np.int64)[kept],
        end=np.clip(start + length, 0, last).astype(np.int64)[kept],
        share=(0.6 + 0.4 * u["share"])[kept],
        strength=(knobs.signal * (0.55 + 0.45 * u["strength"]))[kept],
        reason=np.where(guilty, "", _reasons(typology, population.relations.related[cast], u["reason"]))[kept],
    )


def _chances(open_to: Floats, population: Population) -> Floats:
    """Return the cumulated chances of the relations to be cast."""
    new = population.traders.new[population.relations.trader]
    return np.cumsum(open_to * population.relations.weight * np.where(new, NEW_TRADER_RISK, 1.0))


def _cast(cdf: Floats, u: Floats) -> Ints:
    return np.asarray(np.minimum(np.searchsorted(cdf, u * cdf[-1], "right"), len(cdf) - 1))


def _reasons(typology: Typology, related: NDArray[np.bool_], u: Floats) -> NDArray[np.object_]:
    """Return an innocent reason for each plot; that the parties are related is one only where they are."""
    others = np.array([reason for reason in typology.reasons if reason != RELATED], dtype=object)
    reason = others[np.floor(u * len(others)).astype(np.int64)]
    return np.where(related, RELATED, reason) if RELATED in typology.reasons else reason


def honest(rows: Rows, region: Region, streams: Streams) -> Said:
    """Return papers that say what is so, before any plot."""
    u = streams.uniform("papers", ids=rows.number)
    return Said(
        line=rows.line.copy(),
        described=rows.line.copy(),
        vague=u < VAGUE,
        ruling=u > 1 - RULINGS,
        invoice=rows.invoice.copy(),
    )


def claim(
    typologies: tuple[Typology, ...],
    all_plots: list[Plots],
    by_relation: list[Ints],
    rows: Rows,
    said: Said,
    region: Region,
    streams: Streams,
) -> tuple[NDArray[np.int8], Ints]:
    """Let every typology distort the rows it touches, in order; a row belongs to the first.

    Returns
    -------
    typology, plot : array
        Number of the typology and place of its plot for each row; -1 for none.
    """
    typology = np.full(len(rows.number), -1, dtype=np.int8)
    place = np.full(len(rows.number), -1)
    for i, (scheme, plots) in enumerate(zip(typologies, all_plots, strict=True)):
        touched = plots.touched(rows, by_relation[i], streams)
        hit = np.flatnonzero((touched >= 0) & (typology < 0))
        scheme.distort(rows, said, hit, touched[hit], plots, region)
        typology[hit], place[hit] = i, touched[hit]
    return typology, place


def frame(all_plots: list[Plots], population: Population) -> pd.DataFrame:
    """Return every plot as a table: who was cast, when, guilty or not."""
    relations = population.relations
    parts = [
        pd.DataFrame(
            {
                "typology": plots.typology,
                "number": plots.number,
                "guilty": plots.guilty,
                "trader": relations.trader[plots.relation],
                "supplier": relations.supplier[plots.relation],
                "relation": plots.relation,
                "start": plots.start,
                "end": plots.end,
                "share": np.round(plots.share, 6),
                "strength": np.round(plots.strength, 6),
                "innocent_reason": plots.reason,
            }
        )
        for plots in all_plots
    ]
    table = pd.concat(parts, ignore_index=True)
    table.insert(0, "plot", table["typology"] + "-" + table["number"].astype(str))
    return table
