"""The ground of the region's map: water, land, sea lanes and the key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cep_toolkit.figures.figure import DOTS_PER_INCH
from cep_toolkit.world import geography, reference

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas
    from matplotlib.path import Path

STRIP = 190
"""Height of the strip below the map that holds its key, in nautical miles."""

_SEA, _SHOALS = "#E3EDF2", ((15, "#DAE7EE"), (9, "#CFE0E9"), (4, "#C0D5E1"))
_LAND = ("#EFE6CF", "#DDE5CC", "#EBD9C8", "#DCD9E4", "#E6DFD3")
_COAST, _BORDER, INK, _LANE = "#54697A", "#9A8F80", "#2B3238", "#5F87A3"
_CHOSEN = "#F0C05A"


def paper() -> tuple[Canvas, Axes]:
    """Return an empty map of the region, with its frame and its grid of 500 nautical miles."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Canvas

    width = 8.2
    drawing = Canvas(figsize=(width, width * (geography.HEIGHT + STRIP) / geography.WIDTH), dpi=DOTS_PER_INCH)
    FigureCanvasAgg(drawing)  # measures the labels
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, geography.WIDTH), ylim=(-STRIP, geography.HEIGHT), xticks=[], yticks=[], facecolor=_SEA)
    for mile in range(500, geography.WIDTH, 500):
        axes.plot([mile, mile], [0, geography.HEIGHT], color="white", lw=0.5, zorder=0)
        axes.plot([0, geography.WIDTH], [mile, mile], color="white", lw=0.5, zorder=0)
    for side in axes.spines.values():
        side.set(color=_COAST, linewidth=1.5)
    return drawing, axes


def _shape(parts: list[list[geography.Ring]]) -> Path:
    from matplotlib.path import Path

    rings = [ring for part in parts for ring in part]
    steps = [[Path.MOVETO, *[Path.LINETO] * (len(ring) - 2), Path.CLOSEPOLY] for ring in rings]
    return Path([point for ring in rings for point in ring], [step for ring in steps for step in ring])


def draw_land(axes: Axes, chosen: list[str]) -> None:
    """Draw coasts and borders, and bring out the administrations that were chosen."""
    shapes = {code: _shape(parts) for code, parts in geography.outlines().items()}
    every, colours = list(shapes.values()), land_colours()
    for width, colour in _SHOALS:
        _add(axes, every, facecolors="none", edgecolors=colour, linewidths=width, zorder=1 - width / 100)
    _add(axes, every, facecolors="none", edgecolors=_COAST, linewidths=1.6, zorder=1.5)
    _add(axes, every, facecolors=[colours[code] for code in shapes], edgecolors=_BORDER, linewidths=0.5, zorder=2)
    if chosen:
        _add(axes, [shapes[code] for code in chosen], facecolors=_CHOSEN, edgecolors=INK, linewidths=1.6, zorder=2.5)


def _add(axes: Axes, shapes: list[Path], **look: Any) -> None:
    from matplotlib.collections import PathCollection

    axes.add_collection(PathCollection(shapes, joinstyle="round", **look), autolim=False)


def land_colours() -> dict[str, str]:
    """Give neighbours different colours: the first of the list that no neighbour has."""
    borders = reference.load("land_borders")
    given: dict[str, str] = {}
    for number, code in enumerate(geography.outlines()):
        beside = {given.get(other) for other in borders.loc[borders["administration"] == code, "neighbour"]}
        turned = _LAND[number % len(_LAND) :] + _LAND[: number % len(_LAND)]
        given[code] = next(colour for colour in turned if colour not in beside)
    return given


def draw_lanes(axes: Axes) -> None:
    """Draw the sea lanes."""
    ways = geography.sea_ways()
    for pair in geography.sea_lanes():
        x, y = zip(*ways[pair], strict=True)
        axes.plot(x, y, color=_LANE, lw=0.7, dashes=(5, 3), zorder=1.8)


def marks() -> dict[str, dict[str, Any]]:
    """Return how offices are marked: the main seaport of an administration, other seaports, land crossings."""
    return {
        "main": {"marker": "$\u2693$", "s": 62, "color": "#1F4E6B", "linewidths": 0.1},
        "port": {"marker": "o", "s": 9, "color": "#1F4E6B", "edgecolors": "white", "linewidths": 0.5},
        "land": {"marker": "s", "s": 8, "color": "white", "edgecolors": "#6B5B45", "linewidths": 0.7},
    }


def draw_key(axes: Axes) -> None:
    """Draw the strip below the map: what it is, its signs and its scale."""
    from matplotlib.patches import Rectangle

    axes.add_patch(Rectangle((0, -STRIP), geography.WIDTH, STRIP, fc="white", ec=_COAST, lw=0.8, zorder=9))
    text: dict[str, Any] = {"va": "center", "zorder": 10, "color": INK}
    axes.text(60, -STRIP / 2, "An invented region", fontsize=11, style="italic", weight="bold", **text)
    for x, kind, words in ((960, "main", "main seaport"), (1400, "port", "seaport"), (1720, "land", "land crossing")):
        axes.scatter([x], [-STRIP / 2], zorder=10, **marks()[kind])
        axes.text(x + 45, -STRIP / 2, words, fontsize=8, **text)
    axes.plot([2160, 2330], [-STRIP / 2] * 2, color=_LANE, lw=1, dashes=(5, 3), zorder=10)
    axes.text(2360, -STRIP / 2, "sea lane", fontsize=8, **text)
    _draw_scale(axes, 2950, -STRIP * 0.62)


def _draw_scale(axes: Axes, left: float, y: float) -> None:
    for start, colour in ((0, INK), (250, "white")):
        axes.barh(y, 250, 22, left + start, color=colour, edgecolor=INK, linewidth=0.8, zorder=10)
    for mile in (0, 250, 500):
        axes.text(left + mile, y + 62, str(mile), fontsize=7, ha="center", va="center", zorder=10)
    axes.text(left + 560, y, "nautical miles", fontsize=8, color=INK, va="center", zorder=10)
