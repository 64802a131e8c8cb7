"""First digits of amounts: where the law of Benford may be asked, how far chance makes sets stray from it.

In many sets of amounts that grew by themselves over several powers of ten, the first digit d has the share
log10(1 + 1/d) (Benford, The law of anomalous numbers, 1938). Numbers that somebody set, assigned or bounded do not
follow it, and few numbers stray far from it by chance (Durtschi, Hillison and Pacini, The effective use of Benford's
law to assist in detecting fraud in accounting data, 2004). A set that departs names nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from cep_toolkit.errors import OutOfRangeError
from cep_toolkit.figures import BLUE, GREY, ORANGE, Figure, canvas

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike

    Floats: TypeAlias = np.ndarray[Any, np.dtype[np.float64]]
    Ints: TypeAlias = np.ndarray[Any, np.dtype[np.int64]]

DIGITS = range(1, 10)
BANDS = ((0.006, "close"), (0.012, "acceptable"), (0.015, "marginal"))
"""Upper ends of the mean absolute deviation of first digits, and what they are called; above the last, "nonconforming"
(M. J. Nigrini, Benford's Law: Applications for Forensic Accounting, Auditing, and Fraud Detection, 2012)."""
NONCONFORMING = "nonconforming"
ALMOST = 1e-14
"""A quotient this near below a whole digit is that digit: 0.3 / 0.1 is 2.9999999999999996 in a computer."""
SIMULATED, SEED = 4_000, 1938


@dataclass(frozen=True)
class Digits:
    """The first digits of one set of amounts.

    Parameters
    ----------
    counts : tuple of int
        How many amounts begin with 1, 2, ... 9.

    Examples
    --------
    >>> digits = Digits((301, 176, 125, 97, 79, 67, 58, 51, 46))
    >>> round(digits.deviation, 4), digits.band, round(digits.chi_square, 2)
    (0.0001, 'close', 0.0)
    """

    counts: tuple[int, ...]

    @property
    def amounts(self) -> int:
        """How many amounts there are."""
        return sum(self.counts)

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of each first digit."""
        return tuple(count / self.amounts for count in self.counts)

    @property
    def deviation(self) -> float:
        """Mean absolute deviation of the nine shares from Benford's (MAD)."""
        pairs = zip(self.shares, benford(), strict=True)
        return sum(abs(share - expected) for share, expected in pairs) / len(DIGITS)

    @property
    def band(self) -> str:
        """What Nigrini calls this deviation, whatever the number of amounts."""
        return next((name for limit, name in BANDS if self.deviation <= limit), NONCONFORMING)

    @property
    def chi_square(self) -> float:
        """Pearson's statistic against Benford's shares, with 8 degrees of freedom.

        It grows with the number of amounts: among very many, a difference too small to matter is significant.
        """
        expected = [share * self.amounts for share in benford()]
        return sum((count - wanted) ** 2 / wanted for count, wanted in zip(self.counts, expected, strict=True))

    @property
    def chance(self) -> float:
        """The probability of a chi-square as large as this if the law held exactly."""
        from scipy.special import chdtrc

        return float(chdtrc(len(DIGITS) - 1, self.chi_square))

    @property
    def most_above(self) -> int:
        """The first digit whose share lies furthest above the law's.

        Examples
        --------
        >>> Digits((30, 18, 12, 20, 8, 7, 6, 5, 4)).most_above
        4
        """
        above = [share - law for share, law in zip(self.shares, benford(), strict=True)]
        return DIGITS[above.index(max(above))]

    @property
    def chance_limit(self) -> float:
        """The deviation that 95 of 100 sets of this size stay below if the law holds."""
        return chance_deviation(self.amounts)

    @property
    def sentence(self) -> str:
        """What the digits show, in words."""
        beyond = "more" if self.deviation > self.chance_limit else "no more"
        return (
            f"{self.amounts:,} amounts: mean absolute deviation {self.deviation:.4f} ({self.band}). That is {beyond} "
            "than chance explains: of 100 sets of this size that follow the law, 95 stay below "
            f"{self.chance_limit:.4f}."
        )

    @property
    def _finding(self) -> str:
        if self.deviation <= self.chance_limit:
            return "The digits fit the law"
        if self.band == NONCONFORMING:
            return "The digits depart from the law"
        return "The digits lie near the law: the difference is small, but more than chance"

    def figure(self) -> Figure:
        """Return the shares of the first digits beside those of the law."""
        import numpy as np

        drawing, axes = canvas(self._finding, "first digit", "share, per cent", steady=True)
        expected = 100 * np.array(benford())
        spread = 196 * np.sqrt(expected / 100 * (1 - expected / 100) / self.amounts)
        axes.bar(DIGITS, 100 * np.array(self.shares), color=BLUE, width=0.7)
        axes.errorbar(DIGITS, expected, spread, fmt="D", color=ORANGE, markersize=5, capsize=4)
        axes.set_xticks(DIGITS)
        axes.text(
            0.98,
            0.92,
            "diamonds: the law, and where 95 of 100\nshares lie by chance",
            color=GREY,
            fontsize=9,
            ha="right",
            va="top",
            transform=axes.transAxes,
        )
        return Figure(drawing, self.sentence)


def benford() -> tuple[float, ...]:
    """Return the law's share of each first digit, from 1 to 9.

    Examples
    --------
    >>> [round(share, 3) for share in benford()]
    [0.301, 0.176, 0.125, 0.097, 0.079, 0.067, 0.058, 0.051, 0.046]
    """
    from math import log10

    return tuple(log10(1 + 1 / digit) for digit in DIGITS)


def first_digit(amounts: ArrayLike) -> Ints:
    """Return the first digit of every amount, whatever its power of ten; 0 of what is not above zero.

    Examples
    --------
    >>> first_digit([0.3, 20, 1000, 999.99, 0.0]).tolist()
    [3, 2, 1, 9, 0]
    """
    import numpy as np

    found = np.asarray(amounts, dtype=float)
    above = found > 0
    exponent = np.floor(np.log10(found, out=np.zeros_like(found), where=above))
    scaled = found / 10.0**exponent * (1 + ALMOST)
    scaled = np.where(scaled >= 10, scaled / 10, np.where(scaled < 1, scaled * 10, scaled))
    return np.where(above, np.floor(scaled), 0).astype(np.int64)


def digits_of(amounts: ArrayLike) -> Digits:
    """Return the first digits of the amounts above zero.

    Raises
    ------
    OutOfRangeError
        There is none.
    """
    import numpy as np

    counts = np.bincount(first_digit(amounts), minlength=10)[1:]
    if not counts.sum():
        raise OutOfRangeError("the number of amounts above zero", 0, "1 or more")
    return Digits(tuple(int(count) for count in counts))


def chance_deviation(amounts: int, share: float = 0.95) -> float:
    """Return the mean absolute deviation that a share of sets drawn from the law stays below.

    Only chance makes such sets stray; honest sets may stray further, for honest reasons. The same sets are drawn at
    each call.

    Parameters
    ----------
    amounts : int
        How many amounts a set has.
    share : float
        Between 0 and 1.

    Raises
    ------
    OutOfRangeError
        ``amounts`` is below 1, or ``share`` is not between 0 and 1.

    Examples
    --------
    >>> 0.05 < chance_deviation(40) < 0.06
    True
    """
    import numpy as np

    if not 0 < share < 1:
        raise OutOfRangeError("share", share, "between 0 and 1")
    return float(np.quantile(_simulated(amounts), share))


def false_alarms(amounts: int) -> float:
    """Return the share of sets drawn from the law that Nigrini's last band leaves out, by chance alone.

    Examples
    --------
    >>> false_alarms(40) > 0.9, false_alarms(5_000)
    (True, 0.0)
    """
    return float((_simulated(amounts) > BANDS[-1][0]).mean())


@cache
def _simulated(amounts: int) -> Floats:
    """Return the deviations of sets of first digits that are drawn from the law."""
    import numpy as np

    if amounts < 1:
        raise OutOfRangeError("amounts", amounts, "1 or more")
    law = np.array(benford())
    drawn = np.random.default_rng([SEED, amounts]).multinomial(amounts, law, SIMULATED) / amounts
    return np.asarray(np.abs(drawn - law).mean(axis=1))
