"""One value of the file and what became of it, and the code lists that a mapping may give."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from cep_toolkit.own_data.mapping import Source

    Value = str | int | bool | date | None

EMPTY = "empty, but every row needs it"


class Cell(NamedTuple):
    """What one text became: a value, or the reason why there is none.

    Parameters
    ----------
    value : text, number, date or None
    problem : str
        Why the row must be refused; empty if it need not be.
    note : str
        What was done to the value, for the report; empty if nothing.
    """

    value: Value = None
    problem: str = ""
    note: str = ""

    @property
    def shown(self) -> str:
        """The value as a file would write it."""
        if self.value is None:
            return ""
        return str(self.value).lower() if isinstance(self.value, bool) else str(self.value)


def looked_up(text: str, source: Source, *, quoted: bool = True) -> Cell:
    """Return what a code list makes of a text; without a list, the text itself. A note quotes the code or not.

    Examples
    --------
    >>> from cep_toolkit.own_data.mapping import Source
    >>> source = Source(("MODE",), codes={"1": "sea", "4*": "air"}, otherwise="empty")
    >>> looked_up("1", source).value, looked_up("40", source).value, looked_up("9", source).value
    ('sea', 'air', '')
    """
    if not source.codes:
        return Cell(text)
    shown = f'code "{text[:40]}"' if quoted else "a code that"
    for pattern in (text, *source.codes):
        if pattern in source.codes and (pattern == text or _matches(text, pattern)):
            meaning = source.codes[pattern]
            note = "read by the code list" if meaning else f"{shown} is nothing in the code list: left empty"
            return Cell(meaning, note=note)
    if source.otherwise == "keep":
        return Cell(text)
    if source.otherwise == "empty":
        return Cell("", note=f"{shown} is not in the list: left empty")
    return Cell("", problem="not in the code list of the mapping")


def _matches(text: str, pattern: str) -> bool:
    """Tell whether a pattern fits; only ``*`` and ``?`` have a meaning in it."""
    return fnmatchcase(text, pattern.replace("[", "[[]"))
