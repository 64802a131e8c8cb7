"""Whether the law of first digits may be asked of a set of numbers, and what its answer means.

The questions come in this order: how did the numbers arise, how many are there, how far do they reach? After Durtschi,
Hillison and Pacini (2004) and Nigrini (2012); how many are enough is computed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cep_toolkit.risk.first_digits import BANDS, NONCONFORMING, Digits, chance_deviation, digits_of

if TYPE_CHECKING:
    import pandas as pd

COMMONEST, FIXED_FROM, FREE_UP_TO = 10, 0.75, 0.5
"""Numbers are set by a rule where the ten most common values cover at least the second share of them; clearly not, up
to the third."""
NARROW, WIDE = 8.0, 12.0
"""The middle 90 per cent of numbers clearly lie within a power of ten, or clearly do not."""
MIDDLE = (0.05, 0.95)
CLEARLY_LESS, CLEARLY_MORE = 0.9, 1.5
"""Up to the first multiple of what chance explains a deviation clearly is no departure; from the second on it is."""

OBJECTIONS = {
    "none": "No objection: the test may be used",
    "assigned": "They were given out as names: nothing was measured or agreed",
    "fixed": "A rule sets them, and a few values repeat",
    "few": "They are too few: sets of this size leave the bands by chance",
    "narrow": "They lie too close together, within about one power of ten",
}


@dataclass(frozen=True)
class Numbers:
    """One set of numbers, summed up.

    Parameters
    ----------
    assigned : bool
        They are names, as the numbers of invoices are.
    common : float
        Share of the numbers that the ten most common values cover.
    different : int
        How many different values there are.
    low, high : float
        Between them lies the middle 90 per cent.
    digits : Digits
    """

    assigned: bool
    common: float
    different: int
    low: float
    high: float
    digits: Digits

    @property
    def objection(self) -> str:
        """The first objection against the test, one of ``OBJECTIONS``."""
        if self.assigned:
            return "assigned"
        if self.common >= FIXED_FROM:
            return "fixed"
        if self.digits.amounts < enough():
            return "few"
        return "narrow" if self.high < 10 * self.low else "none"

    @property
    def departs(self) -> bool:
        """Whether the first digits stray further from the law than chance explains."""
        return self.digits.deviation > self.digits.chance_limit

    @property
    def clear(self) -> bool:
        """Whether nobody who reads the figures with care would be in doubt."""
        if FREE_UP_TO < self.common < FIXED_FROM:
            return False
        if self.objection == "few":
            return self.digits.band == NONCONFORMING and not self.departs
        if self.objection == "narrow":
            return self.high <= NARROW * self.low
        return self.objection != "none" or (self.high >= WIDE * self.low and self._plain)

    @property
    def _plain(self) -> bool:
        """Whether the band and chance say the same of the deviation."""
        times = self.digits.deviation / self.digits.chance_limit
        if self.digits.band == NONCONFORMING:
            return times >= CLEARLY_MORE
        return self.digits.band in (BANDS[0][1], BANDS[1][1]) and times <= CLEARLY_LESS


def numbers_of(values: pd.Series, assigned: bool = False) -> Numbers | None:
    """Sum up the numbers above zero; ``None`` where there is none.

    Examples
    --------
    >>> import pandas as pd
    >>> rates = numbers_of(pd.Series([5.0, 10.0, 0.0] * 400))
    >>> rates.objection, rates.digits.amounts
    ('fixed', 800)
    """
    above = values[values > 0]
    if above.empty:
        return None
    low, high = (float(edge) for edge in above.quantile(list(MIDDLE)))
    counts = above.value_counts()
    common = float(counts.iloc[:COMMONEST].sum() / len(above))
    return Numbers(assigned, common, len(counts), low, high, digits_of(above.to_numpy(dtype=float)))


@cache
def enough() -> int:
    """Return how many numbers it takes until 95 of 100 sets drawn from the law stay inside Nigrini's bands.

    Examples
    --------
    >>> 400 < enough() < 700
    True
    """
    fewest, most = 1, 10_000
    while most - fewest > 1:
        middle = (fewest + most) // 2
        fewest, most = (middle, most) if chance_deviation(middle) > BANDS[-1][0] else (fewest, middle)
    return most
