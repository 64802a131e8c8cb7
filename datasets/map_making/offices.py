"""Where the Customs offices stand."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

import numpy as np

from map_making.outlines import Line, Ring, within
from map_making.sea import Place, Sea, ways_out
from map_making.territories import SEA

_CELL = 15
_CLEAR = 80
"""No seaport lies nearer to where a border meets the coast (nautical miles)."""


@dataclass(frozen=True)
class Territory:
    """What the offices of an administration need to know of it.

    Parameters
    ----------
    seat : tuple
        Its capital, nautical miles.
    coast : list of tuple
        Points of the coast of the land on which the capital lies, clear of the borders.
    borders : dict
        For each neighbour, the points of the longest border with it.
    inland : array of (places, 2)
        Places on that land, the farthest from coast and border first.
    """

    seat: Place
    coast: list[Place]
    borders: dict[str, list[Place]]
    inland: list[Place]


def territory(code: str, codes: list[str], drawn: list[Line], mainland: Ring, seat: Place) -> Territory:
    """Return what the offices of an administration need to know of it."""
    who = codes.index(code)
    own = [line for line in drawn if who in (line.left, line.right)]
    edge = set(mainland)
    coast = [point for line in own if SEA in (line.left, line.right) for point in line.points if point in edge]
    borders: dict[str, list[Place]] = {}
    for line in own:
        other = line.left + line.right - who
        if other != SEA and len(line.points) > len(borders.get(codes[other], [])):
            borders[codes[other]] = line.points
    gates = [point for border in borders.values() for point in (border[0], border[-1])]
    clear = [point for point in coast if all(_miles(point, gate) > _CLEAR for gate in gates)]
    return Territory(seat, clear, borders, _inland(mainland))


def _inland(mainland: Ring) -> list[Place]:
    edge = np.array(mainland)
    (left, low), (right, high) = edge.min(axis=0), edge.max(axis=0)
    grid = [(x, y) for y in range(low, high, _CELL) for x in range(left, right, _CELL)]
    inside = np.array([place for place, held in zip(grid, within(mainland, list(grid)), strict=True) if held])
    margin = np.array([((edge - place) ** 2).sum(axis=1).min() for place in inside])
    return [(int(x), int(y)) for x, y in inside[np.argsort(-margin, kind="stable")]]


def places(kinds: list[tuple[str, str]], land: Territory, water: Sea) -> dict[str, Place]:
    """Return the place of each office (code, kind) of an administration, in their order."""
    found: dict[str, Place] = {}
    neighbours = sorted(land.borders, key=lambda code: (-len(land.borders[code]), code))
    crossings = 0
    for office, kind in kinds:
        taken = [*found.values()]
        if kind == "seaport":
            found[office] = _seaport(land, water, taken)
        elif kind == "land" and neighbours:
            found[office] = _crossing(
                land.borders[neighbours[crossings % len(neighbours)]], crossings // len(neighbours)
            )
            crossings += 1
        elif kind in ("airport", "post"):
            found[office] = _apart(_near(land.inland, land.seat, 110), taken, land.seat)
        else:
            found[office] = _apart(land.inland[: len(land.inland) * 2 // 3], taken, land.seat)
    return found


def _near(places: list[Place], seat: Place, reach: float) -> list[Place]:
    return [place for place in places if _miles(place, seat) < reach] or places[:1]


def _crossing(border: list[Place], turn: int) -> Place:
    return border[int(len(border) * (0.5, 0.22, 0.78)[turn % 3])]


def _seaport(land: Territory, water: Sea, taken: list[Place]) -> Place:
    """Take a sheltered place: the first near the capital, each next one far from the others."""
    reach = [point for point in land.coast[::2] if any(True for _ in ways_out(water, point))]
    shelter = np.array([_shelter(water, point) for point in reach])
    if taken:
        away = np.array([min(_miles(point, other) for other in taken) for point in reach])
        return reach[int((np.minimum(away, 420) + 300 * shelter).round(3).argmax())]
    away = np.array([_miles(point, land.seat) for point in reach])
    return reach[int((400 * shelter - away).round(3).argmax())]


def _shelter(water: Sea, place: Place) -> float:
    """Return how much of the neighbourhood is land."""
    column, row = place[0] // 5, place[1] // 5
    return float(water.dry[max(0, row - 10) : row + 11, max(0, column - 10) : column + 11].mean())


def _apart(candidates: list[Place], taken: list[Place], seat: Place) -> Place:
    away = [min(_miles(place, other) for other in [seat, *taken]) for place in candidates]
    return candidates[int(np.array(away).round(3).argmax())]


def _miles(one: Place, other: Place) -> float:
    return hypot(one[0] - other[0], one[1] - other[1])
