"""How near the world comes to what is known of real trade."""

from __future__ import annotations

import numpy as np
import pandas as pd

from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas
from cep_toolkit.workshop.world_report.grid import Grid, grid
from cep_toolkit.world import Scenario, reference
from cep_toolkit.world.host import Host

RATES = ("duty_99th_percentile", "duty_mean", "duty_zero_share")
"""Figures that speak of one tariff: a host whose duties are higher or lower is not held to them."""
TESTED = 50_000
"""Size of the worlds whose figures the tests hold to the tolerance."""
OWN = "own tariff"


def level(scenario: Scenario) -> str:
    """Return how the host's tariff differs from the invented one, as words; empty where it does not."""
    host = Host.of(scenario.administration)
    if host.national:
        own = reference.load("national_administrations").set_index("code").loc[host.code]
        return (
            f"about as published for {host.name} (mean {own['duty_mean']:g} per cent, {own['duty_free_share']:g} per "
            f"cent of the lines free of duty, usual peak {own['duty_max_usual']:g} per cent)"
        )
    times = reference.load("administrations").set_index("code")["tariff_level"].to_dict()[host.code]
    return "" if times == 1 else f"{times:g} times those of the invented tariff"


def compared(measured: pd.DataFrame, scenario: Scenario) -> pd.DataFrame:
    """Return the figures with a column ``compared``: whether the tolerance says something about this host."""
    return measured.assign(compared=~measured["figure"].isin(RATES) | (level(scenario) == ""))


def said(measured: pd.DataFrame, scenario: Scenario) -> list[str]:
    """Return what must be known to read the figures: which are not to be compared, and what chance does."""
    told = []
    if level(scenario):
        told.append(
            f"Three figures speak of rates of duty. They were measured with one tariff; this host's rates are "
            f"{level(scenario)}. So these three are not to be compared, and are marked {OWN!r}."
        )
    outside = int((measured["compared"] & ~measured["within"]).sum())
    if outside and scenario.declarations < TESTED:
        told.append(
            f"The tolerance holds for worlds of {TESTED:,} declarations. This one has {scenario.declarations:,}: a "
            "figure just outside is mostly chance. Look whether it comes back at the full size."
        )
    return told


def table(measured: pd.DataFrame) -> Grid:
    """Return the figures as a table, from ``compared``."""
    meaning = reference.load("field_figures").set_index("figure")["meaning"]
    columns = {
        "figure": measured["figure"].map(meaning),
        "published": measured["field"],
        "from": measured["low"],
        "to": measured["high"],
        "this world": measured["measured"],
        "within": np.select([~measured["compared"], measured["within"]], [OWN, "yes"], "NO"),
        "source": measured["source"],
    }
    return grid(pd.DataFrame(columns), "Field figures")


def picture(measured: pd.DataFrame) -> Figure:
    """Draw where each figure that is to be compared lies within its tolerance."""
    measured = measured[measured["compared"]].reset_index(drop=True)
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
