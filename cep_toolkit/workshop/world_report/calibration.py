"""How near the world comes to what is known of real trade."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.workshop.world_report.grid import Grid, grid
from cep_toolkit.world import reference


def table(measured: pd.DataFrame) -> Grid:
    """Return the figures as a table, from ``world.calibration.calibration``."""
    meaning = reference.load("field_figures").set_index("figure")["meaning"]
    columns = {
        "figure": measured["figure"].map(meaning),
        "published": measured["field"],
        "from": measured["low"],
        "to": measured["high"],
        "this world": measured["measured"],
        "within": np.where(measured["within"], "yes", "NO"),
        "source": measured["source"],
    }
    return grid(pd.DataFrame(columns), "Field figures")


def picture(measured: pd.DataFrame) -> Figure:
    """Draw where each figure lies within its tolerance."""
    inside = int(measured["within"].sum())
    title = f"{inside} of {len(measured)} figures lie within their tolerance"
    drawing, axes = canvas(title, "place within the tolerance, per cent of its width", "", height=6.0)
    width = (measured["high"] - measured["low"]).where(lambda w: w > 0, 1.0)
    exact = measured["high"] == measured["low"]
    y = np.arange(len(measured))[::-1]
    for name, marker, colour in (("field", "|", GREY), ("measured", "o", BLUE)):
        at = 100 * ((measured[name] - measured["low"]) / width + exact * 0.5)
        within = measured["within"] if name == "measured" else pd.Series(True, index=measured.index)
        label = "published" if name == "field" else "this world"
        axes.scatter(at[within].clip(-15, 115), y[within], marker=marker, s=46, color=colour, label=label, zorder=3)
        if not within.all():
            axes.scatter(
                at[~within].clip(-15, 115), y[~within], marker="X", s=60, color=ORANGE, label="outside", zorder=3
            )
    axes.axvspan(0, 100, color="#EAF2F8", zorder=0)
    axes.set_yticks(y, measured["figure"].str.replace("_", " ").to_list(), fontsize=8)
    axes.set_xlim(-20, 120)
    axes.legend(loc="upper left", bbox_to_anchor=(0.0, -0.09), ncols=3, frameon=False, fontsize=8)
    outside = measured.loc[~measured["within"], "figure"].str.replace("_", " ").to_list()
    told = f" Outside: {', '.join(outside)}." if outside else ""
    return Figure(drawing, f"{title}.{told} The shaded band is the tolerance; the bar is the published figure.")
