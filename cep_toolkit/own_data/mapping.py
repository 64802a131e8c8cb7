"""What a mapping says: how a file is written, and which of its columns is which column of the course."""

from __future__ import annotations

from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Otherwise = Literal["keep", "empty", "refuse"]


def _nothing() -> Table[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True)
class FileFormat:
    """How the file is written.

    Parameters
    ----------
    delimiter : str
        The character between two fields.
    quote : str
        The character around a field that holds a delimiter; empty if the file uses none.
    encoding : str
        A Python codec name, such as ``utf-8``, ``cp1252`` or ``cp949``.
    date : str
        ``YYYY`` or ``YY``, ``MM`` or ``MON``, ``DD``, ``hh``, ``mm``, ``ss`` and what stands between.
    decimal, thousands : str
        The characters inside numbers; ``thousands`` is empty if there is none.
    sheet : str
        Which worksheet of a workbook; empty for the first.
    empty : tuple of str
        What the file writes where it has no value.
    """

    delimiter: str = ","
    quote: str = '"'
    encoding: str = "utf-8"
    date: str = "YYYY-MM-DD"
    decimal: str = "."
    thousands: str = ""
    sheet: str = ""
    empty: tuple[str, ...] = ("",)


@dataclass(frozen=True)
class Source:
    """Where one column of the course comes from, and how it is converted.

    Parameters
    ----------
    columns : tuple of str
        One column of the file, or several that are joined.
    join : str
        What is put between joined values.
    codes : mapping
        The file's code (or a pattern with ``*`` and ``?``) to the course's.
    otherwise : {"keep", "empty", "refuse"}
        What becomes of a code that the list lacks.
    times : float
        Numbers are multiplied by this.
    date : str
        The date format, where it differs from the file's.
    unit_from, currency_from, rate_from : str
        The column that tells each row's unit of mass, its currency, or the rate to multiply by; empty if none does.
    digits : int
        Length of the whole national tariff code; 0 if it is not known.
    optional : bool
        The file may lack the column.
    """

    columns: tuple[str, ...]
    join: str = "-"
    codes: Table[str, str] = field(default_factory=_nothing)
    otherwise: Otherwise = "refuse"
    times: float = 1.0
    date: str = ""
    digits: int = 0
    optional: bool = False
    unit_from: str = ""
    currency_from: str = ""
    rate_from: str = ""

    @property
    def needed(self) -> tuple[str, ...]:
        """Every column of the file that it takes.

        Examples
        --------
        >>> Source(("VALUE",), currency_from="CUR").needed
        ('VALUE', 'CUR')
        """
        factor = self.unit_from or self.currency_from or self.rate_from
        return (*self.columns, *([factor] if factor else []))

    @property
    def label(self) -> str:
        """The name of the column, or of all that are joined.

        Examples
        --------
        >>> Source(("YEAR", "NUMBER")).label
        'YEAR + NUMBER'
        """
        return " + ".join(self.columns)


@dataclass(frozen=True)
class TableMapping:
    """The columns of one table: from the file, or the same in every row."""

    columns: Table[str, Source] = field(default_factory=lambda: MappingProxyType({}))
    constants: Table[str, str] = field(default_factory=_nothing)


@dataclass(frozen=True)
class Where:
    """Which rows hold a control: those with one of these values in this column."""

    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Mapping:
    """One layout of declarations, mapped to the course's columns. See ``load_mapping``.

    Parameters
    ----------
    name : str
        Name of the mapping, without folder.
    title : str
        What files it is for.
    currency : str
        ISO 4217 code of every amount but those in the invoice currency.
    file : FileFormat
    declarations : TableMapping
    controls : TableMapping or None
        None if the file says nothing about controls.
    controlled : Where or None
        None if every declaration was controlled.
    notes : tuple of str
        What whoever uses the data must know.
    rates : mapping
        Currency to its worth in ``currency``.
    pseudonymise : tuple of str
        Columns of the course that get codes where codes are asked for, besides those that always do.
    """

    name: str
    title: str
    currency: str
    file: FileFormat
    declarations: TableMapping
    controls: TableMapping | None = None
    controlled: Where | None = None
    notes: tuple[str, ...] = ()
    rates: Table[str, float] = field(default_factory=lambda: MappingProxyType({}))
    pseudonymise: tuple[str, ...] = ()
