"""About which prices a letter of doubt could be written, and what each letter could be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cep_toolkit.risk.price_book import price_book

if TYPE_CHECKING:
    import pandas as pd

    from cep_toolkit.world import World

FEWEST_BESIDE = 12
"""A usual price needs so many declarations. It may raise a doubt; it never sets a value."""

SAME_GOODS = ["importer_id", "supplier_id", "hs", "origin"]
"""What two declarations share that are of one importer, one seller and the same goods."""


def unasked(world: World) -> pd.DataFrame:
    """Return the declarations about which no letter was written yet, with the usual price of their goods.

    Returns
    -------
    DataFrame
        ``declaration_id``, ``importer_id``, ``supplier_id``, ``hs``, ``origin``, ``customs_value`` (currency),
        ``share`` (of the usual price: the median of the subheading and origin), ``at_stake`` (currency: duty and VAT
        that would be owed besides, if the price were the usual one), ``unexplained`` (whether an earlier letter about
        the same goods of the same seller brought no explanation).

    Examples
    --------
    >>> from cep_toolkit.world import Scenario, World
    >>> found = unasked(World(Scenario(declarations=5_000)))
    >>> bool((found.loc[found["share"] < 1, "at_stake"] >= 0).all())
    True
    """
    import numpy as np
    import pandas as pd

    book = price_book(world)
    usual = np.empty(len(book.prices))
    rows = np.empty(len(book.prices), dtype=np.int64)
    for count, typical, first in book.groups[["rows", "typical", "first"]].itertuples(index=False):
        usual[first : first + count], rows[first : first + count] = typical, count
    found = world.declarations.iloc[book.places].assign(share=book.prices / usual)
    letters = world.table("correspondence")
    reasons = letters.loc[letters["reason"].astype("str") != "", "declaration_id"]
    asked = found["declaration_id"].isin(letters["declaration_id"])
    silent = asked & ~found["declaration_id"].isin(reasons)
    same = pd.MultiIndex.from_frame(found[SAME_GOODS])
    found = found.assign(unexplained=same.isin(same[silent]))[(rows >= FEWEST_BESIDE) & ~asked]
    duty, vat = found["duty_rate"] / 100, found["vat_rate"] / 100
    missing = found["customs_value"] * (1 / found["share"] - 1)
    found = found.assign(at_stake=(missing * (duty + (1 + duty) * vat)).round(2))
    names = ["declaration_id", *SAME_GOODS, "customs_value", "share", "at_stake", "unexplained"]
    return found[names].astype({"declaration_id": "str", "hs": "str", "origin": "str"})
