"""Who lies next to whom: partners across a land border, and ports of those who have no coast."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import reference


@dataclass(frozen=True)
class Neighbours:
    """The partners of one administration as its goods come from them; every field has one value a partner.

    Parameters
    ----------
    by_land : array of bool
        Whether they share a border with it.
    near_by_sea : array
        Weight as a vessel's last port of call: the nearer the larger, 0 for no port.
    next_port : array
        The partner with a seaport beyond their longest border; they themselves where there is none.
    port : array
        Where their goods are put on board: they themselves if they have a seaport, else ``next_port``.
    """

    by_land: NDArray[np.bool_]
    near_by_sea: NDArray[np.float64]
    next_port: NDArray[np.int64]
    port: NDArray[np.int64]


@cache
def neighbours(place: str) -> Neighbours:
    """Return the neighbours of an administration of the region, by its code.

    Examples
    --------
    >>> beside = neighbours("XA")
    >>> int(beside.by_land.sum())
    1
    """
    partners = sorted(set(reference.load("administrations")["code"]) - {place})
    borders = reference.load("land_borders").sort_values("nautical_miles", kind="stable")
    offices = reference.load("offices")
    has_port = np.isin(partners, list(offices.loc[offices["kind"] == "seaport", "administration"]))
    miles = _miles(place)
    nearness = np.array([1 / miles[code] if code in miles else 0.0 for code in partners])
    next_port = np.arange(len(partners))
    number = {code: at for at, code in enumerate(partners)}
    for here, there in zip(borders["administration"], borders["neighbour"], strict=True):
        if here in number and there in number and has_port[number[there]]:
            next_port[number[here]] = number[there]  # the longest border comes last and stays
    return Neighbours(
        by_land=np.isin(partners, list(borders.loc[borders["administration"] == place, "neighbour"])),
        near_by_sea=nearness if miles else has_port.astype(float),
        next_port=next_port,
        port=np.where(has_port, np.arange(len(partners)), next_port),
    )


def _miles(place: str) -> dict[str, int]:
    """Return the way by sea to each administration with a coast, in nautical miles; empty for none of one's own."""
    table = reference.load("sea_distances")
    ends = table["from_office"].str[:2], table["to_office"].str[:2]
    found: dict[str, int] = {}
    for one, other in (ends, ends[::-1]):
        found |= dict(zip(other[one == place], table["nautical_miles"][one == place], strict=True))
    return found
