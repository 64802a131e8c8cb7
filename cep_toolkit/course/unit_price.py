"""Notebook 12, first exercise: which prices deserve a question."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, combinations, islice, zip_longest
from math import log
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from cep_toolkit.checking import Fields, Rows, SeveralOf, by_word
from cep_toolkit.course.sorting import PickRows
from cep_toolkit.course.text import known_word
from cep_toolkit.risk.price_book import fences, price_book, prices_of_goods
from cep_toolkit.risk.prices import lower_fence
from cep_toolkit.risk.screening import amount
from cep_toolkit.world.arrays import instances
from cep_toolkit.world.currency import money

if TYPE_CHECKING:
    from cep_toolkit.world import World
    from cep_toolkit.world.region import Floats

LISTED, AT_MOST = 12, 5
TOO_NEAR = 0.02
WORTH_A_LETTER = 0.1
"""How much value a low price lacks to the typical one that deserves a letter: a share of the world's usual value."""
WORTH_A_LOOK = 0.01
"""The smallest sum among the ordinary prices of the list: a share of the world's usual value."""
LARGEST, TRIED = 400, 600
"""Of so many groups, the largest, and so many threes a question is made: own data may have tens of thousands."""
MIRRORED = 1  # where more prices lie as far above, the tail is longer than the fence reckons with
FACTS = {
    "like": "They lie below the fence of their own subheading and origin",
    "chance": "So few honest prices are expected that low: fewer than one a group",
    "total": "Their total values are the lowest of the list",
    "origin": "They come from the cheapest origin",
    "chapter": "They are cheaper than other goods of the chapter",
}
WRONG_FACTS = {
    "total": "A small total says only that little was bought. Which figure does not change with the quantity?",
    "origin": "One origin may be cheaper as a whole, for honest reasons. Then all its prices are low; none stands out.",
    "chapter": "A chapter mixes goods of very different worth: taps and computers stand in one chapter.",
}
GROUPS = ("subheading and origin", "subheading", "chapter", "total value")
WRONG_ROWS = {
    "subheading": "At least one of your choices is low only where origins are mixed. Compare it within its own origin.",
    "chapter": "At least one of your choices is cheap for its chapter, but lies above the fence of its own group.",
    "total value": "At least one of your choices is a small total, but its price per kilogram lies above its fence.",
    "": "At least one of your choices lies above the fence of its own group. Find that fence in the price explorer.",
}
"""What is said of a declaration that is not low, by the comparison in which it seems low."""


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


_mistake = by_word(lambda world, question, word: {"declarations": low_prices(world, question, word)})


class UnitPrice(PickRows):
    """Ask about a price only where it is low for its own subheading and origin."""

    id = "unit_price"
    title = "Which prices deserve a question?"
    open_book = True
    needs = ("declarations.net_mass_kg", "declarations.customs_value", "declarations.origin")
    hints = (
        "Compare like with like. What must two consignments share before their prices can be compared?",
        (
            "There are three groups in the list. For each one, choose its subheading and origin in the price explorer "
            "and leave the threshold where it is. Then find in the list the prices below it."
        ),
    )
    misconceptions = (
        _mistake(
            "whole chapter",
            "chapter",
            "These are cheap for the chapter, not for their own subheading: a chapter mixes goods of very different "
            "worth. Compare each price with its own subheading and origin.",
        ),
        _mistake(
            "mixes origins",
            "subheading",
            "Here prices of different origins were mixed. One origin may be cheaper as a whole, for honest reasons. "
            "Compare within one origin.",
        ),
        _mistake(
            "lowest totals",
            "total value",
            "These are the smallest totals. A total is small because little was bought; what matters is the price "
            "per kilogram.",
        ),
    )

    def candidates(self, world: World) -> Iterator[Question]:
        """Yield lists of three groups with two to five low prices in all, where chance and the mirror agree.

        First come those of several origins whose every low price is worth a letter, then the others.
        """
        prices = Prices.of(world)
        agreeing = prices.fences[prices.fences["above"] <= MIRRORED].head(LARGEST)
        counts = agreeing[["hs", "origin", "below"]].itertuples(index=False)
        low = {(str(hs), str(origin)): int(below) for hs, origin, below in counts}
        for preferred in (True, False):
            fit = (groups for groups in _threes(low) if prices.worth_letters(groups) is preferred)
            for groups in islice(fit, TRIED):
                question = _question(prices, groups, world.currency)
                if not any(_at_the_fence(prices, item) for item in question.items):
                    yield _compared(world, question)

    def fields(self, question: Question) -> Fields:
        rows = {item.declaration_id: _line(item, question.currency) for item in question.items}
        low_by = zip(rows, question.low_by, strict=False)
        said = {name: WRONG_ROWS[compared] for name, compared in low_by if compared in WRONG_ROWS}
        return {
            "declarations": Rows("Declarations to ask about", "declarations", "declaration_id", rows, AT_MOST, said),
            "facts": SeveralOf("The two facts you rely on", FACTS, at_least=2, at_most=2, when_wrong=WRONG_FACTS),
        }

    def prompt(self, question: Question) -> str:
        groups = ", ".join(f"**{hs}** from **{origin}**" for hs, origin in question.groups)
        lines = "\n".join(
            f"| {item.declaration_id} | {item.hs} | {item.origin} | {amount(item.price_per_kg)} | "
            f"{money(item.customs_value, question.currency)} | {item.net_mass_kg:,.3f} |"
            for item in question.items
        )
        return (
            f"Twelve declarations from three groups: {groups}. "
            "**Which ones would you ask about, and on which two facts do you rely?** "
            "The price explorer shows each group's fence.\n\n"
            f"| declaration | subheading | origin | price, {question.currency}/kg | value, {question.currency} | "
            f"net mass, kg |\n|---|---|---|--:|--:|--:|\n{lines}"
        )

    def reference(self, world: World, truth: None, question: Question) -> dict[str, list[str]]:
        return {"declarations": _by_cell(world, question), "facts": ["like", "chance"]}

    def explanation(self, world: World, question: Question) -> str:
        low, prices = set(_by_cell(world, question)), Prices.of(world)
        lines = []
        for hs, origin in question.groups:
            fence = lower_fence(prices.rows(hs, origin)["price_per_kg"])
            here = [item.declaration_id for item in question.items if (item.hs, item.origin) == (hs, origin)]
            below = [name for name in here if name in low]
            lines.append(
                f"- {hs} from {origin}: {fence.rows} declarations, typical price {amount(fence.typical)}, fence "
                f"{amount(fence.threshold)} {question.currency}/kg. Below it in the list: {', '.join(below) or 'none'}."
            )
        return (
            "Each price is compared with the prices of its own subheading and origin only:\n\n"
            + "\n".join(lines)
            + "\n\n"
            "The fence lies where fewer than one honest price in each group is expected by chance. It is set from the "
            "median, because the low prices we look for would pull a mean towards themselves.\n\n"
            "**The cost of being wrong.** Every question costs an honest importer time, and makes importers trust "
            "Customs a little less. A fence that is too high troubles those who are cheap but honest; one that is too "
            "low finds nobody.\n\n"
            "**Another way.** Order the questions by the duty at stake, or compare with the importer's own earlier "
            "prices. A low price is a reason to ask. It is not yet undervaluation."
        )


def _threes(low: dict[tuple[str, str], int]) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield three groups each, with as many low prices in all as can be picked; many different ones come first."""
    firsts = [_companions(list(low), *group) for group, count in low.items() if 1 <= count <= AT_MOST]
    for groups in chain.from_iterable(zip_longest(*firsts)):  # in turns
        if groups and 2 <= sum(low[group] for group in groups) <= AT_MOST:
            yield groups


def _companions(groups: list[tuple[str, str]], hs: str, origin: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Yield a group with two others: of the same subheading first, then of the chapter, then any."""
    others = [group for group in groups if group != (hs, origin)]
    others.sort(key=lambda group: group[1] == origin)  # other origins first
    same = [group for group in others if group[0] == hs][:4]
    chapter = [group for group in others if group[0] != hs and group[0][:2] == hs[:2]][:6]
    rest = [group for group in others if group[0][:2] != hs[:2]][:8]
    for pair in combinations([*same, *chapter, *rest], 2):
        yield (hs, origin), *pair


def _question(prices: Prices, groups: tuple[tuple[str, str], ...], currency: str) -> Question:
    """Return the list: every low price, a typical one of each group, those that a wrong comparison finds low, others.

    Sums too small to be looked at are left out, but for the low prices.
    """
    parts = [prices.rows(*group) for group in groups]
    rows = pd.concat(parts, ignore_index=True)
    each = list(zip(groups, (part["price_per_kg"].to_numpy() for part in parts), strict=True))
    is_low = np.concatenate([price < prices.fence(*group) for group, price in each])
    is_free = ~is_low & (rows["customs_value"] >= prices.least_listed).to_numpy()
    free = rows[is_free]
    scores = (
        np.concatenate([prices.in_chapter(hs[:2], price) for (hs, _), price in each])[is_free],
        np.concatenate([prices.in_subheading(hs, price) for (hs, _), price in each])[is_free],
        free["customs_value"].to_numpy(),
    )
    in_order = [free.iloc[np.argsort(score, kind="stable")[:2]] for score in scores]
    confusing = [two.iloc[place : place + 1] for place in range(2) for two in in_order]
    typical = [_typical(free[(free["hs"] == hs) & (free["origin"] == origin)]) for hs, origin in groups]
    chosen = pd.concat([rows[is_low], *typical, *confusing, free.iloc[:: len(free) // LISTED or 1]])
    chosen = chosen[~chosen["declaration_id"].duplicated()].head(LISTED).sort_values("declaration_id")
    return Question(tuple(instances(Item, chosen)), groups, currency)


def _typical(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the row with the middle price."""
    return rows.sort_values("price_per_kg", kind="stable").iloc[len(rows) // 2 :].head(1)


def _at_the_fence(prices: Prices, item: Item) -> bool:
    """Return whether a price is so near its fence that rounded numbers do not tell on which side it lies."""
    return abs(item.price_per_kg / prices.fence(item.hs, item.origin) - 1) < TOO_NEAR


def _compared(world: World, question: Question) -> Question:
    """Return the question with the comparison, right or wrong, that finds each of its declarations low."""
    low = {compare: set(low_prices(world, question, compare)) for compare in GROUPS}
    low_by = (next((word for word in GROUPS if item.declaration_id in low[word]), "") for item in question.items)
    return dataclasses.replace(question, low_by=tuple(low_by))


def _line(item: Item, currency: str) -> str:
    return f"{item.declaration_id}: {item.hs} from {item.origin}, {amount(item.price_per_kg)} {currency}/kg"
