"""The map of the invented region, with what a notebook wants to show on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.figures.figure import BLUE, ORANGE, Figure
from cep_toolkit.figures.map_ground import INK, draw_key, draw_land, draw_lanes, marks, paper
from cep_toolkit.figures.map_labels import Labels
from cep_toolkit.world import geography, reference

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


def region_map(
    highlight: Iterable[str] = (), routes: Iterable[Sequence[str]] = (), points: pd.DataFrame | None = None
) -> Figure:
    """Draw the invented region.

    Parameters
    ----------
    highlight : iterable of str
        Codes of administrations to bring out.
    routes : iterable of sequence of str
        Voyages: each the codes of two or more administrations, called at in this order, each at its main seaport.
    points : DataFrame, optional
        What else is shown: ``x`` and ``y`` in nautical miles as in ``geography.office_places()``, ``size`` (area of
        the dot; the largest is drawn as large as suits the map) and ``label`` (text, may be empty).

    Raises
    ------
    UnknownValueError
        A code is that of no administration, or, in a route, of none with a coast.

    Examples
    --------
    >>> region_map(highlight=["XD"], routes=[["XC", "QU"]])  # doctest: +ELLIPSIS
    Map of the invented region: 24 administrations, ... Shown in colour: Heyblomag (XD). Route XC - QU: ...
    """
    chosen, voyages = _known(highlight, "administration", geography.seats()), [_voyage(codes) for codes in routes]
    drawing, axes = paper()
    labels = Labels(axes)
    draw_land(axes, chosen)
    draw_lanes(axes)
    _draw_offices(axes, labels)
    for voyage in voyages:
        _draw_route(axes, voyage)
    if points is not None:
        _draw_points(axes, points)
    _name_administrations(labels, chosen)
    if points is not None:
        _name_points(labels, points)
    draw_key(axes)
    return Figure(drawing, " ".join([_about(), *_told(chosen, voyages, points)]))


def _known(codes: Iterable[str], what: str, valid: Iterable[str]) -> list[str]:
    found = list(codes)
    for code in found:
        if code not in valid:
            raise UnknownValueError(what, code, valid)
    return found


def _voyage(codes: Sequence[str]) -> list[str]:
    return _known(codes, "administration with a coast", geography.main_seaports())


def _draw_offices(axes: Axes, labels: Labels) -> None:
    places = geography.office_places()
    main = places["office"].isin(geography.main_seaports().values())
    ports = places[(places["kind"] == "seaport") & ~main]
    for kind, rows in {"port": ports, "main": places[main], "land": places[places["kind"] == "land"]}.items():
        axes.scatter(rows["x"], rows["y"], zorder=4, **marks()[kind])
        labels.avoid(rows["x"], rows["y"], 34 if kind == "main" else 16)


def _draw_route(axes: Axes, codes: list[str]) -> None:
    from matplotlib.patheffects import withStroke

    for line in _legs(codes):
        x, y = zip(*line, strict=True)
        axes.plot(x, y, color=BLUE, lw=2, zorder=5, path_effects=[withStroke(linewidth=3.6, foreground="white")])
        (x0, y0), (x1, y1) = _middle(line)
        arrow = {"arrowstyle": "-|>", "color": BLUE, "lw": 2, "mutation_scale": 15}
        axes.annotate("", (x1, y1), (x0, y0), arrowprops=arrow, zorder=5)
    x, y = zip(*[line[at] for line in _legs(codes) for at in (0, -1)], strict=True)
    axes.scatter(x, y, s=26, color="white", edgecolors=BLUE, linewidths=1.8, zorder=6)


def _legs(codes: list[str]) -> list[geography.Ring]:
    ports, ways = geography.main_seaports(), geography.sea_ways()
    return [ways[ports[one], ports[other]] for one, other in pairwise(codes)]


def _middle(line: geography.Ring) -> tuple[geography.Place, geography.Place]:
    """Return the ends of a short piece in the middle of the longest straight part."""
    parts = list(pairwise(line))
    (x0, y0), (x1, y1) = max(parts, key=lambda part: (part[0][0] - part[1][0]) ** 2 + (part[0][1] - part[1][1]) ** 2)
    return (x0 + 0.5 * (x1 - x0), y0 + 0.5 * (y1 - y0)), (x0 + 0.55 * (x1 - x0), y0 + 0.55 * (y1 - y0))


def _draw_points(axes: Axes, points: pd.DataFrame) -> None:
    area = points["size"] / points["size"].max() * 260
    axes.scatter(points["x"], points["y"], s=area, color=ORANGE, alpha=0.55, edgecolors="white", linewidths=1, zorder=7)


def _name_points(labels: Labels, points: pd.DataFrame) -> None:
    shown = points[points["label"] != ""].sort_values("size", ascending=False, kind="stable")
    for x, y, text in shown[["x", "y", "label"]].itertuples(index=False):
        around = [(x + i * 60, y + j * 45) for j in (1, -1, 2, -2, 3, -3) for i in (0, 2, -2, 4, -4)]
        labels.place(text, around, fontsize=7, color=INK, zorder=9)


def _name_administrations(labels: Labels, chosen: list[str]) -> None:
    names = reference.load("administrations").set_index("code")["name"]
    for code, parts in sorted(geography.outlines().items(), key=lambda item: len(item[1][0][0])):
        weight = "bold" if code in chosen else "normal"
        labels.place(
            f"{names[code]}\n{code}", _name_places(parts[0][0]), fontsize=7.5, color=INK, weight=weight, zorder=8
        )


def _name_places(coast: geography.Ring) -> list[geography.Place]:
    """Return places for a name: on the land, the farthest from its edge first."""
    import numpy as np
    from matplotlib.path import Path

    edge = np.array(coast, dtype=float)
    (left, low), (right, high) = edge.min(axis=0), edge.max(axis=0)
    grid = np.array([(x, y) for x in np.arange(left, right, 20) for y in np.arange(low, high, 15)])
    inside = grid[Path(coast).contains_points(grid)]
    # a name is wider than high: what counts is the room to the east and west
    room = (((inside[:, None] - edge[None]) * (1, 2)) ** 2).sum(axis=2).min(axis=1)
    return [(float(x), float(y)) for x, y in inside[np.argsort(-room, kind="stable")]]


def _about() -> str:
    offices, borders = reference.load("offices"), reference.load("land_borders")
    count, ports = len(geography.seats()), int((offices["kind"] == "seaport").sum())
    landlocked = count - len(geography.main_seaports())
    return (
        f"Map of the invented region: {count} administrations, {landlocked} of them without a coast; {ports} seaports, "
        f"{len(borders) // 2} land borders, {len(geography.sea_lanes())} sea lanes."
    )


def _told(chosen: list[str], voyages: list[list[str]], points: pd.DataFrame | None) -> list[str]:
    names = reference.load("administrations").set_index("code")["name"]
    shown = ", ".join(f"{names[code]} ({code})" for code in chosen)
    told = [f"Shown in colour: {shown}."] if chosen else []
    told += [f"Route {' - '.join(codes)}: {_miles(codes):,} nautical miles." for codes in voyages]
    if points is not None and len(points):
        label = points["label"].iloc[int(points["size"].argmax())]
        largest = f"; the largest is {label}" if label else ""
        told.append(f"{len(points)} points{largest}.")
    return told


def _miles(codes: list[str]) -> int:
    ports = geography.main_seaports()
    apart = reference.load("sea_distances").set_index(["from_office", "to_office"])["nautical_miles"]
    return sum(int(apart[ports[one], ports[other]]) for one, other in pairwise(codes))
