"""The explorer's table: one page of rows, its headings to sort by, and a box to tick for each row."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from cep_toolkit.risk.prices import PER_KG
from cep_toolkit.risk.screening import amount
from cep_toolkit.widgets.look import safe
from cep_toolkit.widgets.view_filter import DATE, NUMBER, kind_of
from cep_toolkit.world.currency import decimals

if TYPE_CHECKING:
    import pandas as pd


RATE_DIGITS = 6  # as many as rates of exchange are quoted with
DECIMALS = {"kg": 3, "count": 0}
CURRENCY_IN = {
    "currency": "currency",
    "currency of the payment": "currency",
    "invoice currency": "invoice_currency",
}
"""Units that differ from row to row, and the column that names each row's."""


class Grid(anywidget.AnyWidget):
    """A page of a table; everything in it is text by the time the browser sees it.

    Attributes
    ----------
    columns : list of dict
        ``name``, ``unit``, ``meaning`` and ``number`` (whether to align right).
    rows : list of list of str
    identifiers : list of str
        The rows' identifiers, where they may be ticked.
    ticked : list of str
        The identifiers that are ticked; kept from page to page.
    order : dict
        ``column`` and ``descending``.
    caption : str
        What screen readers call the table.
    """

    _esm = Path(__file__).with_name("grid.js")
    columns: Any = traitlets.List().tag(sync=True)
    rows: Any = traitlets.List().tag(sync=True)
    identifiers: Any = traitlets.List().tag(sync=True)
    ticked: Any = traitlets.List().tag(sync=True)
    order = traitlets.Dict().tag(sync=True)
    caption = traitlets.Unicode().tag(sync=True)


def cells(rows: pd.DataFrame, units: Mapping[str, str]) -> list[list[str]]:
    """Return rows as text: numbers as their units ask for, dates as year-month-day.

    Parameters
    ----------
    rows : DataFrame
    units : Mapping
        Column -> unit, as ``number`` reads it; columns without one may be left out.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"office_id": [1001], "mass": [1234.5], "aeo": [True], "hs": ["080390"]})
    >>> cells(rows, {"mass": "kg"})
    [['1001', '1,234.500', 'yes', '080390']]
    """
    columns = [
        [_cell(value, name, unit) for value, unit in zip(rows[name].tolist(), _units(rows, name, units), strict=True)]
        for name in map(str, rows.columns)
    ]
    return [list(row) for row in zip(*columns, strict=True)]


def as_html(rows: pd.DataFrame, caption: str, units: Mapping[str, str]) -> str:
    """Return a few rows as an HTML table, for reading only; ``units`` as for ``cells``."""
    looks = [_look(rows[name]) for name in rows.columns]
    head = "".join(f'<th scope="col"{look}>{safe(name)}</th>' for name, look in zip(rows.columns, looks, strict=True))
    body = "".join(
        "<tr>" + "".join(f"<td{look}>{safe(text)}</td>" for text, look in zip(row, looks, strict=True)) + "</tr>"
        for row in cells(rows, units)
    )
    return f"<table><caption>{safe(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def headings(rows: pd.DataFrame, dictionary: dict[str, tuple[str, str]]) -> list[dict[str, Any]]:
    """Return a page's headings with what the data dictionary says of them."""
    return [
        {
            "name": name,
            "unit": dictionary.get(name, ("", ""))[0],
            "meaning": dictionary.get(name, ("", ""))[1],
            "number": kind_of(rows[name]) == NUMBER and not is_identifier(name),
        }
        for name in map(str, rows.columns)
    ]


def _look(column: pd.Series) -> str:
    """Return the class of a column's cells, as an attribute."""
    kind = kind_of(column)
    if kind == NUMBER and not is_identifier(str(column.name)):
        return ' class="cep-number"'
    return ' class="cep-day"' if kind == DATE else ""


def is_identifier(name: str) -> bool:
    """Whether a column's numbers name things, so that no thousands are set apart."""
    return name.endswith("_id")


def number(value: float, unit: str) -> str:
    """Return a number as its unit asks for: money by its currency, mass to the gram, a rate of exchange to six digits.

    Examples
    --------
    >>> number(0.0123456789, "XAS per unit"), number(12.0, "per cent"), number(3.2, "kg"), number(1234.5, "KRW")
    ('0.0123457', '12', '3.200', '1,234')
    """
    from math import floor, log10

    if unit.endswith(" per unit"):
        return f"{value:,.{max(RATE_DIGITS - 1 - floor(log10(abs(value))), 0) if value else 0}f}"
    if unit in DECIMALS:
        return f"{value:,.{DECIMALS[unit]}f}"
    if unit == "per cent":
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if unit.endswith(PER_KG):
        return amount(value)
    places = decimals(unit)
    return f"{value:,.{places}f}" if abs(value) >= 10.0**-places or not value else f"{value:.3g}"


def _units(rows: pd.DataFrame, name: str, units: Mapping[str, str]) -> list[str]:
    """Return the unit of each row of a column."""
    unit = units.get(name, "")
    named = rows.get(CURRENCY_IN.get(unit, ""))
    return [unit] * len(rows) if named is None else named.astype("str").tolist()


def _cell(value: Any, name: str, unit: str) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value, unit)
    if isinstance(value, int):
        return str(value) if is_identifier(name) else f"{value:,}"
    return value.strftime("%Y-%m-%d") if hasattr(value, "strftime") else str(value)
