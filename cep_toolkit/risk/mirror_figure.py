"""One cell of mirror statistics as a figure: how far apart both sides are at each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.risk.mirror import STEPS, Mirror, Sides, mirror, percent
from cep_toolkit.risk.mirror_reading import SAME_MASS, SAME_VALUE, STATISTICS, readings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from cep_toolkit.world import World


def gap_figure(compared: Mirror, cell: int) -> Figure:
    """Return the gaps of mass and value of a cell, by its row in ``compared.cells``, at every step of ``STEPS``.

    Examples
    --------
    >>> from cep_toolkit.risk.mirror import mirror
    >>> from cep_toolkit.world import Scenario, World
    >>> compared = mirror(World(Scenario(declarations=5_000)))
    >>> published = compared.cells.index[~compared.cells["confidential"]][0]
    >>> str(gap_figure(compared, published)).startswith(compared.cells["hs"][published])
    True
    """
    row = compared.cells.loc[cell]
    sides = [compared.sides(cell, step) for step in STEPS]
    names = (
        f"{row['quarter']}, made in {row['partner']}",
        "the whole year",
        "and sent from there",
        f"and code {row['competing'] or '(none competes)'}",
    )
    closed = next((name for name, each in zip(names, sides, strict=True) if agree(each)), "")
    title = f"The gap closes at the step “{closed}”" if closed else "The gap closes at no step"
    drawing, axes = canvas(title, "imports against exports, per cent", "", height=2.8)
    for gap, color, marker, name in ((_mass, BLUE, "o", "mass"), (_value, ORANGE, "D", "value without freight")):
        found = [100 * each if each is not None else float("nan") for each in map(gap, sides)]
        axes.plot(found, range(len(found)), marker, color=color, label=name, markersize=7)
    _dress(axes, names)
    told = "; ".join(f"{name}: {_said(each)}" for name, each in zip(names, sides, strict=True))
    return Figure(drawing, f"{row['hs']}, partner {row['partner']}. Gaps of mass and of value, step by step. {told}.")


def hub_figure(world: World) -> Figure:
    """Return the gaps of the published cell with the most mass among those whose gap a hub explains."""
    if STATISTICS not in world.tables:
        return Figure(canvas("No statistics to compare", "", "")[0], "This data has no statistics of partners.")
    compared = mirror(world)
    read = readings(compared)
    by_hub = read.index[read["clear"] & (read["reason"] == "hub")]
    return gap_figure(compared, max(by_hub, key=lambda cell: compared.sides(cell, "year").export_kg or 0, default=0))


def agree(sides: Sides) -> bool:
    """Return whether both sides agree in mass and, without freight and insurance, in value."""
    mass, value = sides.mass_gap, sides.value_gap
    return mass is not None and value is not None and abs(mass) <= SAME_MASS and abs(value) <= SAME_VALUE


def _mass(sides: Sides) -> float | None:
    return sides.mass_gap


def _value(sides: Sides) -> float | None:
    return sides.value_gap


def _said(sides: Sides) -> str:
    if sides.mass_gap is None or sides.value_gap is None:
        return "not published"
    return f"{percent(sides.mass_gap)} and {percent(sides.value_gap)}"


def _dress(axes: Axes, names: tuple[str, ...]) -> None:
    axes.axvline(0, color=GREY, linewidth=1.2)
    axes.set_yticks(range(len(names)), names)
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.margins(x=0.1)
    axes.legend(frameon=False, fontsize=9, loc="best")
