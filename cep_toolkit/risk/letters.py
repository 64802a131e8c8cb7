"""About which prices a letter of doubt could be written, and what each letter could be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.risk.price_book import price_book

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

FEWEST_BESIDE = 12
"""A usual price needs so many declarations. It may raise a doubt; it never sets a value."""


def unasked(world: World) -> pd.DataFrame:
    """Return the declarations about which no letter was written yet, with the usual price of their goods.

    Returns
    -------
    DataFrame
        ``declaration_id``, ``importer_id``, ``supplier_id``, ``hs``, ``origin``, ``customs_value`` (currency),
        ``share`` (of the usual price: the median of the subheading and origin), ``at_stake`` (currency: duty and VAT
        that would be owed besides, if the price were the usual one).

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> found = unasked(World(Scenario(declarations=5_000)))
    >>> bool((found.loc[found["share"] < 1, "at_stake"] >= 0).all())
    True
    """
    import numpy as np

    book = price_book(world)
    usual = np.empty(len(book.prices))
    rows = np.empty(len(book.prices), dtype=np.int64)
    for count, typical, first in book.groups[["rows", "typical", "first"]].itertuples(index=False):
        usual[first : first + count], rows[first : first + count] = typical, count
    found = world.declarations.iloc[book.places].assign(share=book.prices / usual)
    asked = set(world.table("correspondence")["declaration_id"])
    found = found[(rows >= FEWEST_BESIDE) & ~found["declaration_id"].isin(asked)]
    duty, vat = found["duty_rate"] / 100, found["vat_rate"] / 100
    missing = found["customs_value"] * (1 / found["share"] - 1)
    found = found.assign(at_stake=(missing * (duty + (1 + duty) * vat)).round(2))
    names = ["declaration_id", "importer_id", "supplier_id", "hs", "origin", "customs_value", "share", "at_stake"]
    return found[names].astype({"declaration_id": "str", "hs": "str", "origin": "str"})
