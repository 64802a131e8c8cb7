"""The ways by sea: shortest paths over a grid of open water, pulled taut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import ceil, gcd, hypot

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components, dijkstra, floyd_warshall
from scipy.spatial import cKDTree

from map_making.land import HEIGHT, WIDTH
from map_making.noise import Floats, chance
from map_making.outlines import Ring

FINE = 5
"""Nautical miles between the points at which land is told from water."""
GRID = 20
"""Nautical miles between the points of the grid on which ships move."""
OFFING = 3
"""Ships under way keep this many fine points off the land."""
NEAR = 75
"""A seaport is at most so far from the open water (nautical miles)."""

_MOVES = [
    (i, j) for i in range(-3, 4) for j in range(4) if gcd(i, j) == 1 and (j > 0 or i > 0)
]  # half of them: the ways lead both ways
Place = tuple[int, int]


@dataclass(frozen=True)
class Sea:
    """What is water.

    Parameters
    ----------
    dry, close : array of bool
        At each fine point, row by row from the south: land; land or water within ``OFFING`` of it.
    nodes : array of (nodes, 2)
        Points of the grid on the open water, all joined.
    """

    dry: NDArray[np.bool_]
    close: NDArray[np.bool_]
    nodes: Floats

    @cached_property
    def tree(self) -> cKDTree:
        """Finds the nodes near a place."""
        return cKDTree(self.nodes)

    def clear(self, start: tuple[float, float], end: tuple[float, float], near_land: bool = False) -> bool:
        """Say whether a ship may go straight from one place to another, ``near_land`` on its way out of port."""
        count = 2 + int(hypot(end[0] - start[0], end[1] - start[1]) // 4)
        along = np.arange(count) / (count - 1)
        column = ((start[0] + along * (end[0] - start[0])) / FINE).round().astype(int)
        row = ((start[1] + along * (end[1] - start[1])) / FINE).round().astype(int)
        return not (self.dry if near_land else self.close)[row, column].any()


def sea(rings: list[Ring]) -> Sea:
    """Return the water about the land that these rings bound."""
    dry = _dry(rings)
    close = dry.copy()
    for _ in range(OFFING):
        wider = close.copy()
        for shift in (-1, 1):
            for axis in (0, 1):
                wider |= np.roll(close, shift, axis)
        close = wider
    row, column = np.nonzero(~close[:: GRID // FINE, :: GRID // FINE])
    nodes = np.column_stack([column, row]).astype(np.float64) * GRID
    water = Sea(dry, close, nodes)
    piece = connected_components(_graph(water), directed=False)[1]
    return Sea(dry, close, nodes[piece == np.bincount(piece).argmax()])


def _dry(rings: list[Ring]) -> NDArray[np.bool_]:
    """Tell land from water along lines from west to east, which a coast cuts an even number of times."""
    start = np.array([point for ring in rings for point in ring[:-1]], dtype=np.float64)
    end = np.array([point for ring in rings for point in ring[1:]], dtype=np.float64)
    columns = np.arange(0, WIDTH + FINE, FINE)
    dry = np.zeros((HEIGHT // FINE + 1, len(columns)), dtype=bool)
    for row in range(len(dry)):
        y = row * FINE + 0.5  # between whole miles: no corner lies there
        cut = (start[:, 1] > y) != (end[:, 1] > y)
        (x0, y0), (x1, y1) = start[cut].T, end[cut].T
        at = np.sort(x0 + (y - y0) * (x1 - x0) / (y1 - y0))
        dry[row] = np.searchsorted(at, columns) % 2 == 1
    return dry


def _graph(water: Sea) -> coo_array:
    columns, rows = WIDTH // GRID + 1, HEIGHT // GRID + 1
    number = np.full((rows + 6, columns + 6), -1)  # a rim of 3, over which no move leads
    column, row = (water.nodes / GRID).astype(int).T + 3
    number[row, column] = np.arange(len(column))
    starts, ends, lengths = [], [], []
    for i, j in _MOVES:
        other = number[row + j, column + i]
        ahead = np.flatnonzero(other >= 0)
        ahead = ahead[_open(water, ahead, i, j)]
        starts.append(ahead)
        ends.append(other[ahead])
        lengths.append(hypot(i, j) * (1 + chance(ahead, other[ahead], 0) / 500))  # no two ways are equally long
    pairs = (np.concatenate(starts), np.concatenate(ends))
    return coo_array((np.concatenate(lengths), pairs), shape=(len(column), len(column)))


def _open(water: Sea, nodes: NDArray[np.int64], i: int, j: int) -> NDArray[np.bool_]:
    open_water = np.ones(len(nodes), dtype=bool)
    for part in range(13):
        column, row = ((water.nodes[nodes] + np.array([i, j]) * GRID * part / 12) / FINE).round().astype(int).T
        open_water &= ~water.close[row, column]
    return open_water


def ways_out(water: Sea, port: Place) -> Iterator[int]:
    """Yield the points of the open water that can be reached straight from a seaport, the nearest first."""
    away, nearest = water.tree.query(port, 12)
    for node in nearest[np.lexsort((nearest, away.round(6)))][np.sort(away) < NEAR].tolist():
        x, y = water.nodes[node]
        leave = (port[0] + (x - port[0]) / 5, port[1] + (y - port[1]) / 5)  # off the quay
        if water.clear(leave, (x, y), near_land=True):
            yield int(node)


def ways(water: Sea, ports: dict[str, Place]) -> dict[tuple[str, str], list[Place]]:
    """Return the way from each seaport to each that follows it, as a line."""
    codes = list(ports)
    out = [next(ways_out(water, port)) for port in ports.values()]
    before = dijkstra(_graph(water), directed=False, indices=out, return_predecessors=True)[1]
    found = {}
    for i, start in enumerate(codes):
        for j in range(i + 1, len(codes)):
            steps = [out[j]]
            while steps[-1] != out[i]:
                steps.append(before[i, steps[-1]])
            line = [(int(x), int(y)) for x, y in water.nodes[steps[::-1]]]
            found[start, codes[j]] = [ports[start], *_taut(water, line), ports[codes[j]]]
    return found


def _taut(water: Sea, line: list[Place]) -> list[Place]:
    """Pull a line taut: leave out what can be left out, from one end, then from the other."""
    for _ in range(2):
        line = _pulled(water, line)[::-1]
        line = _with_stops(line)
    return _pulled(water, line)


def _with_stops(line: list[Place]) -> list[Place]:
    stops = line[:1]
    for (x0, y0), (x1, y1) in pairwise(line):
        count = max(1, int(hypot(x1 - x0, y1 - y0) // 60))
        stops += [(round(x0 + (x1 - x0) * i / count), round(y0 + (y1 - y0) * i / count)) for i in range(1, count + 1)]
    return stops


def _pulled(water: Sea, line: list[Place]) -> list[Place]:
    kept, at = line[:1], 0
    while at < len(line) - 1:
        at = next((ahead for ahead in range(len(line) - 1, at + 1, -1) if water.clear(line[at], line[ahead])), at + 1)
        kept.append(line[at])
    return kept


def length(line: list[Place]) -> float:
    """Return the length of a line, in nautical miles."""
    return sum(hypot(x1 - x0, y1 - y0) for (x0, y0), (x1, y1) in pairwise(line))


def distances(found: dict[tuple[str, str], list[Place]], codes: list[str]) -> dict[tuple[str, str], int]:
    """Return the distance between any two seaports, both ways, rounded up to a nautical mile.

    Where the way over a third port is shorter by a little, that is taken: no distance exceeds the sum over a third.
    Rounding up keeps that so.
    """
    table = np.zeros((len(codes), len(codes)))
    for (start, end), line in found.items():
        table[codes.index(start), codes.index(end)] = length(line)
    least = floyd_warshall(table, directed=False)
    pairs = [(i, j) for i in range(len(codes)) for j in range(len(codes)) if i != j]
    return {(codes[i], codes[j]): ceil(round(least[i, j], 6)) for i, j in pairs}


def lanes(apart: dict[tuple[str, str], int], larger: set[str], hubs: set[str]) -> set[tuple[str, str]]:
    """Return the sea lanes: between hubs, and between larger ports where no third lies nearer to both."""
    return {
        (start, end)
        for start, end in apart
        if start < end
        and {start, end} <= larger
        and ({start, end} <= hubs or not _has_one_between(apart, start, end, larger - {start, end}))
    }


def _has_one_between(apart: dict[tuple[str, str], int], start: str, end: str, others: set[str]) -> bool:
    return any(max(apart[start, other], apart[other, end]) < apart[start, end] for other in others)
