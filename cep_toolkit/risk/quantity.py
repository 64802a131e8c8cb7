"""Declared masses against those that carriers know, and what difference deserves a weighing.

Masses are compared with their own kind only: the gross mass declared with the gross mass on the bill. A difference may
be pallets, packing counted twice, moisture, ice, scales or rounding; what is in the consignment is found by weighing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.world.boxes import TARE_KG, TYPES

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import ArrayLike

    from cep_toolkit.world import World
    from cep_toolkit.world.region import Floats

TOLERANCE, LEAST_KG = 0.10, 1.0
"""The course's tolerance: a tenth for pallets, scales and rounding, and never less than a kilogram."""
TICKS_KG = (0.01, 0.1, 1, 10, 100, 1_000, 10_000, 100_000)
WIDEST = 3.0  # the picture shows ratios from a third to three


def allowed(mass_kg: ArrayLike) -> Floats:
    """Return the masses, in kg, up to which others of the same kind are held to agree with these.

    The figures are the course's own; national law or the office's practice sets them.

    Examples
    --------
    >>> allowed([2_000.0, 4.0]).round(1).tolist()
    [2200.0, 5.0]
    """
    mass = np.asarray(mass_kg, dtype=float)
    return np.asarray(mass + np.maximum(TOLERANCE * mass, LEAST_KG))


def masses(world: World) -> pd.DataFrame:
    """Return the masses of every declaration whose goods came under a bill.

    Returns
    -------
    DataFrame
        ``declaration_id``, ``description``, ``packages``, ``net_mass_kg`` and ``gross_mass_kg`` (declared),
        ``bill_mass_kg`` (gross, as the shipper gave it), ``customs_value`` (host currency), ``bill``, ``heavier``
        (whether the bill is heavier than the gross mass declared allows), by ``declaration_id``.

    Raises
    ------
    UnknownValueError
        The data has no bills.
    """
    bills = world.table("manifests")[["bill", "gross_mass_kg"]].rename(columns={"gross_mass_kg": "bill_mass_kg"})
    columns = ["declaration_id", "description", "packages", "net_mass_kg", "gross_mass_kg", "customs_value"]
    declared = world.declarations[columns].assign(bill=world.declarations["transport_document"])
    words = dict.fromkeys(("declaration_id", "description", "bill"), "str")
    table = declared.astype(words).merge(bills.astype({"bill": "str"}), on="bill")
    table["heavier"] = table["bill_mass_kg"] > allowed(table["gross_mass_kg"])
    return table.sort_values("declaration_id", ignore_index=True)


def mass_in_containers(world: World) -> pd.Series:
    """Return for each bill with containers of its own what they held in kg, by their verified gross mass.

    Before a container goes on board the shipper states its gross mass: weighed full, or summed from the packages and
    the tare (SOLAS, chapter VI, regulation 2). Its usual tare is taken off here. The figure, to 20 kg, is independent
    of the bill only where a terminal weighed the container.
    """
    boxes = world.table("containers").query("load == 'full'")
    tare = boxes["type"].astype("str").map(dict(zip(TYPES, TARE_KG.tolist(), strict=True)))
    held = (boxes["gross_mass_kg"] - tare).groupby(boxes["bill"].astype("str")).sum()
    bills = world.table("manifests")[["bill", "master_bill"]].astype("str")
    shared = bills["master_bill"].value_counts()
    own = bills.loc[(bills["bill"] == bills["master_bill"]) & (bills["master_bill"].map(shared) == 1), "bill"]
    return held.reindex(own).dropna().rename("container_mass_kg")


def mass_figure(world: World) -> Figure:
    """Return every bill's mass over the gross mass declared, and those heavier than the tolerance."""
    if "manifests" not in world.tables:
        return Figure(canvas("No bills to compare", "", "")[0], "This data has no bills, so no mass can be compared.")
    table = masses(world)
    heavy, count = table[table["heavier"]], len(table)
    lighter = int((table["bill_mass_kg"] < table["gross_mass_kg"]).sum())
    drawing, axes = canvas(
        f"{len(heavy):,} of {count:,} bills are heavier than the tolerance allows",
        "gross mass declared, kg (logarithmic)",
        "mass on the bill / mass declared",
        steady=True,
    )
    for part, colour, mark in ((table[~table["heavier"]], BLUE, ","), (heavy, ORANGE, ".")):
        ratio = (part["bill_mass_kg"] / part["gross_mass_kg"]).clip(1 / WIDEST, WIDEST)
        axes.plot(part["gross_mass_kg"], ratio, mark, color=colour)
    low, high = table["gross_mass_kg"].min(), table["gross_mass_kg"].max()
    line = np.geomspace(low, high, 200)
    axes.plot(line, (allowed(line) / line).clip(max=WIDEST), color=GREY, linewidth=1.2)
    axes.set_xscale("log")
    axes.set_xticks([place for place in TICKS_KG if low <= place <= high])
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.8g}")
    axes.text(LEAST_KG, 2, " tolerance", ha="left", color=GREY, fontsize=9)  # on its slope
    more = f"{len(heavy):,} of {count:,} bills are heavier than the gross mass declared by more than the tolerance"
    return Figure(
        drawing,
        f"{more} ({100 * TOLERANCE:g} %, at least {LEAST_KG:g} kg). {lighter:,} are lighter than declared, and "
        f"{count - lighter - len(heavy):,} agree or lie above by less.",
    )
