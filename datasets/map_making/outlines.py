"""Coasts and borders: the sides between cells joined into lines, softened, and closed into rings."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from map_making.mesh import Mesh, Whole
from map_making.noise import Floats, chance
from map_making.territories import SEA

Ring = list[tuple[int, int]]


@dataclass(frozen=True)
class Line:
    """A coast or a border from one meeting point of three territories to the next, or all the way round.

    Parameters
    ----------
    left, right : int
        The administrations on either hand; ``SEA`` is the water.
    points : list of tuple
        Whole nautical miles.
    """

    left: int
    right: int
    points: Ring

    @property
    def closed(self) -> bool:
        """Whether the line goes round an island."""
        return self.points[0] == self.points[-1]


def lines(mesh: Mesh, owner: Whole, salt: int) -> list[Line]:
    """Return every coast and border, each once: whoever shares one shares its points."""
    sides = mesh.sides[owner[mesh.sides[:, 0]] != owner[mesh.sides[:, 1]]]
    around: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for number, (_, _, start, end) in enumerate(sides.tolist()):
        around[start].append((end, number))
        around[end].append((start, number))
    left = set(range(len(sides)))
    drawn = []
    meeting = sorted(corner for corner, ways in around.items() if len(ways) != 2)
    for corner in meeting + sorted(around):  # what is left after the meeting points goes round
        for _, number in around[corner]:
            if number in left:
                walk, first = _walk(corner, number, around, left)
                drawn.append(_line(mesh, owner, walk, sides[first], salt))
    return drawn


def _walk(start: int, number: int, around: dict[int, list[tuple[int, int]]], left: set[int]) -> tuple[list[int], int]:
    walk, first, at = [start], number, start
    while True:
        left.remove(number)
        at = next(end for end, side in around[at] if side == number)
        walk.append(at)
        onward = [side for _, side in around[at] if side in left]
        if at == start or len(around[at]) != 2 or not onward:
            return walk, first
        number = onward[0]


def _line(mesh: Mesh, owner: Whole, walk: list[int], side: Whole, salt: int) -> Line:
    points = mesh.corners[walk]
    hands = [int(owner[cell]) for cell in side[:2]]
    (ax, ay), (bx, by) = points[:2]
    cx, cy = mesh.centres[side[0]]
    if (bx - ax) * (cy - ay) - (by - ay) * (cx - ax) < 0:  # the first cell lies on the right
        hands.reverse()
    coast = SEA in hands
    soft = _roughened(_softened(points, 1 if coast else 3), 0.3 if coast else 0.2, salt)
    whole = [(int(x), int(y)) for x, y in _thinned(soft, 0.9).round()]
    kept = [point for point, before in zip(whole, [None, *whole[:-1]], strict=True) if point != before]
    return Line(hands[0], hands[1], kept)


def _softened(points: Floats, times: int) -> Floats:
    closed = bool((points[0] == points[-1]).all())
    for _ in range(times):
        middle = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
        ends = [(points[-2] + 2 * points[0] + points[1]) / 4] * 2 if closed else [points[0], points[-1]]
        points = np.vstack([ends[0], middle, ends[1]])
    return points


def _roughened(points: Floats, height: float, salt: int) -> Floats:
    """Put a point between every two, a little aside."""
    start, end = points[:-1], points[1:]
    key = (start + end).round().astype(np.int64)
    aside = height * (chance(key[:, 0], key[:, 1], salt) - 0.5)[:, None]
    between = (start + end) / 2 + aside * np.column_stack([start[:, 1] - end[:, 1], end[:, 0] - start[:, 0]])
    made = np.empty((2 * len(points) - 1, 2))
    made[::2], made[1::2] = points, between
    return made


def _thinned(points: Floats, least: float) -> Floats:
    """Leave out points less than ``least`` off the line (Douglas and Peucker, 1973)."""
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, len(points) // 2, -1]] = True  # the one in the middle, since a line may be closed
    waiting = [(0, len(points) // 2), (len(points) // 2, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        along = points[last] - points[first]
        away = points[first + 1 : last] - points[first]
        off = (abs(away[:, 1] * along[0] - away[:, 0] * along[1]) / np.sqrt((along**2).sum())).round(6)
        if len(off) and off.max() > least:
            middle = first + 1 + int(off.argmax())
            keep[middle] = True
            waiting += [(first, middle), (middle, last)]
    return points[keep]


def rings(drawn: list[Line], who: int) -> list[Ring]:
    """Return the closed rings about an administration's land, its land on the left hand."""
    pieces = [
        line.points if line.left == who else line.points[::-1] for line in drawn if who in (line.left, line.right)
    ]
    starts: dict[tuple[int, int], list[Ring]] = defaultdict(list)
    for piece in pieces:
        starts[piece[0]].append(piece)
    made = []
    while any(starts.values()):
        ring = next(waiting for waiting in starts.values() if waiting).pop(0)[:]
        while ring[0] != ring[-1]:
            ring += starts[ring[-1]].pop(0)[1:]
        made.append(ring)
    return made


def area(ring: Ring) -> float:
    """Return the area within a ring, negative if it runs clockwise."""
    return sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring)) / 2


def polygons(made: list[Ring]) -> list[list[Ring]]:
    """Return each outer ring with the holes in it, the largest first."""
    outer = sorted((ring for ring in made if area(ring) > 0), key=area, reverse=True)
    holes = [ring for ring in made if area(ring) < 0]
    home = [next(i for i, ring in enumerate(outer) if within(ring, hole[:1])[0]) for hole in holes]
    return [[ring, *(hole for hole, at in zip(holes, home, strict=True) if at == i)] for i, ring in enumerate(outer)]


def within(ring: Ring, points: Ring) -> list[bool]:
    """Say of each point whether it lies inside a ring."""
    x, y = np.array(points, dtype=float).T[:, :, None]
    (x0, y0), (x1, y1) = np.array(ring[:-1], dtype=float).T, np.array(ring[1:], dtype=float).T
    crosses = (y0 > y) != (y1 > y)
    with np.errstate(divide="ignore", invalid="ignore"):
        at = x0 + (y - y0) * (x1 - x0) / (y1 - y0)
    odd = (crosses & (x < at)).sum(axis=1) % 2 == 1
    return [bool(value) for value in odd]
