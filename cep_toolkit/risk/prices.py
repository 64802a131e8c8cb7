"""Prices per kilogram, compared like with like: one subheading, one origin.

A low price is a reason to ask, never a finding: a price database may raise a doubt, it may not set a value (WCO,
Guidelines on the Development and Use of a National Valuation Database; WTO Valuation Agreement, Article 17 and
Decision 6.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cep_toolkit.errors import OutOfRangeError, UnknownValueError

if TYPE_CHECKING:
    import pandas as pd

FEWEST = 30
MAD_TO_SD = 1.4826
SMALLEST_SPREAD = 0.05
TAIL_DEGREES = 30


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


def with_price(declarations: pd.DataFrame) -> pd.DataFrame:
    """Return the declarations that have a price per kg, with the column ``price_per_kg``."""
    priced = declarations[(declarations["net_mass_kg"] > 0) & (declarations["customs_value"] > 0)]
    return priced.assign(price_per_kg=priced["customs_value"] / priced["net_mass_kg"])


def cells(declarations: pd.DataFrame, at_least: int = FEWEST) -> pd.DataFrame:
    """Return every subheading and origin with enough declarations to compare, the largest first.

    Returns
    -------
    DataFrame
        ``hs``, ``origin``, ``rows``.
    """
    priced = with_price(declarations)
    count = priced.groupby(["hs", "origin"], observed=True).size().rename("rows").reset_index()
    count = count[count["rows"] >= at_least].astype({"hs": "str", "origin": "str"})
    return count.sort_values(["rows", "hs", "origin"], ascending=[False, True, True], ignore_index=True)


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


def fences(declarations: pd.DataFrame, false_alarms: float = 0.5) -> pd.DataFrame:
    """Return the fence of every subheading and origin with 30 or more comparable declarations, the largest first.

    Parameters
    ----------
    declarations : DataFrame
        As for ``comparable``.
    false_alarms : float
        As for ``lower_fence``, in each group.

    Returns
    -------
    DataFrame
        ``hs``, ``origin``, ``rows``, ``typical``, ``threshold`` (currency per kg), ``spread``, ``below`` (how many
        prices lie below the threshold).
    """
    import numpy as np
    from scipy.special import stdtrit

    table = _scored(declarations)
    groups = table.groupby(["hs", "origin"], sort=False)
    made = groups.agg(rows=("z", "size"), typical=("typical", "first"), spread=("spread", "first")).reset_index()
    limit = stdtrit(TAIL_DEGREES, false_alarms / made["rows"].to_numpy())
    made["threshold"] = made["typical"] * np.exp(limit * made["spread"])
    of_row = table.merge(made.assign(limit=limit)[["hs", "origin", "limit"]], on=["hs", "origin"])
    below = (of_row["z"] < of_row["limit"]).groupby([of_row["hs"], of_row["origin"]]).sum().rename("below")
    made = made.merge(below.reset_index(), on=["hs", "origin"])
    made = made.sort_values(["rows", "hs", "origin"], ascending=[False, True, True], ignore_index=True)
    return made[["hs", "origin", "rows", "typical", "threshold", "spread", "below"]]


def doubtful(declarations: pd.DataFrame, share: float = 0.2) -> pd.DataFrame:
    """Return the declarations whose price deserves a question, over all subheadings and origins at once.

    Every declaration is one test. Among those returned, at most ``share`` are expected to be honest prices that
    are low by chance: the procedure of Benjamini and Hochberg (1995).

    Parameters
    ----------
    declarations : DataFrame
        As for ``comparable``.
    share : float
        Largest expected share of false alarms, above 0 and below 1.

    Returns
    -------
    DataFrame
        ``declaration_id``, ``hs``, ``origin``, ``price_per_kg``, ``typical`` (currency per kg), ``chance`` (of so
        low a price where nothing is wrong), the smallest chance first.
    """
    import numpy as np
    from scipy.special import stdtr

    if not 0 < share < 1:
        raise OutOfRangeError("share", share, "above 0 and below 1")
    table = _scored(declarations)
    table["chance"] = stdtr(TAIL_DEGREES, table["z"])
    table = table.sort_values(["chance", "declaration_id"], ignore_index=True)
    allowed = share * np.arange(1, len(table) + 1) / max(len(table), 1)
    below = np.flatnonzero(table["chance"].to_numpy() <= allowed)
    kept = int(below[-1]) + 1 if len(below) else 0
    return table.loc[: kept - 1, ["declaration_id", "hs", "origin", "price_per_kg", "typical", "chance"]]


def _scored(declarations: pd.DataFrame) -> pd.DataFrame:
    """Return prices in groups of 30 or more, with the group's typical price and spread, and the robust score ``z``."""
    import numpy as np

    columns = ["declaration_id", "hs", "origin", "customs_value", "net_mass_kg"]
    priced = with_price(declarations[columns]).astype({"hs": "str", "origin": "str"})
    keys = [priced["hs"], priced["origin"]]
    priced = priced[priced.groupby(keys)["hs"].transform("size") >= FEWEST]
    logs, keys = np.log(priced["price_per_kg"]), [priced["hs"], priced["origin"]]
    middle = logs.groupby(keys).transform("median")
    spread = (MAD_TO_SD * (logs - middle).abs().groupby(keys).transform("median")).clip(lower=SMALLEST_SPREAD)
    return priced.assign(typical=np.exp(middle), spread=spread, z=(logs - middle) / spread)


def known_cell(declarations: pd.DataFrame, hs: str, origin: str) -> pd.DataFrame:
    """Return the comparable declarations, refusing a subheading or origin that has too few.

    Raises
    ------
    UnknownValueError
        No cell of 30 or more declarations has this subheading and origin.
    """
    rows = comparable(declarations, hs, origin)
    if len(rows) < FEWEST:
        table = cells(declarations)
        valid = [f"{a} from {b}" for a, b in zip(table["hs"], table["origin"], strict=True)][:10]
        raise UnknownValueError("subheading and origin", f"{hs} from {origin}", valid)
    return rows
