"""Layer 3: planted schemes and their innocent look-alikes.

A plot casts an owner of movements that exists already; nobody is created for it. Plot ``i`` of a typology is drawn
from the stream ``("plots", typology, i)`` alone, so that an added typology changes no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world.level import Knobs
from cep_toolkit.world.population import Ints
from cep_toolkit.world.reality import WEEKS
from cep_toolkit.world.region import Floats, Region
from cep_toolkit.world.society import Society
from cep_toolkit.world.streams import Streams
from cep_toolkit.world.typology import Typology

RELATED = "related_party"


class Rows(Protocol):
    """Movements of one traffic: number, owner and day of each, as arrays."""

    @property
    def number(self) -> Ints:
        """Internal number of the movement."""
        ...

    @property
    def owner(self) -> Ints:
        """Relation, haulier or person it belongs to."""
        ...

    @property
    def day(self) -> Ints:
        """Days since the first of the year."""
        ...


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
    owner : array
        The owner that was cast: a relation, a haulier or a person, as the typology's traffic has it.
    partner, channel : array
        The resident who helps and the firm that is used; -1 where the typology has none.
    start, end : array
        First and last day, counted from the first day of the year.
    share : array
        Share of the owner's movements in that window that the plot touches.
    strength : array
        How plainly it shows, 0 to 1, as the level leaves it.
    reason : array of str
        Innocent reason of a decoy; empty for the guilty.
    """

    typology: str
    number: Ints
    guilty: NDArray[np.bool_]
    owner: Ints
    partner: Ints
    channel: Ints
    start: Ints
    end: Ints
    share: Floats
    strength: Floats
    reason: NDArray[np.object_]

    def __len__(self) -> int:
        return len(self.number)

    @property
    def pair(self) -> Ints:
        """Number of the pair, a guilty plot and a decoy, that each was drawn in: what it decides tells neither."""
        return self.number // 2

    def touched(self, rows: Rows, of_owner: NDArray[np.int32], streams: Streams) -> tuple[Ints, Ints]:
        """Return the places of the rows that a plot touches, and which plot, by place in this table."""
        plot = of_owner[rows.owner].astype(np.int64)
        near = np.flatnonzero(plot >= 0)
        plot, day = plot[near], rows.day[near]
        u = streams.uniform("acts", self.typology, ids=rows.number[near])
        hit = (day >= self.start[plot]) & (day <= self.end[plot]) & (u < self.share[plot])
        return near[hit], plot[hit]

    def by_owner(self, owners: int) -> NDArray[np.int32]:
        """Return the plot of each owner, by place in this table, -1 for none; the first cast keeps it."""
        place = np.full(owners, -1, dtype=np.int32)
        order = np.arange(len(self))[::-1]
        place[self.owner[order]] = order
        return place


def draw(typology: Typology, society: Society, streams: Streams, knobs: Knobs) -> Plots:
    """Return the plots of a typology: as many as may ever be, thinned to the level; none where nobody is open to it."""
    open_to = typology.eligible(society)
    expected = float(open_to @ society.volume(typology.traffic)) / society.population.busier
    innocent = typology.innocent(society, open_to)
    guilty_cdf = np.cumsum(open_to * society.exposure(typology.traffic))
    decoy_cdf = guilty_cdf if innocent is open_to else np.cumsum(innocent * society.exposure(typology.traffic))
    drawn = np.arange(max(2 * round(expected * typology.rate), typology.least) if expected else 0)

    def u(what: str) -> Floats:
        return streams.uniform("plots", typology.name, what, ids=drawn)

    guilty = drawn % 2 == 0
    keep = np.where(guilty, knobs.plots * (guilty_cdf[-1] > 0), knobs.decoys * (decoy_cdf[-1] > 0))
    kept = np.flatnonzero(u("keep") < keep)
    last = WEEKS * 7 - 1
    shortest, longest = typology.window
    length = shortest + np.floor(u("length") * (longest - shortest))
    start = np.floor(u("start") * (WEEKS * 7 - shortest) * 1.2 - 0.2 * length)
    owner = np.where(guilty, _cast(guilty_cdf, u("cast")), _cast(decoy_cdf, u("cast")))
    low, high = typology.share
    return Plots(
        typology=typology.name,
        number=drawn[kept],
        guilty=guilty[kept],
        owner=owner[kept],
        partner=_member(society.residents(typology.partner), u("partner"))[kept],
        channel=_member(society.firms(typology.channel), u("channel"))[kept],
        start=np.clip(start, 0, last).astype(np.int64)[kept],
        end=np.clip(start + length, 0, last).astype(np.int64)[kept],
        share=(low + (high - low) * u("share"))[kept],
        strength=(knobs.signal * (0.55 + 0.45 * u("strength")))[kept],
        reason=np.where(guilty, "", _reasons(typology, society, owner, u("reason")))[kept],
    )


def _cast(cdf: Floats, u: Floats) -> Ints:
    return np.asarray(np.minimum(np.searchsorted(cdf, u * cdf[-1], "right"), len(cdf) - 1))


def _member(pool: Ints, u: Floats) -> Ints:
    return pool[np.floor(u * len(pool)).astype(np.int64)] if len(pool) else np.full(len(u), -1)


def _reasons(typology: Typology, society: Society, owner: Ints, u: Floats) -> NDArray[np.object_]:
    """Return an innocent reason for each plot; that the parties are related is one only where they are."""
    others = np.array([reason for reason in typology.reasons if reason != RELATED], dtype=object)
    reason = others[np.floor(u * len(others)).astype(np.int64)]
    if RELATED not in typology.reasons:
        return reason
    return np.where(society.population.relations.related[owner], RELATED, reason)


@dataclass(frozen=True)
class Scheme:
    """A typology in one world: its place among all, and its plots.

    Parameters
    ----------
    place : int
        Place in ``TYPOLOGIES``.
    typology : Typology
    plots : Plots
    of_owner : array
        The plot of each owner, by place in ``plots``; -1 for none.
    """

    place: int
    typology: Typology
    plots: Plots
    of_owner: NDArray[np.int32]


def claim(
    schemes: Sequence[Scheme], rows: Rows, said: object, region: Region, streams: Streams
) -> tuple[NDArray[np.int8], Ints]:
    """Let the schemes of a traffic distort the rows they touch, in order; a row belongs to the first.

    Returns
    -------
    typology, plot : array
        Number of the typology and place of its plot for each row; -1 for none.
    """
    typology = np.full(len(rows.number), -1, dtype=np.int8)
    place = np.full(len(rows.number), -1, dtype=np.int32)
    for scheme in schemes:
        hit, plot = scheme.plots.touched(rows, scheme.of_owner, streams)
        free = typology[hit] < 0
        hit, plot = hit[free], plot[free]
        scheme.typology.distort(rows, said, hit, plot, scheme.plots, region)
        typology[hit], place[hit] = scheme.place, plot
    return typology, place
