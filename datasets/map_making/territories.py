"""How the land is shared among the administrations."""

from __future__ import annotations

import heapq
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from map_making.land import MASSES
from map_making.mesh import Mesh, Whole
from map_making.noise import rugged

SEA = -1
HEAD_START = {"QT": -90, "XD": -150, "QS": 60, "QM": 90, "XE": 60, "QU": 60, "XB": 60, "XH": 70, "QN": 40, "QR": -40}
"""Nautical miles by which an administration is ahead of, or behind, the others when the land is shared."""
INLAND = (60, 190)
"""An administration without coast keeps at least so far away from the water, here less, there more (nautical miles)."""


def neighbours(mesh: Mesh, keep: Iterable[bool]) -> list[list[int]]:
    """Return for each cell the cells beside it, of those that ``keep`` holds."""
    kept = np.asarray(keep)
    beside: list[list[int]] = [[] for _ in mesh.centres]
    for one, other in mesh.sides[:, :2][kept[mesh.sides[:, :2]].all(axis=1)].tolist():
        beside[one].append(other)
        beside[other].append(one)
    return beside


def without_lakes(mesh: Mesh, mass: Whole, least: int) -> Whole:
    """Return the land masses with lakes filled, and land of fewer than ``least`` cells under water."""
    label = _pieces(mesh, mass >= 0)
    size = np.bincount(label)
    sea = np.bincount(label[mass < 0], minlength=len(size)).argmax()
    lake = (mass < 0) & (label != sea)
    nearest = cKDTree(mesh.centres[mass >= 0]).query(mesh.centres)[1]
    filled = np.where(lake, mass[mass >= 0][nearest], mass)
    return np.where((mass >= 0) & (size[label] < least), SEA, filled)


def _pieces(mesh: Mesh, kind: Iterable[bool]) -> Whole:
    of = np.asarray(kind)
    one, other = mesh.sides[of[mesh.sides[:, 0]] == of[mesh.sides[:, 1]], :2].T
    size = len(mesh.centres)
    graph = coo_array((np.ones(len(one)), (one, other)), shape=(size, size))
    return np.asarray(connected_components(graph, directed=False)[1], dtype=np.int64)


def owners(mesh: Mesh, mass: Whole, seats: dict[str, tuple[int, int]], coastless: set[str], salt: int) -> Whole:
    """Return the number of each cell's administration in the order of ``seats``, or ``SEA``."""
    codes = list(seats)
    owner = np.full(len(mass), SEA)
    beside = neighbours(mesh, mass >= 0)
    inland = _inland(mesh, mass, salt + 10)
    rough = (1 + 1.3 * rugged(mesh.centres[:, 0], mesh.centres[:, 1], 210, 4, salt)).clip(0.3)
    queue = _seats(mesh, mass, seats)
    barred = {codes.index(code) for code in coastless}
    heapq.heapify(queue)
    while queue:
        spent, cell, who = heapq.heappop(queue)
        if owner[cell] != SEA or (who in barred and not inland[cell]):
            continue
        owner[cell] = who
        for other in beside[cell]:
            step = float(np.sqrt(((mesh.centres[cell] - mesh.centres[other]) ** 2).sum()) * rough[other])
            heapq.heappush(queue, (round(spent + step, 3), other, who))
    return _with_islands(mesh, mass, owner, barred)


def _seats(mesh: Mesh, mass: Whole, seats: dict[str, tuple[int, int]]) -> list[tuple[float, int, int]]:
    """Return where each administration begins to grow: its head start, its capital's cell and its number."""
    codes, begun = list(seats), []
    for number, land in enumerate(MASSES):
        here = np.flatnonzero(mass == number)
        for code in land.administrations.split():
            cell = int(here[((mesh.centres[here] - seats[code]) ** 2).sum(axis=1).argmin()])
            begun.append((float(-HEAD_START.get(code, 0)), cell, codes.index(code)))
    return begun


def _inland(mesh: Mesh, mass: Whole, salt: int) -> NDArray[np.bool_]:
    x, y = mesh.centres.T
    to_water = cKDTree(mesh.centres[mass < 0]).query(mesh.centres)[0]
    nearest, farthest = INLAND
    return np.asarray(to_water > nearest + (farthest - nearest) * (0.4 + 1.2 * rugged(x, y, 170, 3, salt)).clip(0, 1))


def _with_islands(mesh: Mesh, mass: Whole, owner: Whole, barred: set[int]) -> Whole:
    """Give what is left, whole, to the nearest administration: an island, or a coast, to one that may have a coast."""
    free = (mass >= 0) & (owner == SEA)
    label = _pieces(mesh, free)
    one, other = mesh.sides[:, 0], mesh.sides[:, 1]
    wet = np.isin(label, np.concatenate([label[one[mass[other] < 0]], label[other[mass[one] < 0]]]))
    for kind, settled in ((free & ~wet, owner != SEA), (free & wet, (owner != SEA) & ~np.isin(owner, list(barred)))):
        away, nearest = cKDTree(mesh.centres[settled]).query(mesh.centres)
        order = np.lexsort((away, label))
        pieces, first = np.unique(label[order], return_index=True)
        of_piece = dict(zip(pieces.tolist(), owner[settled][nearest[order[first]]].tolist(), strict=True))
        owner = np.where(kind, [of_piece[piece] for piece in label.tolist()], owner)
    return owner
