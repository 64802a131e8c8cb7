"""Lists of twelve declarations to be asked about: which groups, which prices, which of them confuse."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import chain, combinations, islice, zip_longest
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from cep_toolkit.course.listed_prices import GROUPS, Item, Prices, Question, low_prices
from cep_toolkit.world.arrays import instances

if TYPE_CHECKING:
    from cep_toolkit.world import World


LISTED, AT_MOST = 12, 5
TOO_NEAR = 0.02
LARGEST, TRIED = 400, 600
"""Of so many groups, the largest, and so many threes a question is made: own data may have tens of thousands."""
MIRRORED = 1  # where more prices lie as far above, the tail is longer than the fence reckons with


def price_lists(world: World) -> Iterator[Question]:
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
