"""Reading numbers and dates as people in many countries write them.

``1 234,5``, ``1,234.5``, ``1.234,5``, ``1'234.5`` and ``12,34,567`` are each clear. ``1,234`` is not: one country
reads a thousand, another one and a bit. Every reading that some country uses is collected; where more than one
remains after looking at what the question allows, the participant is asked, never guessed for.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from contextlib import suppress

from cep_toolkit.checking import messages
from cep_toolkit.checking.reading import RefusedError, shown

PER_CENT = ("%", "per cent", "percent", "pct")

_AS_TYPED = str.maketrans({"\u066b": ".", "\u066c": " ", "\u2212": "-", "'": " ", "\u2019": " ", "\u060c": ","})
_NUMBER = re.compile(r"(?:[+-] ?)?[.,]?\d(?:[\d., ]*\d)?[.,]?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EARLIEST_YEAR = 1000

# Behind the day may stand a time, which nobody asks for. EDIFACT and ISO 8601 write dates without marks, too.
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[t ]\d\d:.*)?")
_NO_MARKS = re.compile(r"(\d{4})(\d\d)(\d\d)")

# One row a way of writing: the pattern, the thousands' mark it takes away, the decimal mark it has.
_WRITINGS = (
    (re.compile(r"\d*[.,]?\d+|\d+[.,]"), "", ".,"),
    (re.compile(r"[1-9]\d{0,2}( \d{3})+([.,]\d+)?"), " ", ".,"),
    (re.compile(r"[1-9]\d{0,2}(,\d{3})+(\.\d+)?"), ",", "."),
    (re.compile(r"[1-9]\d{0,2}(\.\d{3})+(,\d+)?"), ".", ","),
    (re.compile(r"[1-9]\d?(,\d{2})+,\d{3}(\.\d+)?"), ",", "."),
)


def readings(text: str) -> list[float]:
    """Return every number that some country would read in ``text``, without sign or unit, the largest first.

    Examples
    --------
    >>> readings("1.234,5"), readings("1 234,5"), readings("0,234"), readings("1,234"), readings("1,2,3")
    ([1234.5], [1234.5], [0.234], [1234.0, 1.234], [])
    """
    found = set()
    for pattern, thousands, decimal in _WRITINGS:
        if pattern.fullmatch(text):
            digits = text.replace(thousands, "") if thousands else text
            found.add(float(re.sub(f"[{decimal}]", ".", digits)))
    return sorted(found, reverse=True)


def read_number(text: str, unit: str, decimals: int, allowed: Callable[[float], bool]) -> float:
    """Read one number with or without its unit.

    Parameters
    ----------
    text : str
        What was typed.
    unit : str
        The unit asked for; no other may stand beside the number.
    decimals : int
        How many decimals the question asks for; helps where a mark has two readings.
    allowed : callable
        Says whether a number is possible here.

    Raises
    ------
    RefusedError
        No number, another unit, or two readings; the sentence says what to type.

    Examples
    --------
    >>> read_number("12 %", "%", 1, lambda number: True), read_number("QMD 1 234,50", "QMD", 2, lambda number: True)
    (12.0, 1234.5)
    """
    plain = " ".join(_western(text.translate(_AS_TYPED)).split())
    match = _NUMBER.search(plain)
    if match is None:
        raise RefusedError(messages.NOT_A_NUMBER.format(value=shown(text), example="12.5" if decimals else "12"))
    words = f"{plain[: match.start()]} {plain[match.end() :]}"
    if words.strip() and _bare(words) not in _names(unit):
        refusal = messages.ONE_NUMBER if unit else messages.NUMBER_ALONE
        raise RefusedError(refusal.format(value=shown(text), unit=unit))
    sign = -1.0 if match.group().startswith("-") else 1.0
    digits = match.group().lstrip("+- ")
    found = [sign * reading for reading in _likely(digits, decimals)]
    if not found:
        raise RefusedError(messages.NOT_A_NUMBER.format(value=shown(text), example="1234.5" if decimals else "1234"))
    possible = [reading for reading in found if allowed(reading)] or found[:1]
    if len(possible) > 1:
        large, small = possible
        raise RefusedError(messages.TWO_READINGS.format(value=shown(text), large=f"{large:.0f}", small=f"{small:.4f}"))
    return possible[0]


def _likely(digits: str, decimals: int) -> list[float]:
    """Return the readings that fit the number of decimals asked for."""
    found = readings(digits)
    if len(found) > 1 and decimals == 0:
        return found[:1]
    if len(found) > 1 and decimals == 3 and "." in digits:
        return found[1:]
    return found


def _western(text: str) -> str:
    """Return a text with the digits of any script as 0 to 9."""
    return "".join(str(int(letter)) if letter.isdecimal() else letter for letter in text)


def _names(unit: str) -> set[str]:
    """Return every way in which people write a unit."""
    return {_bare(name) for name in (PER_CENT if unit.casefold() in PER_CENT else (unit,))}


def _bare(words: str) -> str:
    """Return words without what people add to a unit: spaces, a full stop, the s of the plural."""
    return words.casefold().replace(" ", "").rstrip(".").removesuffix("s")


def read_date(text: str) -> datetime.date:
    """Read a date: year-month-day, or day and month where no other reading is possible.

    Raises
    ------
    RefusedError
        No date, or two readings (``05/03/2016``); the sentence says what to type.

    Examples
    --------
    >>> str(read_date("2016-03-05")), str(read_date("25/03/2016")), str(read_date("5 March 2016"))
    ('2016-03-05', '2016-03-25', '2016-03-05')
    """
    plain = _NO_MARKS.sub(r"\1-\2-\3", _western(text).strip().casefold())
    if match := _YEAR_FIRST.fullmatch(plain):
        year, _, month, day = match.groups()
        found = _dates((int(year), int(month), int(day)))
    elif match := re.fullmatch(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4})", plain):
        day, mark, month, year = match.groups()
        orders = [(int(year), int(month), int(day)), (int(year), int(day), int(month))]
        found = _dates(*(orders[:1] if mark == "." else orders))
    else:
        found = _dates(*_with_month_name(plain))
    if not found:
        raise RefusedError(messages.NOT_A_DATE.format(value=shown(text), example="2016-03-25"))
    if len(found) > 1:
        first, second = found
        raise RefusedError(messages.TWO_DATES.format(value=shown(text), first=first, second=second))
    return found[0]


def _with_month_name(plain: str) -> list[tuple[int, ...]]:
    parts = re.findall(r"[a-z]+|\d+", plain)
    months = [_MONTHS.index(part[:3]) + 1 for part in parts if part[:3] in _MONTHS]
    numbers = [int(part) for part in parts if part.isdecimal() and len(part) <= 4]
    if len(parts) != 3 or len(months) != 1 or len(numbers) != 2:
        return []
    day, year = numbers if numbers[0] <= 31 else reversed(numbers)
    return [(year, months[0], day)]


def _dates(*orders: tuple[int, ...]) -> list[datetime.date]:
    found: list[datetime.date] = []
    for year, month, day in orders:
        with suppress(ValueError):
            date = datetime.date(year, month, day)
            if year >= _EARLIEST_YEAR and date not in found:
                found.append(date)
    return found
