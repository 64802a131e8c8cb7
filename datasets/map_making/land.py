"""Where there is land: ridges drawn by hand, bent and roughened by noise, and arcs of islands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from map_making.noise import Floats, rugged

WIDTH, HEIGHT = 4000, 3000
FRAME = 60
"""Along the frame of the map lies water, this wide."""

_STRAIT = 70
_BEND, _ROUGH = 170, 230


@dataclass(frozen=True)
class Mass:
    """A land mass: who lives there, and the ridges it grows about.

    Parameters
    ----------
    administrations : str
        Their codes.
    ridges : tuple
        Lines of points (x and y as in ``administrations.csv``, half the width of the land there in nautical miles).
    """

    administrations: str
    ridges: tuple[tuple[tuple[float, float, float], ...], ...]


MASSES = (
    Mass(
        "XJ XB QO",
        (
            ((6, 8, 130), (10, 11, 140), (14, 22, 95), (14, 33, 190), (11, 41, 110), (10, 48, 150)),
            ((14, 31, 120), (21, 34, 70), (24, 38, 30)),
            ((10, 11, 80), (19, 8, 60)),
        ),
    ),
    Mass("XA QQ", (((31, 20, 90), (38, 17, 170), (43, 24, 100), (48, 33, 150)), ((48, 32, 90), (55, 31, 40)))),
    Mass("QR QU", (((54, 8, 70), (58, 10, 90), (63, 15, 110), (67, 18, 150), (70, 25, 80)),)),
    Mass("XL QV", (((94, 8, 60), (91, 13, 140), (86, 20, 70), (81, 28, 120), (76, 31, 50)),)),
    Mass(
        "XH QX QN",
        (
            ((68, 44, 90), (74, 42, 190), (83, 48, 150), (94, 46, 150)),
            ((83, 48, 120), (87, 58, 150), (87, 65, 170), (83, 72, 50)),
        ),
    ),
    Mass(
        "XE XD QT QY QS XC XF QM",
        (
            ((34, 45, 130), (36, 50, 190), (39, 60, 220), (39, 68, 270), (24, 75, 260), (9, 66, 150), (4, 62, 90)),
            ((24, 76, 230), (17, 83, 190), (8, 91, 140), (4, 94, 60)),
            ((30, 76, 200), (32, 88, 170), (33, 94, 80)),
            ((40, 68, 220), (51, 70, 110), (60, 70, 170), (64, 65, 60)),
        ),
    ),
    Mass("XG QP", (((75, 74, 60), (71, 77, 120), (66, 82, 70), (62, 87, 140), (57, 91, 50)),)),
    Mass("QZ QW", (((76, 93, 70), (80, 92, 110), (87, 91, 60), (93, 88, 130), (96, 83, 50)),)),
)

# The middle of an island and its half width; an island belongs to the nearest administration.
ISLANDS = (
    (27, 27, 35), (29, 31, 22), (26, 22, 18), (22, 15, 26), (24, 46, 24), (22, 50, 34), (20, 54, 18),
    (52, 47, 45), (56, 50, 30), (59, 52, 18), (48, 51, 20), (63, 36, 28), (66, 33, 16), (60, 27, 24),
    (46, 8, 34), (43, 6, 18), (77, 9, 30), (79, 13, 18), (75, 6, 20), (96, 24, 28), (97, 29, 40), (96, 35, 22),
    (72, 55, 36), (75, 59, 24), (71, 61, 20), (95, 70, 34), (96, 75, 22), (80, 80, 26), (84, 82, 18), (46, 87, 38),
    (49, 91, 24), (45, 93, 18), (53, 82, 22), (19, 96, 24), (3, 78, 26), (2.6, 53, 30), (70, 93, 28), (67, 96, 18),
    (25, 5, 26), (29, 7, 18), (4, 27, 24), (3, 22, 34), (3.2, 36, 18), (87, 36, 26), (63, 60, 18),
)  # fmt: skip


def plane(x: float, y: float) -> tuple[float, float]:
    """Return the nautical miles to the east and to the north of a place in ``administrations.csv``."""
    return x * WIDTH / 100, (100 - y) * HEIGHT / 100


def land_mass(x: Floats, y: Floats, salt: int) -> NDArray[np.int64]:
    """Return the number of the land mass at each place; islands bear ``len(MASSES)``, water -1."""
    bent_x, bent_y = (at + _BEND * rugged(x, y, 420, 3, salt + shift) for at, shift in ((x, 10), (y, 20)))
    rough = _ROUGH * rugged(x, y, 260, 5, salt + 30)
    depth = np.array([_depth(mass, bent_x, bent_y) for mass in MASSES])
    near, next_near = np.sort(depth, axis=0)[:2]
    is_land = (near + rough < 0) & (next_near - near > _STRAIT)
    islands = np.min([_island(island, bent_x, bent_y) for island in ISLANDS], axis=0)
    number = np.where(is_land, depth.argmin(axis=0), np.where(islands + 0.55 * rough < 0, len(MASSES), -1))
    inside = (x > FRAME) & (x < WIDTH - FRAME) & (y > FRAME) & (y < HEIGHT - FRAME)
    earthly = (x < 200) & (y < 110)  # could be read as a longitude and a latitude
    return np.where(inside & ~earthly, number, -1).astype(np.int64)


def _island(island: tuple[float, float, float], x: Floats, y: Floats) -> Floats:
    east, north = plane(*island[:2])
    return np.asarray(np.sqrt((x - east) ** 2 + (y - north) ** 2) - island[2])


def _depth(mass: Mass, x: Floats, y: Floats) -> Floats:
    """Return the distance from the ridges less the half width of the land: below 0 on land."""
    parts = [pair for ridge in mass.ridges for pair in pairwise(ridge)]
    return np.asarray(np.min([_depth_of_part(*part, x, y) for part in parts], axis=0))


def _depth_of_part(start: tuple[float, float, float], end: tuple[float, float, float], x: Floats, y: Floats) -> Floats:
    (x0, y0), (x1, y1) = plane(*start[:2]), plane(*end[:2])
    along = ((x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)) / ((x1 - x0) ** 2 + (y1 - y0) ** 2)
    along = np.clip(along, 0, 1)
    away = np.sqrt((x - x0 - along * (x1 - x0)) ** 2 + (y - y0 - along * (y1 - y0)) ** 2)
    return np.asarray(away - start[2] - along * (end[2] - start[2]))
