"""Columns that a table does not hold, computed from those it has, for the explorer to show beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.risk.prices import PER_KG, PRICED_BY, price_per_kg
from cep_toolkit.widgets import messages

if TYPE_CHECKING:
    import pandas as pd

PRICE = "price_per_kg"
CODE = (
    "from cep_toolkit.risk.prices import price_per_kg",
    "",
    "rows = wb.world.{table}",
    "rows = rows.assign(price_per_kg=price_per_kg(rows))",
)
"""How the code begins that gives a table with its price per kg."""


def has_price(table: pd.DataFrame) -> bool:
    """Return whether a table has what a price per kg is computed from, and no such column of its own."""
    return PRICE not in table and all(name in table for name in PRICED_BY)


def with_computed(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the columns that can be computed from its own, at its end."""
    return table.assign(**{PRICE: price_per_kg(table)}) if has_price(table) else table


def dictionary(currency: str) -> dict[str, tuple[str, str]]:
    """Return unit and meaning of each computed column, as the data dictionary gives them for the others.

    Examples
    --------
    >>> dictionary("XAS")["price_per_kg"][0]
    'XAS/kg'
    """
    return {PRICE: (currency + PER_KG, messages.PRICE_COMPUTED)}
