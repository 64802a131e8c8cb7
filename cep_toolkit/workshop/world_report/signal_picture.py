"""A typology's signal: guilty, decoys and all others along the measure that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.workshop.world_report.signals import Signal

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Canvas

GUILTY, DECOYS, OTHERS = "guilty", "decoys", "all others"
_LOOK = {GUILTY: (ORANGE, "o"), DECOYS: (BLUE, "D"), OTHERS: (GREY, "|")}
WIDTH, HEIGHT = 6.6, 1.75
MOST_DOTS = 400
FAR, MANY_DECADES = 6.0, 2.5
GROUPS = (GUILTY, DECOYS, OTHERS)


def picture(signal: Signal, guilty: Mapping[object, bool]) -> Figure | None:
    """Draw a signal; ``None`` where no touched movement has a value.

    Parameters
    ----------
    signal : Signal
    guilty : Mapping
        Whether the plot behind each touched movement is a guilty one, by the movement's key.
    """
    behind = pd.Series(signal.values.index).map(dict(guilty))
    group = np.where(behind.isna(), OTHERS, np.where(behind.eq(True), GUILTY, DECOYS))
    groups = {name: signal.values.to_numpy()[group == name] for name in GROUPS}
    if not len(groups[GUILTY]) + len(groups[DECOYS]):
        return None
    return _shares(signal, groups) if signal.is_yes_or_no else _spread(signal, groups)


def _shares(signal: Signal, groups: dict[str, np.ndarray]) -> Figure:
    drawing, axes = _axes(f"{signal.meaning}, per cent", groups)
    told = []
    for y, (name, values) in enumerate(groups.items()):
        share = 100 * float(values.mean()) if len(values) else 0.0
        axes.barh(
            -y, share, 0.5, color=_LOOK[name][0], hatch={DECOYS: "///", GUILTY: ""}.get(name, "..."), edgecolor="white"
        )
        axes.text(
            share + 1.5, -y, f"{share:.0f}\N{NO-BREAK SPACE}%" if len(values) else "none", va="center", fontsize=8
        )
        told.append(f"{name} {share:.0f}\N{NO-BREAK SPACE}% of {len(values):,}" if len(values) else f"{name}: none")
    axes.set_xlim(0, 112)
    return Figure(drawing, f"{signal.meaning[0].upper()}{signal.meaning[1:]}: {'; '.join(told)}.")


def _spread(signal: Signal, groups: dict[str, np.ndarray]) -> Figure:
    drawing, axes = _axes(signal.meaning, groups)
    told = []
    low, high = _range(groups)
    for y, (name, values) in enumerate(groups.items()):
        if not len(values):
            told.append(f"{name}: none")
            continue
        _dots(axes, name, np.clip(values, low, high), -y)
        told.append(f"{name} {np.median(values):.3g} (of {len(values):,})")
    if signal.log:
        _log(axes)
    return Figure(drawing, f"Median of {signal.meaning}: {'; '.join(told)}. The bar marks the middle half.")


def _range(groups: dict[str, np.ndarray]) -> tuple[float, float]:
    """Return what is drawn: all that plots touched, and all but the outermost hundredth of the rest."""
    others = groups[OTHERS]
    touched = np.concatenate([groups[GUILTY], groups[DECOYS]])
    ends = np.quantile(others, (0.005, 0.995)) if len(others) else touched
    return float(min(ends.min(), touched.min())), float(max(ends.max(), touched.max()))


def _dots(axes: Axes, name: str, values: np.ndarray, y: float) -> None:
    colour, marker = _LOOK[name]
    step = max(1, len(values) // MOST_DOTS)
    shown = np.sort(values)[::step]
    lift = (np.arange(len(shown)) * 0.618 % 1 - 0.5) * 0.45
    axes.scatter(shown, y + lift, s=11, marker=marker, color=colour, alpha=0.55, linewidths=0.8)
    first, middle, third = np.quantile(values, (0.25, 0.5, 0.75))
    axes.plot([first, third], [y, y], color="black", lw=2.5, solid_capstyle="butt", zorder=4)
    axes.plot([middle], [y], "|", color="black", ms=13, mew=2.2, zorder=4)


def _axes(x: str, groups: dict[str, np.ndarray]) -> tuple[Canvas, Axes]:
    drawing, axes = canvas("", x, "", width=WIDTH, height=HEIGHT, steady=True)
    drawing.subplots_adjust(left=1.25 / WIDTH, bottom=0.5 / HEIGHT, top=0.97)
    axes.set_yticks(
        [-y for y in range(len(groups))], [f"{name} ({len(v):,})" for name, v in groups.items()], fontsize=8
    )
    axes.set_ylim(-len(groups) + 0.45, 0.55)
    axes.tick_params(axis="x", labelsize=8)
    axes.xaxis.label.set_fontsize(8)
    return drawing, axes


def _log(axes: Axes) -> None:
    """Show ratios on a logarithmic axis where they reach far enough for it."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    low, high = axes.get_xlim()
    if low > 0 and high / low < FAR:
        return
    axes.set_xscale("log")
    decades = np.log10(axes.get_xlim()[1] / axes.get_xlim()[0])
    axes.xaxis.set_major_locator(LogLocator(subs=(1.0, 2.0, 5.0) if decades < MANY_DECADES else (1.0,)))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    axes.xaxis.set_minor_formatter(NullFormatter())
