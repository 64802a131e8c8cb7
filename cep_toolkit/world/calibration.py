"""How near a world comes to what is known of real trade: the field figures, measured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.world import reference

if TYPE_CHECKING:
    from cep_toolkit.world.truth import Truth
    from cep_toolkit.world.world import World

LEAST_FOR_SLOPE = 5


def calibration(world: World, truth: Truth) -> pd.DataFrame:
    """Return each field figure, what this world shows, and whether it lies within the tolerance.

    Returns
    -------
    DataFrame
        ``figure``, ``field`` (the figure as published), ``low``, ``high`` (the tolerance), ``measured``, ``within``,
        ``source``.
    """
    figures = reference.load("field_figures").rename(columns={"value": "field"})
    measured = figures["figure"].map(measures(world, truth))
    within = (measured >= figures["low"]) & (measured <= figures["high"])
    return figures.assign(measured=measured.round(4), within=within)[
        ["figure", "field", "low", "high", "measured", "within", "source"]
    ]


def measures(world: World, truth: Truth) -> Mapping[str, float]:
    """Return every figure's value in a world, by its name in the dataset ``field_figures``."""
    table = world.declarations
    value, mass = table["customs_value"].to_numpy(), table["net_mass_kg"].to_numpy()
    priced = value > 0
    price = np.log(value[priced] / mass[priced])
    weekday = table["date"].dt.day_of_week.to_numpy()
    return {
        **_importers(table["importer_id"].value_counts().to_numpy()),
        **_risk(world, truth),
        "inspected_share": world.table("controls")["declaration_id"].nunique() / len(table),
        "declarant_slope": rank_slope(table["declarant_id"].value_counts().to_numpy()),
        "hs6_slope": rank_slope(table["hs"].value_counts().to_numpy()),
        "origin_slope": rank_slope(table["origin"].value_counts().to_numpy()),
        "duty_zero_share": float((table["duty_rate"] == 0).mean()),
        "duty_mean": float(table["duty_rate"].mean()),
        "duty_99th_percentile": float(table["duty_rate"].quantile(0.99)),
        "log10_mass_mean": float(np.log10(mass).mean()),
        "log10_mass_sd": float(np.log10(mass).std()),
        "log10_value_sd": float(np.log10(value[priced]).std()),
        "ln_price_per_kg_sd": float(price.std()),
        "ln_price_between_codes": _between(price, table["hs"].to_numpy()[priced]),
        "origin_is_departure": float((table["origin"].astype("str") == table["departure"].astype("str")).mean()),
        "weekday_monday": float((weekday == 0).mean()),
        "weekday_tuesday": float((weekday == 1).mean()),
        "weekday_weekend": float((weekday >= 5).mean()),
        "benford_mad": benford_mad(value[priced]),
    }


def rank_slope(counts: np.ndarray) -> float:
    """Return the slope of log count on log rank, over counts of five or more (Zipf, 1949).

    Examples
    --------
    >>> round(rank_slope(1000 / np.arange(1, 101)), 2)
    -1.0
    """
    sizes = np.sort(counts[counts >= LEAST_FOR_SLOPE])[::-1].astype(float)
    return float(np.polyfit(np.log(np.arange(1, len(sizes) + 1)), np.log(sizes), 1)[0])


def benford_mad(values: np.ndarray) -> float:
    """Return the mean absolute deviation of first digits from Benford's law (Nigrini, 2012).

    Examples
    --------
    >>> round(benford_mad(np.geomspace(1, 10_000, 40_000, endpoint=False)), 4)
    0.0
    """
    first = (values / 10.0 ** np.floor(np.log10(values))).astype(int).clip(1, 9)
    share = np.bincount(first, minlength=10)[1:] / len(first)
    return float(np.abs(share - np.log10(1 + 1 / np.arange(1, 10))).mean())


def _importers(counts: np.ndarray) -> dict[str, float]:
    ordered = np.sort(counts)
    places = np.arange(1, len(ordered) + 1)
    gini = 2 * (places * ordered).sum() / (len(ordered) * ordered.sum()) - (len(ordered) + 1) / len(ordered)
    return {
        "importer_slope": rank_slope(counts),
        "importer_median": float(np.median(counts)),
        "importer_singletons": float((counts == 1).mean()),
        "importer_top_tenth": float(ordered[-max(len(ordered) // 10, 1) :].sum() / ordered.sum()),
        "importer_gini": float(gini),
    }


def _risk(world: World, truth: Truth) -> dict[str, float]:
    table = world.declarations[["declaration_id", "importer_id"]]
    illicit = truth.declarations.set_index("declaration_id")["illicit"].reindex(table["declaration_id"]).to_numpy()
    registered = world.table("traders").set_index("importer_id")["registered"]
    a_year_before = world.declarations["date"].min() - pd.Timedelta(days=365)
    new = registered.reindex(table["importer_id"]).to_numpy() >= a_year_before
    return {
        "illicit_share": float(illicit.mean()),
        "new_to_established_risk": float(illicit[new].mean() / illicit[~new].mean()),
    }


def _between(values: np.ndarray, groups: np.ndarray) -> float:
    """Return the share of the variance that lies between groups."""
    means = pd.Series(values).groupby(groups).transform("mean").to_numpy()
    return float(means.var() / values.var())
