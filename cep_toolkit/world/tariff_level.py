"""The invented tariff with the level of one administration.

Of a real administration a mean, a share of duty-free lines and a usual peak are published. The lines keep their order
by rate; the lowest become free, the others take the bands of a distribution with that mean: a training analogue, never
a national tariff. An invented administration charges a multiple of the invented rates.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from cep_toolkit.world import reference

Floats = NDArray[np.float64]

BANDS = (1, 2, 3, 4, 5, 6, 8, 10, 12, 15, 18, 20, 25, 30, 35, 40, 45, 50, 60, 80)
SHAPE = 0.8
STEPS = 60


def national_tariff(lines: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the tariff with the duty and VAT of a real administration's level.

    Parameters
    ----------
    lines : DataFrame
        The invented tariff: ``duty_rate``, ``vat_rate`` (per cent), ``popularity``.
    code : str
        One of ``national_administrations``.

    Returns
    -------
    DataFrame
        The same lines. Of equal invented rates the most declared goods get the lower national one. VAT is in the
        proportion of the standard rates; what is free of it stays free.
    """
    level = reference.load("national_administrations").set_index("code").loc[code].to_dict()
    order = np.lexsort((lines["popularity"], lines["duty_rate"]))
    duty = np.empty(len(lines))
    duty[order] = duty_rates(len(lines), level["duty_mean"], level["duty_free_share"], level["duty_max_usual"])
    return lines.assign(duty_rate=duty, vat_rate=_vat(lines, level["vat_rate"]))


def invented_tariff(lines: pd.DataFrame, code: str) -> pd.DataFrame:
    """Return the tariff of an administration of the invented region.

    Parameters
    ----------
    lines : DataFrame
        As for ``national_tariff``.
    code : str
        One of ``administrations``; its ``tariff_level`` multiplies every rate, to the nearest usual band.
    """
    level = reference.load("administrations").set_index("code").loc[code].to_dict()
    rates = lines["duty_rate"].to_numpy(dtype=float) * level["tariff_level"]
    usual = np.array([0.0, *sorted({*BANDS, *lines["duty_rate"]} - {0.0})])
    duty = np.where(rates > 0, _banded(np.maximum(rates, usual[1]), usual), 0.0)
    return lines.assign(duty_rate=duty, vat_rate=_vat(lines, level["vat_rate"]))


def _vat(lines: pd.DataFrame, standard: float) -> pd.Series:
    """Return VAT in the proportion of the standard rates."""
    return (lines["vat_rate"] * (standard / float(lines["vat_rate"].max()))).round(2)


def duty_rates(lines: int, mean: float, free_share: float, highest: float) -> Floats:
    """Return rates in per cent, from the lowest up, with a given mean and share of zeros.

    The rates above zero follow a Weibull distribution, cut at the highest and rounded to usual bands; its scale is
    found by halving.

    Examples
    --------
    >>> rates = duty_rates(200, mean=9.0, free_share=40.0, highest=30.0)
    >>> float((rates == 0).mean()), round(float(rates.mean()), 1), float(rates.max())
    (0.4, 9.0, 30.0)
    """
    rates = np.zeros(lines)
    charged = lines - round(lines * free_share / 100)
    if not charged or not highest:
        return rates
    bands = np.array([*(band for band in BANDS if band < highest), highest], dtype=float)
    shape = (-np.log1p(-(np.arange(charged) + 0.5) / charged)) ** SHAPE
    low, high = 0.0, 1e6
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _banded(middle * shape, bands).sum() < mean * lines:
            low = middle
        else:
            high = middle
    rates[lines - charged :] = _banded(high * shape, bands)
    return rates


def _banded(rates: Floats, bands: Floats) -> Floats:
    """Return the band nearest to each rate."""
    return bands[np.searchsorted((bands[1:] + bands[:-1]) / 2, rates)]
