"""Prices per kilogram, compared like with like: one subheading, one origin.

A low price is a reason to ask, never a finding: a price database may raise a doubt, it may not set a value (WCO,
Guidelines on the Development and Use of a National Valuation Database; WTO Valuation Agreement, Article 17 and
Decision 6.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.errors import OutOfRangeError

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 30
MAD_TO_SD = 1.4826
SMALLEST_SPREAD = 0.05
TAIL_DEGREES = 30
PRICED_BY = ("customs_value", "net_mass_kg")
PER_KG = "/kg"
"""How the unit of a price per kilogram ends."""


@dataclass(frozen=True)
class Fence:
    """Where a price becomes low enough to ask about.

    Parameters
    ----------
    typical : float
        The median price, in currency per kg.
    spread : float
        Robust standard deviation of the logarithm of the price (1.4826 times the median absolute deviation).
    rows : int
        How many prices were compared.
    threshold : float
        Prices below it deserve a question, in currency per kg.
    """

    typical: float
    spread: float
    rows: int
    threshold: float

    @property
    def expected(self) -> float:
        """How many honest declarations of these rows fall below the threshold by chance."""
        return self.rows * tail(self.distance)

    @property
    def distance(self) -> float:
        """How far the threshold lies below the typical price, in robust standard deviations."""
        from math import log

        return log(self.typical / self.threshold) / self.spread

    @property
    def mirror(self) -> float:
        """The price as far above the typical one as the threshold is below it."""
        return self.typical**2 / self.threshold

    def at(self, threshold: float) -> Fence:
        """Return the same prices with another threshold."""
        if not threshold > 0:
            raise OutOfRangeError("threshold", threshold, "above zero, in currency per kg")
        return Fence(self.typical, self.spread, self.rows, float(threshold))


def tail(distance: float) -> float:
    """Return the share of honest prices further below the typical price than ``distance``.

    Trade prices have heavier tails than the normal distribution: some goods are seconds, samples or old stock.
    Student's t with thirty degrees of freedom allows for some; ``benchmarks/false_alarms.py`` measures it.

    Parameters
    ----------
    distance : float
        In robust standard deviations.

    Examples
    --------
    >>> round(tail(2.0), 3)
    0.027
    """
    from scipy.special import stdtr

    return float(stdtr(TAIL_DEGREES, -distance))


def comparable(declarations: pd.DataFrame, hs: str, origin: str) -> pd.DataFrame:
    """Return the declarations of one subheading from one origin, with their price per kg.

    Parameters
    ----------
    declarations : DataFrame
        With ``hs``, ``origin``, ``customs_value`` (currency) and ``net_mass_kg``.
    hs, origin : str
        Six digits, and the code of an administration.

    Returns
    -------
    DataFrame
        The rows with a value and a mass above zero, and ``price_per_kg`` (currency per kg).
    """
    rows = declarations[(declarations["hs"] == hs) & (declarations["origin"] == origin)]
    return with_price(rows)


def price_per_kg(declarations: pd.DataFrame) -> pd.Series:
    """Return the price per kg of each declaration, in currency per kg: customs value over net mass.

    Where one of the two is missing or not above zero, the price is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> price_per_kg(pd.DataFrame({"customs_value": [9.0, 9.0], "net_mass_kg": [2.0, 0.0]})).tolist()
    [4.5, nan]
    """
    value, mass = (declarations[name] for name in PRICED_BY)
    return (value / mass).where((mass > 0) & (value > 0))


def with_price(declarations: pd.DataFrame) -> pd.DataFrame:
    """Return the declarations that have a price per kg, with the column ``price_per_kg``."""
    prices = price_per_kg(declarations)
    priced = prices.notna()
    return declarations[priced].assign(price_per_kg=prices[priced])


def lower_fence(prices: pd.Series, false_alarms: float = 0.5) -> Fence:
    """Return the fence below which fewer than ``false_alarms`` honest prices are expected.

    Median and median absolute deviation are not moved by the outliers that are looked for, mean and standard
    deviation are (Hampel, 1974). Every price compared is a test; the fence moves out as tests become more.

    Parameters
    ----------
    prices : Series
        Prices per kg of comparable goods, all above zero; 30 or more.
    false_alarms : float
        How many honest prices may be expected below the fence, among all of them.

    Raises
    ------
    OutOfRangeError
        There are fewer than 30 prices, or ``false_alarms`` is not above zero and below half of them.

    Examples
    --------
    >>> import pandas as pd
    >>> prices = pd.Series([9.0, 10.0, 11.0] * 20 + [2.0])
    >>> fence = lower_fence(prices)
    >>> round(fence.typical, 6), bool(2.0 < fence.threshold < 9.0)
    (10.0, True)
    """
    import numpy as np
    from scipy.special import stdtrit

    rows = len(prices)
    if rows < FEWEST:
        raise OutOfRangeError("the number of comparable prices", rows, f"{FEWEST} or more")
    if not 0 < false_alarms < rows / 2:
        raise OutOfRangeError("false_alarms", false_alarms, "above 0 and below half of the prices")
    logs = np.log(prices.to_numpy(dtype=float))
    middle = float(np.median(logs))
    spread = max(MAD_TO_SD * float(np.median(np.abs(logs - middle))), SMALLEST_SPREAD)
    distance = float(stdtrit(TAIL_DEGREES, false_alarms / rows))
    return Fence(float(np.exp(middle)), spread, rows, float(np.exp(middle + distance * spread)))
