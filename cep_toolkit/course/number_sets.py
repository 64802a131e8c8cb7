"""Sets of numbers in a world's public tables, for the exercise on first digits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.risk.first_digits import first_digit
from cep_toolkit.risk.number_sets import Numbers, enough, numbers_of

if TYPE_CHECKING:
    from cep_toolkit.world import World

A_TRADER = (35, 60)
MOST = 4_000
"""Of a longer set the first numbers are taken: among very many, every set departs from the law by more than chance."""
TRADERS, CHAPTERS = 12, 12
OF_CHAPTER = " of chapter "
IN_A_COLUMN = (
    ("declarations", "customs_value", "Customs values of declarations, {currency}"),
    ("declarations", "net_mass_kg", "Net masses of declarations, kg"),
    ("declarations", "invoice_value", "Invoice values of declarations, each in its currency"),
    ("declarations", "duty_rate", "Rates of duty on declarations, per cent"),
    ("declarations", "vat_rate", "Rates of value added tax on declarations, per cent"),
    ("manifests", "gross_mass_kg", "Gross masses on bills and waybills, kg"),
    ("transits", "gross_mass_kg", "Gross masses of lorries in transit, kg"),
    ("parcels", "value", "Values on the labels of parcels, {currency}"),
    ("partner_statistics", "export_mass_kg", "Masses in the cells of the partners' statistics, kg"),
)
"""Table, column, and what the numbers are called."""


@dataclass(frozen=True)
class NumberSet:
    """One set of numbers: what it is called, how it sums up, and which goods it most often means.

    ``goods``, a subheading's text, are the ones that stand most often behind the first digit that lies furthest above
    the law; empty where the numbers do not belong to declared goods of one chapter.
    """

    name: str
    numbers: Numbers
    goods: str = ""


def number_sets(world: World) -> list[NumberSet]:
    """Return the sets of a world whose figures leave no doubt, those of whole columns first."""
    found = []
    for name, values, assigned in _all(world):
        above = values[values > 0]
        taken = above.iloc[:MOST]
        numbers = numbers_of(taken, assigned)
        if numbers is not None and numbers.clear:
            called = f"{name}, the first {MOST:,}" if len(above) > MOST else name
            found.append(NumberSet(called, numbers, _goods(world, taken, numbers) if OF_CHAPTER in name else ""))
    return found


def _goods(world: World, taken: pd.Series, numbers: Numbers) -> str:
    """Return the text of the subheading that is most common among numbers with the digit most above the law."""
    rows = taken.index[first_digit(taken) == numbers.digits.most_above]
    hs = str(world.declarations.loc[rows, "hs"].astype(str).mode().iloc[0])
    if "tariff" not in world.tables:  # own data
        return f"goods of {hs}"
    return str(world.table("tariff").set_index("hs").loc[hs, "description"])


def _all(world: World) -> Iterator[tuple[str, pd.Series, bool]]:
    for table, column, name in IN_A_COLUMN:
        if table in world.tables and column in world.table(table):
            yield name.format(currency=world.currency), world.table(table)[column].dropna(), False
    if "payments" in world.tables:
        yield from _payments(world)
    yield from _of_chapters(world)
    yield from _of_traders(world)


def _payments(world: World) -> Iterator[tuple[str, pd.Series, bool]]:
    paid = world.table("payments")
    quotes = paid["invoice_number"] != ""
    wages = paid["payer"].str.startswith("F") & paid["payee"].str.startswith("P")
    yield f"Payments that quote an invoice, {world.currency}", paid.loc[quotes, "amount_host"], False
    yield f"Payments from firms to persons, {world.currency}", paid.loc[wages, "amount_host"], False


def _of_chapters(world: World) -> Iterator[tuple[str, pd.Series, bool]]:
    """Yield values and masses of each chapter with enough declarations, and the invoices' numbers of the largest."""
    declared = world.declarations
    chapter = declared["hs"].astype("category").map(lambda hs: str(hs)[:2])
    counts = chapter.value_counts()
    large = sorted(counts.index[counts >= enough()], key=lambda code: (-counts[code], code))[:CHAPTERS]
    for code in large:
        rows = declared.iloc[np.flatnonzero(chapter == code)[: 2 * MOST]]  # more than are taken
        yield f"Customs values{OF_CHAPTER}{code}, {world.currency}", rows["customs_value"], False
        yield f"Net masses{OF_CHAPTER}{code}, kg", rows["net_mass_kg"], False
        if code == large[0] and "invoice_number" in declared:
            yield f"Numbers of the invoices{OF_CHAPTER}{code}, without letters", _digits(rows["invoice_number"]), True


def _of_traders(world: World) -> Iterator[tuple[str, pd.Series, bool]]:
    declared = world.declarations
    counts = declared["importer_id"].value_counts()
    least, most = A_TRADER
    for importer in sorted(counts.index[(counts >= least) & (counts <= most)])[:TRADERS]:
        values = declared.loc[declared["importer_id"] == importer, "customs_value"]
        yield f"Customs values of importer {importer}, {world.currency}", values, False


def _digits(texts: pd.Series) -> pd.Series:
    """Return the number at the end of each text."""
    return texts.astype(str).str.extract(r"(\d+)$", expand=False).dropna().astype(float)
