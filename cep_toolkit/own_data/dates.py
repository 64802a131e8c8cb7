"""Dates as a file writes them: a pattern of ``YYYY MM DD`` turned into days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache

from cep_toolkit.own_data.cell import Cell

MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
EARLIEST, LATEST = date(1970, 1, 1), date(2099, 12, 31)
_FIELDS = {
    "YYYY": r"(?P<year>[0-9]{4})",
    "YY": r"(?P<short>[0-9]{2})",
    "MON": r"(?P<name>[A-Za-z]{3})",
    "MM": r"(?P<month>[0-9]{1,2})",
    "DD": r"(?P<day>[0-9]{1,2})",
    "hh": r"(?P<hour>[0-9]{1,2})",
    "mm": r"(?P<minute>[0-9]{2})",
    "ss": r"(?P<second>[0-9]{2}(?:\.[0-9]+)?)",
}
_SPLIT = re.compile("|".join(_FIELDS))
_MIDNIGHT = re.compile(r"[ T]0?0:00(:00(\.0+)?)?Z?$")
_LEFT_OUT = "time of day left out"


@dataclass(frozen=True)
class DatePattern:
    """A way of writing dates.

    Parameters
    ----------
    text : str
        As the mapping has it, such as ``DD/MM/YYYY``.
    shape : re.Pattern
        What such a date looks like.
    """

    text: str
    shape: re.Pattern[str]

    @classmethod
    def of(cls, text: str) -> DatePattern:
        """Return the pattern of a text.

        Raises
        ------
        ValueError
            Year, month or day is missing or stands twice.

        Examples
        --------
        >>> DatePattern.of("DD-MON-YY").read("05-jan-20").value
        datetime.date(2020, 1, 5)
        """
        fields = _SPLIT.findall(text)
        if len(set(fields)) != len(fields):
            raise ValueError("a part of the date stands twice.")
        for part, ways in (("the year", ("YYYY", "YY")), ("the month", ("MM", "MON")), ("the day", ("DD",))):
            if sum(way in fields for way in ways) != 1:
                raise ValueError(f"{part} must stand in it once, as {' or '.join(ways)}; for example DD/MM/YYYY.")
        between = [re.escape(part) for part in _SPLIT.split(text)]
        shape = between[0] + "".join(_FIELDS[name] + rest for name, rest in zip(fields, between[1:], strict=True))
        return cls(text, re.compile(shape))

    def read(self, text: str) -> Cell:
        """Return the day that a text names, or why it names none.

        Examples
        --------
        >>> pattern = DatePattern.of("DD/MM/YYYY")
        >>> pattern.read("29/02/2020").value
        datetime.date(2020, 2, 29)
        >>> pattern.read("30/02/2020").problem
        'no such day in the calendar'
        """
        found = self.shape.fullmatch(text) or self.shape.fullmatch(_MIDNIGHT.sub("", text))
        if found is None:
            return Cell(problem=f"not a date written as {self.text}")
        day = _day(found.groupdict())
        if day is None:
            return Cell(problem="no such day in the calendar")
        if not EARLIEST <= day <= LATEST:
            return Cell(problem=f"not between {EARLIEST.year} and {LATEST.year}")
        return Cell(day, note=_LEFT_OUT if found.groupdict().get("hour") else "")

    def read_typed(self, text: str) -> Cell:
        """Return the same for a file that knows days: they come as YYYY-MM-DD, with a time of day if there is one.

        Examples
        --------
        >>> DatePattern.of("DD/MM/YYYY").read_typed("2020-02-29 14:30:05").value
        datetime.date(2020, 2, 29)
        """
        known = next((pattern for pattern in _typed_patterns() if pattern.shape.fullmatch(text)), self)
        return known.read(text)


@cache
def _typed_patterns() -> tuple[DatePattern, ...]:
    return DatePattern.of("YYYY-MM-DD"), DatePattern.of("YYYY-MM-DD hh:mm:ss")


def _day(parts: dict[str, str | None]) -> date | None:
    """Return the day; two-digit years are those of 1970 to 2069 (POSIX strptime: 1969 to 2068)."""
    year = int(parts.get("year") or 0)
    if not year:
        short = int(parts.get("short") or 0)
        year = short + (2000 if short < 70 else 1900)
    name = (parts.get("name") or "").upper()
    if name and name not in MONTHS:
        return None
    month = MONTHS.index(name) + 1 if name else int(parts.get("month") or 0)
    try:
        return date(year, month, int(parts.get("day") or 0))
    except ValueError:
        return None
