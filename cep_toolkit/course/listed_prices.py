"""Prices of a list of declarations, and what each may be compared with, rightly or wrongly."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cep_toolkit.course.text import known_word
from cep_toolkit.risk.price_book import fences, price_book, prices_of_goods
from cep_toolkit.risk.prices import lower_fence

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.region import Floats

GROUPS = ("subheading and origin", "subheading", "chapter", "total value")
WORTH_A_LETTER = 0.1
"""How much value a low price lacks to the typical one that deserves a letter: a share of the world's usual value."""
WORTH_A_LOOK = 0.01
"""The smallest sum among the ordinary prices of the list: a share of the world's usual value."""


@dataclass(frozen=True)
class Item:
    """One declaration of the list; value in the host's currency, mass in kg."""

    declaration_id: str
    hs: str
    origin: str
    price_per_kg: float
    customs_value: float
    net_mass_kg: float


@dataclass(frozen=True)
class Question:
    """Twelve declarations from three groups of comparable goods.

    ``low_by`` is not shown: for each item the comparison in which it is low, its own group first, or nothing.
    """

    items: tuple[Item, ...]
    groups: tuple[tuple[str, str], ...]
    currency: str
    low_by: tuple[str, ...] = ()


def low_prices(world: World, question: Question, compare: str) -> list[str]:
    """Return the declarations of the question's list that are low among what they are compared with.

    Parameters
    ----------
    world : World
    question : Question
    compare : str
        What a price is compared with: the prices of its own ``"subheading and origin"``, of its ``"subheading"``
        whatever the origin, of its ``"chapter"`` (deviations from the mean), or the ``"total value"`` with the other
        totals of the list.

    Raises
    ------
    UnknownValueError
        ``compare`` is none of these.
    """
    by_word = dict(zip(GROUPS, (_by_cell, _by_subheading, _by_chapter, _by_total), strict=True))
    return by_word[known_word("comparison", compare, GROUPS)](world, question)


def _by_cell(world: World, question: Question) -> list[str]:
    prices = Prices.of(world)
    return [item.declaration_id for item in question.items if item.price_per_kg < prices.fence(item.hs, item.origin)]


def _by_subheading(world: World, question: Question) -> list[str]:
    prices = Prices.of(world)
    return _lowest(world, question, lambda item: prices.in_subheading(item.hs, item.price_per_kg))


def _by_chapter(world: World, question: Question) -> list[str]:
    prices = Prices.of(world)
    return _lowest(world, question, lambda item: prices.in_chapter(item.hs[:2], item.price_per_kg))


def _by_total(world: World, question: Question) -> list[str]:
    return _lowest(world, question, lambda item: item.customs_value)


def _lowest(world: World, question: Question, score: Callable[[Item], Any]) -> list[str]:
    """Return the lowest of the list by a score, as many as really are below their fence."""
    in_order = sorted(question.items, key=lambda item: (score(item), item.declaration_id))
    return [item.declaration_id for item in in_order[: len(_by_cell(world, question))]]


class Prices:
    """The prices of a world's declarations, looked up by group, subheading and chapter."""

    def __init__(self, world: World) -> None:
        self._book = price_book(world)
        names = [field.name for field in dataclasses.fields(Item) if field.name in world.declarations]
        self._table = world.declarations[names]
        self.fences = fences(self._book)
        self._fence = self.fences.set_index(["hs", "origin"])["threshold"].to_dict()
        self._rows: dict[tuple[str, str], pd.DataFrame] = {}
        self._scales: dict[str, tuple[float, float]] = {}
        self._worth: dict[tuple[str, str], bool] = {}
        self._kg = world.declarations["net_mass_kg"].to_numpy()
        usual = float(world.declarations["customs_value"].median())
        self._least, self.least_listed = WORTH_A_LETTER * usual, WORTH_A_LOOK * usual

    @staticmethod
    @lru_cache(maxsize=2)
    def of(world: World) -> Prices:
        """Return the prices of a world; those of the last two are kept."""
        return Prices(world)

    def rows(self, hs: str, origin: str) -> pd.DataFrame:
        """Return the declarations of a group with an item's columns, in the order of their numbers."""
        if (hs, origin) not in self._rows:
            where = self._book.where(hs, origin)
            found = self._table.iloc[self._book.places[where]].astype({"declaration_id": "str"})
            found = found.assign(hs=hs, origin=origin, price_per_kg=self._book.prices[where])
            self._rows[hs, origin] = found.sort_values("declaration_id")
        return self._rows[hs, origin]

    def worth_a_letter(self, group: tuple[str, str]) -> bool:
        """Return whether each low price of a group lacks enough value that an office would write about it."""
        if group not in self._worth:
            where = self._book.where(*group)
            price, kg = self._book.prices[where], self._kg[self._book.places[where]]
            low = price < self.fence(*group)
            self._worth[group] = bool(((np.median(price) - price[low]) * kg[low] >= self._least).all())
        return self._worth[group]

    def worth_letters(self, groups: tuple[tuple[str, str], ...]) -> bool:
        """Return whether groups are of several origins and each low price of theirs is worth a letter."""
        return len({origin for _, origin in groups}) > 1 and all(map(self.worth_a_letter, groups))

    def fence(self, hs: str, origin: str) -> float:
        """Return the fence of a group."""
        return float(self._fence[hs, origin])

    def in_subheading(self, hs: str, price: float | Floats) -> Floats:
        """Return how low prices are for their subheading whatever the origin, as those find who mix origins."""
        if hs not in self._scales:
            fence = lower_fence(pd.Series(prices_of_goods(self._book, hs)))
            self._scales[hs] = log(fence.typical), fence.spread
        return self._scaled(hs, price)

    def in_chapter(self, chapter: str, price: float | Floats) -> Floats:
        """Return the deviations from the mean of a chapter, as those find who mix goods."""
        if chapter not in self._scales:
            logs = np.log(prices_of_goods(self._book, chapter))
            self._scales[chapter] = float(logs.mean()), float(logs.std(ddof=1))
        return self._scaled(chapter, price)

    def _scaled(self, name: str, price: float | Floats) -> Floats:
        middle, spread = self._scales[name]
        return np.asarray((np.log(price) - middle) / spread)
