"""Answers that are measured: a number with its unit, and a date."""

from __future__ import annotations

import datetime
import math
import numbers
from dataclasses import dataclass

from cep_toolkit.checking import messages
from cep_toolkit.checking.kinds.base import Kind
from cep_toolkit.checking.numerals import PER_CENT, read_date, read_number
from cep_toolkit.checking.reading import RefusedError, shown, single, word

NO_BREAK = "\u00a0"
NEAR = 0.05
"""A number is near when it is off by less than this share of the right one."""
NEAR_DAYS = 7
TENS = (0.001, 0.01, 0.1, 10.0, 100.0, 1000.0)
SAME_DIGITS = 0.005


@dataclass(frozen=True)
class Number(Kind[float]):
    """One number in a unit.

    Two numbers are the same when they differ by no more than ``tolerance``, or by half of the last decimal
    asked for, whichever is more: rounding is never an error.

    Parameters
    ----------
    label : str
        What the participant reads beside the input.
    unit : str
        The unit asked for, for example ``"%"`` or ``"kg"``.
    decimals : int
        How many decimals to give.
    tolerance : float
        Allowed difference, in the unit.
    minimum, maximum : float, optional
        What is possible at all; a number outside has the wrong form.

    Examples
    --------
    >>> rate = Number("Rate of duty", "%", decimals=1, minimum=0, maximum=100)
    >>> rate.parse("12,5 per cent").value, rate.parse("5 kg").problem
    (12.5, '"5 kg" holds other words. Type one number in %.')
    >>> Number("Value", "QMD").parse("1,234").problem
    '"1,234" can mean 1234 or 1.2340. Type 1234 for the first, 1.2340 for the second.'
    """

    unit: str
    decimals: int = 2
    tolerance: float = 0.0
    minimum: float | None = None
    maximum: float | None = None

    def __post_init__(self) -> None:
        if self.decimals < 0 or self.tolerance < 0:
            raise self.refuse("Its decimals or tolerance is below zero.", "Give zero or more.")
        if not self._low < self._high:
            raise self.refuse("Its minimum is not below its maximum.", "Give the smaller one first.")

    def _read(self, raw: object) -> float | None:
        value = single(raw)
        if value is None:
            return None
        if isinstance(value, str):
            number = read_number(value, self.unit, self.decimals, self._possible)
        elif isinstance(value, numbers.Number) and not isinstance(value, (bool, complex)):
            number = _real(value)
        else:
            raise RefusedError(messages.NOT_A_NUMBER.format(value=shown(word(value)), example="12"))
        if not math.isfinite(number):
            raise RefusedError(messages.NOT_FINITE)
        if not self._possible(number):
            raise RefusedError(messages.OUT_OF_RANGE.format(allowed=self._allowed, value=_short(number)))
        return number + 0.0  # no minus zero

    def score(self, value: float, reference: float) -> float:
        """Return 1 for the same number but for rounding, else 0."""
        step = max(self.tolerance, 0.5 * 10.0**-self.decimals)
        return float(abs(value - reference) <= step + 1e-9 * max(1.0, abs(reference)))

    def say(self, value: float) -> str:
        """Return the rounded number with its unit; thousands are set apart by spaces."""
        digits = f"{value:,.{self.decimals}f}".replace(",", NO_BREAK)
        return f"{digits}{NO_BREAK}{self.unit}" if self.unit else digits

    def remark(self, value: float, reference: float) -> str:
        """Say that the decimal point is in the wrong place, or that the number is near."""
        if reference and any(math.isclose(value * ten, reference, rel_tol=SAME_DIGITS) for ten in TENS):
            return messages.WRONG_PER_CENT if self.unit.casefold() in PER_CENT else messages.WRONG_SIZE
        return messages.NUMBER_NEAR if abs(value - reference) < NEAR * abs(reference) else ""

    @property
    def _low(self) -> float:
        return -math.inf if self.minimum is None else self.minimum

    @property
    def _high(self) -> float:
        return math.inf if self.maximum is None else self.maximum

    def _possible(self, number: float) -> bool:
        return self._low <= number <= self._high

    @property
    def _allowed(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        if self.minimum is None:
            return f"{_short(self._high)}{unit} or less"
        if self.maximum is None:
            return f"{_short(self._low)}{unit} or more"
        return f"from {_short(self._low)} to {_short(self._high)}{unit}"


def _short(number: float) -> str:
    """Return a number with as many digits as it needs."""
    return f"{number:.15g}"


def _real(value: object) -> float:
    try:
        return float(value)  # type: ignore[arg-type]  # a registered Number without complex has __float__
    except OverflowError:
        return math.inf


@dataclass(frozen=True)
class Date(Kind[str]):
    """One day, kept as year-month-day (ISO 8601).

    Parameters
    ----------
    label : str
        What the participant reads beside the input.

    Examples
    --------
    >>> Date("Deadline").parse("5 March 2016").value
    '2016-03-05'
    >>> Date("Deadline").parse("05/03/2016").problem
    '"05/03/2016" can mean 2016-03-05 or 2016-05-03. Type it as year-month-day.'
    """

    def _read(self, raw: object) -> str | None:
        value = single(raw)
        return None if value is None else read_date(word(value)).isoformat()

    def score(self, value: str, reference: str) -> float:
        """Return 1 for the same day, else 0."""
        return float(value == reference)

    def say(self, value: str) -> str:
        """Return the day as it is kept."""
        return value

    def remark(self, value: str, reference: str) -> str:
        """Say that the day is near."""
        apart = datetime.date.fromisoformat(value) - datetime.date.fromisoformat(reference)
        return messages.DATE_NEAR.format(days=NEAR_DAYS) if abs(apart.days) <= NEAR_DAYS else ""
