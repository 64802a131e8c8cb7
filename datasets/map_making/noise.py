"""Smooth noise over the plane, from whole numbers alone: no generator, hence no state."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

_STRIDES = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
_MIXERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)  # splitmix64, Steele, Lea and Flood (2014)
_DIRECTIONS = np.array([(1, 0), (-1, 0), (0, 1), (0, -1), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)])


def _mixed(column: NDArray[np.int64], row: NDArray[np.int64], salt: int) -> NDArray[np.uint64]:
    numbers = (column.astype(np.uint64), row.astype(np.uint64), np.full(column.shape, salt, np.uint64))
    mixed = np.zeros(column.shape, np.uint64)
    for number, stride in zip(numbers, _STRIDES, strict=True):
        mixed ^= (number + np.uint64(1)) * np.uint64(stride)
        for mixer in _MIXERS:
            mixed = (mixed ^ (mixed >> np.uint64(29))) * np.uint64(mixer)
    return mixed ^ (mixed >> np.uint64(32))


def chance(column: NDArray[np.int64], row: NDArray[np.int64], salt: int) -> Floats:
    """Return a number of 0 to 1 for every pair of whole numbers."""
    return (_mixed(column, row, salt) >> np.uint64(11)).astype(np.float64) / 2.0**53


def _slope(column: NDArray[np.int64], row: NDArray[np.int64], salt: int, x: Floats, y: Floats) -> Floats:
    direction = _DIRECTIONS[(_mixed(column, row, salt) & np.uint64(7)).astype(np.int64)]
    return direction[..., 0] * x + direction[..., 1] * y


def smooth(x: Floats, y: Floats, salt: int) -> Floats:
    """Return gradient noise of about -0.7 to 0.7 that changes over a distance of one.

    References
    ----------
    K. Perlin, "Improving Noise", ACM Transactions on Graphics 21 (2002).
    """
    left, bottom = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    u, v = x - left, y - bottom
    across, up = (t * t * t * (t * (t * 6 - 15) + 10) for t in (u, v))
    corner = {(i, j): _slope(left + i, bottom + j, salt, u - i, v - j) for i in (0, 1) for j in (0, 1)}
    low = corner[0, 0] + across * (corner[1, 0] - corner[0, 0])
    high = corner[0, 1] + across * (corner[1, 1] - corner[0, 1])
    return np.asarray(low + up * (high - low))


def rugged(x: Floats, y: Floats, scale: float, octaves: int, salt: int) -> Floats:
    """Return noise of several sizes, the largest of ``scale``, each next half as wide and 0.55 as high."""
    total, height = np.zeros(x.shape), 1.0
    for octave in range(octaves):
        size = scale / 2**octave
        total += height * smooth(x / size, y / size, salt + octave)
        height *= 0.55
    return total
