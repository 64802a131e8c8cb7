"""Numbers that carry a check digit: containers (ISO 6346) and ships (IMO).

Made so that no real container or ship has them: the fourth letter of a container is Q, where ISO 6346 knows U, J and Z,
and a ship's number begins with 0, which the IMO scheme does not assign.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from cep_toolkit.world import arrays
from cep_toolkit.world.population import Ints

EQUIPMENT = "Q"
_PLACES = 10
_SHIP_WEIGHTS = np.arange(7, 1, -1)


def _letter_values() -> Ints:
    """Return the value of each character by its code: digits as they are, A = 10 and upward without 11, 22 and 33."""
    values = np.zeros(128, dtype=np.int64)
    values[ord("0") : ord("9") + 1] = np.arange(10)
    values[ord("A") : ord("Z") + 1] = [value for value in range(10, 39) if value % 11]
    return values


_VALUES = _letter_values()


def container_check_digit(characters: NDArray[np.uint8]) -> Ints:
    """Return the check digit of each container number, from the codes of its first ten characters: (rows, 10).

    The values of the characters, times 1, 2, 4 ... 512, are added up; the remainder by 11 is the digit, and 10 becomes
    0. So a single wrong digit is seen unless it changes the remainder from 0 to 10 or back; letters whose values differ
    by 11 or 22, such as A and K, are taken for each other.

    References
    ----------
    ISO 6346, Freight containers: coding, identification and marking, annex A.

    Examples
    --------
    >>> container_check_digit(characters_of(["CSQU305438"])).tolist()
    [3]
    """
    return np.asarray(_VALUES[characters] @ 2 ** np.arange(_PLACES) % 11 % 10)


def ship_check_digit(number: Ints) -> Ints:
    """Return the check digit of each ship's number, from its first six digits.

    The digits, times 7, 6, 5, 4, 3 and 2, are added up; the last digit of the sum is the check digit. A wrong digit is
    seen unless its difference, times its weight, is a multiple of ten: the weights 7 and 3 miss none.

    References
    ----------
    IMO resolution A.1117(30), IMO ship identification number scheme.

    Examples
    --------
    >>> ship_check_digit(np.array([12345])).tolist()
    [0]
    """
    digits = np.asarray(number)[:, None] // 10 ** np.arange(5, -1, -1) % 10
    return np.asarray(digits @ _SHIP_WEIGHTS % 10)


def containers(owners: NDArray[np.uint8], serial: Ints) -> Any:
    """Return container numbers such as ``"ABCQ1234561"`` from the codes of the owners' letters and serial numbers.

    Examples
    --------
    >>> list(containers(characters_of(["ABC"]), np.array([123456])))
    ['ABCQ1234561']
    """
    letters = np.column_stack([owners, np.full(len(owners), ord(EQUIPMENT), dtype=np.uint8)])
    ten = arrays.with_digits(letters, serial, 6)
    return arrays.fixed_width(arrays.with_digits(ten, container_check_digit(ten), 1))


def ships(number: Ints) -> list[str]:
    """Return ship numbers such as ``"IMO 0123450"`` from numbers of five digits.

    Examples
    --------
    >>> ships(np.array([12345]))
    ['IMO 0123450']
    """
    return [f"IMO 0{n:05d}{check}" for n, check in zip(number.tolist(), ship_check_digit(number).tolist(), strict=True)]


def characters_of(texts: list[str]) -> NDArray[np.uint8]:
    """Return the codes of the characters of texts of one length: (texts, length)."""
    return np.array([list(text.encode("ascii")) for text in texts], dtype=np.uint8)
