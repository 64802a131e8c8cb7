"""The invented region on its map: outlines, places of offices, ways by sea.

The plane is flat and is measured in nautical miles, x to the east and y to the north; see ``datasets/README.md``.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from cep_toolkit.errors import InputFileError
from cep_toolkit.world import reference

if TYPE_CHECKING:
    import pandas as pd

WIDTH, HEIGHT = 4000, 3000
"""Size of the map in nautical miles."""

Place = tuple[float, float]
Ring = list[Place]


def outlines() -> dict[str, list[list[Ring]]]:
    """Return the land of each administration: its parts, the largest first, each an outer ring and the holes in it.

    Examples
    --------
    >>> mainland, *islands = outlines()["QU"]
    >>> outer, *holes = mainland
    >>> outer[0] == outer[-1]
    True
    """
    return {made["code"]: at for made, at in _features("administration")}


def seats() -> dict[str, Place]:
    """Return the place of each administration's capital.

    Examples
    --------
    >>> seats()["QU"]
    (2676, 2442)
    """
    return {made["code"]: tuple(made["seat"]) for made, _ in _features("administration")}


def office_places() -> pd.DataFrame:
    """Return where every Customs office stands.

    Returns
    -------
    DataFrame
        ``office``, ``administration``, ``kind``, and ``x`` and ``y`` in nautical miles, in the order of ``offices``.

    Examples
    --------
    >>> office_places().columns.tolist()
    ['office', 'administration', 'kind', 'x', 'y']
    """
    import pandas as pd

    kinds = sorted(set(reference.load("offices")["kind"]))
    rows = [(made["office"], made["administration"], made["kind"], *at) for made, at in _features(*kinds)]
    return pd.DataFrame(rows, columns=["office", "administration", "kind", "x", "y"])


def main_seaports() -> dict[str, str]:
    """Return the main seaport of each administration with a coast: its first in ``offices``.

    Examples
    --------
    >>> main_seaports()["QU"]
    'QU01'
    """
    offices = reference.load("offices")
    ports = offices[offices["kind"] == "seaport"].drop_duplicates("administration")
    return dict(zip(ports["administration"], ports["office"], strict=True))


def sea_ways() -> dict[tuple[str, str], Ring]:
    """Return the shortest way by sea from each main seaport to each other, as a line.

    Examples
    --------
    >>> out, home = sea_ways()["QU01", "XC01"], sea_ways()["XC01", "QU01"]
    >>> out == home[::-1]
    True
    """
    drawn = {(made["from_office"], made["to_office"]): at for made, at in _features("sea lane", "sea route")}
    return drawn | {(end, start): line[::-1] for (start, end), line in drawn.items()}


def sea_lanes() -> list[tuple[str, str]]:
    """Return the pairs of larger ports between which ships sail most.

    Examples
    --------
    >>> all(start < end for start, end in sea_lanes())
    True
    """
    return [(made["from_office"], made["to_office"]) for made, _ in _features("sea lane")]


def _features(*kinds: str) -> list[tuple[dict[str, Any], Any]]:
    features = [(made["properties"], made["geometry"]["coordinates"]) for made in _read()]
    return [(made, at) for made, at in features if made["kind"] in kinds]


@cache
def _read() -> list[dict[str, Any]]:
    file = reference.folder() / "region_map.geojson"
    try:
        features: list[dict[str, Any]] = json.loads(file.read_text(encoding="utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        raise InputFileError(file, f"the map cannot be read ({error}).", "Restore it from the repository.") from error
    return features
