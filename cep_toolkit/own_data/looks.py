"""What the values of a column look like: a day, a number, a tariff code, a code of an administration."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from cep_toolkit.own_data import words
from cep_toolkit.own_data.cell import Cell
from cep_toolkit.own_data.dates import DatePattern
from cep_toolkit.own_data.targets import Kind, Target

ENOUGH = 0.9  # the share of values that must look so: a few faults are usual
NOTHING = ("-", "--", ".", "null", "n/a", "#n/a", "none", "nil", "(null)", "na")
_DAYS = ("YYYY-MM-DD", "YYYYMMDD", "YYYY/MM/DD", "YYYY.MM.DD", "DD/MM/YYYY", "MM/DD/YYYY", "DD.MM.YYYY", "DD-MM-YYYY",
         "MM-DD-YYYY", "DD-MON-YYYY", "DD-MON-YY", "DD MON YYYY", "DD/MM/YY", "MM/DD/YY", "DD.MM.YY")  # fmt: skip
_TIMES = ("", " hh:mm:ss", "Thh:mm:ss", " hh:mm")
DATE_FORMS = tuple(day + time for time in _TIMES for day in _DAYS)
NOTATIONS = {  # decimal mark and thousands mark, to what a number looks like then
    (point, mark): re.compile(
        rf"[+-]?([0-9]+|[0-9]{{1,3}}({re.escape(mark)}[0-9]{{3}})+)({re.escape(point)}[0-9]+)?"
        if mark
        else rf"[+-]?[0-9]+({re.escape(point)}[0-9]+)?([eE][+-]?[0-9]+)?"
    )
    for point, mark in ((".", ""), (",", ""), (".", ","), (",", "."), (",", " "), (",", "\u00a0"), (",", "\u202f"),
                        (".", " "), (".", "'"))
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """One column of the file and some of its values.

    Parameters
    ----------
    name : str
    values : sequence of str
        As the file has them.
    """

    name: str
    values: Sequence[str]

    @cached_property
    def filled(self) -> list[str]:
        """The values that say something, without the spaces around them."""
        trimmed = (value.strip() for value in self.values)
        return [value for value in trimmed if value and value.casefold() not in NOTHING]

    @cached_property
    def counted(self) -> Counter[str]:
        """How often each of them stands there."""
        return Counter(self.filled)

    @property
    def is_unique(self) -> bool:
        """Whether every row has a value and none stands twice."""
        return bool(self.filled) and len(self.counted) == len(self.values)

    def share(self, accepts: Callable[[str], object]) -> float:
        """Return the share of values that a function accepts."""
        if not self.filled:
            return 0.0
        return sum(count for value, count in self.counted.items() if accepts(value)) / len(self.filled)

    @cached_property
    def date_forms(self) -> tuple[str, ...]:
        """The ways of writing a day that nearly all values fit."""
        return tuple(form for form in DATE_FORMS if self.share(_read_by(DatePattern.of(form).read)) >= ENOUGH)

    @cached_property
    def notations(self) -> tuple[tuple[str, str], ...]:
        """The ways of writing a number that nearly all values fit."""
        return tuple(marks for marks, shape in NOTATIONS.items() if self.share(shape.fullmatch) >= ENOUGH)

    @property
    def is_marked(self) -> bool:
        """Whether it holds numbers, some with a mark in them."""
        return bool(self.notations) and any(re.search(r"[0-9]\D[0-9]", value) for value in self.counted)

    def looks_like(self, target: Target) -> bool:
        """Tell whether the values could be those of a column of the course, codes not yet read by a list."""
        if not self.filled:
            return not target.required
        match target.kind:
            case Kind.DATE:
                return bool(self.date_forms)
            case Kind.NUMBER:
                return bool(self.notations)
            case Kind.COUNT:
                return self.share(re.compile(r"[0-9]{1,9}([.,]0+)?").fullmatch) >= ENOUGH
            case Kind.SUBHEADING:
                return self.share(_hs) >= ENOUGH and len(self.counted) > 1
            case Kind.ADMINISTRATION:
                return self.share(re.compile("[A-Za-z]{2,3}|[0-9]{3}").fullmatch) >= ENOUGH
            case Kind.YES_NO:
                return self.share(_read_by(words.yes_or_no)) >= ENOUGH
            case Kind.IDENTIFIER:
                return max(map(len, self.counted)) <= 60
        return self._looks_like_code(target)

    def _looks_like_code(self, target: Target) -> bool:
        match target.name:
            case "incoterm" | "invoice_currency":
                return self.share(re.compile("[A-Za-z]{3}").fullmatch) >= ENOUGH
            case "procedure" | "preference":
                return max(map(len, self.counted)) <= 12
            case "office" | "transport_mode" | "lane":
                return len(self.counted) <= max(500, len(self.filled) // 20)
        return True


def _read_by(read: Callable[[str], Cell]) -> Callable[[str], bool]:
    return lambda value: not read(value).problem


def _hs(value: str) -> bool:
    problem = words.subheading(value).problem
    return not problem or "length of a whole code" in problem
