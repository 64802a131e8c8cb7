"""All prices at once: groups, fences and doubtful prices, checked by a second way."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from cep_toolkit.errors import OutOfRangeError, UnknownValueError
from cep_toolkit.risk.price_book import PriceBook, cells, comparable_rows, doubtful, fences, price_book
from cep_toolkit.risk.prices import comparable, lower_fence, tail, with_price
from cep_toolkit.world import Scenario, World
from cep_toolkit.world.truth import Truth
from tests.risk.made import declarations


def test_groups_are_laid_one_after_the_other() -> None:
    parts = (declarations([1.0] * 3), declarations([2.0] * 4, origin="QU"), declarations([3.0] * 5, hs="620520"))
    table = pd.concat(parts, ignore_index=True).sample(frac=1, random_state=3)
    book = PriceBook.of(table)
    assert book.groups[["hs", "origin", "rows"]].to_numpy().tolist() == [
        ["620520", "QR", 5],
        ["610910", "QU", 4],
        ["610910", "QR", 3],
    ]
    assert book.prices[book.where("610910", "QU")].tolist() == [2.0] * 4
    assert book.prices[book.where("610910", "XX")].tolist() == []
    assert cells(book, at_least=4).to_numpy().tolist() == [["620520", "QR", 5], ["610910", "QU", 4]]


def test_what_has_no_price_is_left_out() -> None:
    table = declarations([1.0, 2.0, 3.0, 4.0, 5.0]).assign(net_mass_kg=[2.0, 0.0, -1.0, np.nan, 2.0])
    assert PriceBook.of(table.assign(hs=["610910"] * 4 + [None])).prices.tolist() == [1.0]
    empty = PriceBook.of(table.head(0))
    assert (len(empty.groups), len(cells(empty)), len(fences(empty)), len(doubtful(empty))) == (0, 0, 0, 0)


@settings(deadline=None)
@given(
    logs=st.lists(st.floats(-6, 3), min_size=90, max_size=150),
    kinds=st.lists(st.integers(0, 3), min_size=90, max_size=90),
)
def test_every_group_is_as_it_is_alone(logs: list[float], kinds: list[int]) -> None:
    table = declarations([math.exp(x) for x in logs])
    table["hs"] = [f"61091{(kinds * 2)[number]}" for number in range(len(table))]
    book = PriceBook.of(table)
    for row in book.groups.itertuples():
        alone = comparable(table, row.hs, row.origin)["price_per_kg"]
        assert book.prices[book.where(row.hs, row.origin)].tolist() == alone.tolist()
        assert (row.rows, row.typical) == (len(alone), pytest.approx(math.exp(np.median(np.log(alone)))))
        if row.rows >= 30:
            pd.testing.assert_series_equal(comparable_rows(book, row.hs, row.origin)["price_per_kg"], alone)


def test_a_world_has_one_book(world: World) -> None:
    assert price_book(world) is price_book(world)


@pytest.mark.parametrize("share", [0, 1, float("nan")])
def test_a_share_of_false_alarms_lies_between_none_and_all(share: float) -> None:
    with pytest.raises(OutOfRangeError, match="above 0 and below 1"):
        doubtful(PriceBook.of(declarations([1.0] * 40)), share)


def test_a_group_too_small_is_refused_with_those_that_are_not() -> None:
    table = pd.concat([declarations([1.0] * 3), declarations([2.0] * 40, origin="QU")], ignore_index=True)
    with pytest.raises(UnknownValueError, match=r"Valid: 610910 from QU\."):
        comparable_rows(PriceBook.of(table), "610910", "QR")


def test_all_fences_at_once_are_those_of_each_group(world: World) -> None:
    table = fences(price_book(world))
    assert len(table) > 20
    for row in table.sample(10, random_state=1).itertuples():
        prices = comparable(world.declarations, row.hs, row.origin)["price_per_kg"]
        alone = lower_fence(prices)
        assert (row.rows, row.typical, row.spread) == pytest.approx((alone.rows, alone.typical, alone.spread))
        assert row.threshold == pytest.approx(alone.threshold)
        assert row.below == (prices < alone.threshold).sum()
        assert row.above == (prices > alone.mirror).sum()


@settings(deadline=None)
@given(st.lists(st.floats(-6, 3), min_size=40, max_size=120), st.floats(0.05, 0.5))
def test_many_tests_are_corrected_for_as_benjamini_and_hochberg_say(logs: list[float], share: float) -> None:
    table = declarations([math.exp(x) for x in logs])
    fence = lower_fence(with_price(table)["price_per_kg"])
    chance = [tail((math.log(fence.typical) - x) / fence.spread) for x in logs]
    adjusted = stats.false_discovery_control(chance, method="bh")
    found = doubtful(PriceBook.of(table), share)["declaration_id"].tolist()
    clear = [number for number, each in enumerate(adjusted) if abs(each - share) > 1e-9]
    assert {number for number in clear if adjusted[number] <= share} == set(found) & set(clear)


def test_false_alarms_among_honest_declarations_are_as_many_as_said() -> None:
    """Over honest trade, the prices below their fences are between a third and one and a half of those expected."""
    expected = seen = 0.0
    for seed in range(6):
        scenario = Scenario(seed=seed, declarations=30_000)
        truth = Truth(scenario).declarations.set_index("declaration_id")["plot"]
        table = World(scenario).declarations
        honest = table[table["declaration_id"].map(truth) == ""]
        found = fences(PriceBook.of(honest))
        expected += 0.5 * len(found)
        seen += found["below"].sum()
    assert expected > 200
    assert 0.33 < seen / expected < 1.5
