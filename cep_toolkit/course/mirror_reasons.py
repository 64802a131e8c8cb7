"""Notebook 12, at home: the solution's words on what explains a mirror gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.risk.mirror import percent
from cep_toolkit.risk.mirror_reading import SAME_MASS

if TYPE_CHECKING:
    from cep_toolkit.course.mirror_gap import Cell

DILUTED = 0.03
"""A gap that shrinks by more than this under two codes together is worth a word."""


def because(cell: Cell, reason: str, finding: str) -> str:
    """Return why a cell's reason is right, and what may be said, in one or two sentences.

    Parameters
    ----------
    cell : Cell
    reason, finding : str
        Of ``REASONS`` and ``FINDINGS``.
    """
    quarter, year, wide, both = cell.sides
    if reason == "confidential":
        return "the partner keeps the figure secret. Nothing can be said of a gap; an empty cell is not zero."
    if reason == "freight":
        raw = quarter.imports / quarter.exports - 1 if quarter.exports else None
        return (
            f"the masses agree in the first line. Imports stand {percent(raw)} above exports with freight and "
            f"insurance, {percent(quarter.value_gap)} without."
        )
    if reason == "time":
        return f"the quarter's gap of mass is {percent(quarter.mass_gap)}, the year's {percent(year.mass_gap)}."
    if reason == "hub":
        return (
            f"with goods made in {cell.partner} alone, the year's gap of mass is {percent(year.mass_gap)}; with those "
            f"that were only sent from there, it is {percent(wide.mass_gap)}."
        )
    if reason == "code":
        return (
            f"the gap of mass is {percent(wide.mass_gap)} under {cell.hs} alone and {percent(both.mass_gap)} "
            f"together with {cell.competing}. Either side may have slipped; the goods decide which code is right."
        )
    if finding == "price":
        return f"{_prices(cell)} Ask about prices: exercise 2 has the steps."
    return (
        f"mass is missing in every line ({percent(wide.mass_gap)} in the third). Ask about the quantity, and whether a "
        "code that is not in this table was used."
    )


def _prices(cell: Cell) -> str:
    """Say what closes the gap of mass, if there was one, and that nothing closes the gap of value."""
    quarter, year, wide, both = cell.sides
    level = [side.mass_gap is not None and abs(side.mass_gap) <= SAME_MASS for side in (quarter, year, wide)]
    before, after, what = ((quarter, quarter, ""), (quarter, year, "time"), (year, wide, "the hub"))[level.index(True)]
    masses = f"{what} closes the gap of mass ({percent(before.mass_gap)} to {percent(after.mass_gap)})"
    masses = masses if what else f"the masses agree in the first line ({percent(after.mass_gap)})"
    told = f"{masses}, but nothing closes the gap of value ({percent(wide.value_gap)})."
    if (both.value_gap or 0) > (wide.value_gap or 0) + DILUTED:
        return f"{told} The competing code only dilutes it ({percent(both.value_gap)})."
    return told
