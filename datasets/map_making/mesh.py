"""A mesh of many small cells, of which the land is made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from map_making.land import HEIGHT, WIDTH
from map_making.noise import Floats, chance

Whole = NDArray[np.int64]
_STEP = 18


@dataclass(frozen=True)
class Mesh:
    """Cells and the sides between them.

    Parameters
    ----------
    centres : array of (cells, 2)
    corners : array of (corners, 2)
        Nautical miles, in tenths.
    sides : array of (sides, 4)
        Two cells and the two corners at the ends of the side they share.
    """

    centres: Floats
    corners: Floats
    sides: Whole


def mesh(salt: int) -> Mesh:
    """Return a mesh over the map: a grid whose points were shaken, and the Voronoi cells about them."""
    grid = np.meshgrid(np.arange(-2, WIDTH // _STEP + 3), np.arange(-2, HEIGHT // _STEP + 3))
    column, row = (at.ravel().astype(np.int64) for at in grid)
    shaken = [(at + 0.1 + 0.8 * chance(column, row, salt + i)) * _STEP for i, at in enumerate((column, row))]
    centres = np.column_stack(shaken).round(1)
    drawn = Voronoi(centres)
    ends = np.array(drawn.ridge_vertices)
    whole = (ends >= 0).all(axis=1)
    corners, number = np.unique(drawn.vertices.round(1), axis=0, return_inverse=True)  # numbered by place
    sides = np.column_stack([np.sort(drawn.ridge_points[whole], axis=1), np.sort(number[ends[whole]], axis=1)])
    sides = sides[sides[:, 2] != sides[:, 3]]
    return Mesh(centres, corners, np.unique(sides, axis=0).astype(np.int64))
