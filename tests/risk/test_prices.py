"""The fence of one group of prices, checked by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cep_toolkit.errors import OutOfRangeError
from cep_toolkit.risk.prices import comparable, lower_fence, with_price
from tests.risk.made import declarations

PRICES = st.lists(st.floats(0.01, 1e6), min_size=30, max_size=200)


def test_the_fence_by_hand() -> None:
    # The logarithms are -1, 0 and 1, twenty of each: median 0, median absolute deviation 1.
    fence = lower_fence(pd.Series([math.exp(-1), 1.0, math.exp(1)] * 20), false_alarms=0.6)
    assert (fence.typical, fence.spread, fence.rows) == pytest.approx((1.0, 1.4826, 60))
    assert fence.threshold == pytest.approx(math.exp(1.4826 * stats.t(30).ppf(0.01)))
    assert fence.expected == pytest.approx(0.6)
    assert fence.mirror == pytest.approx(1 / fence.threshold)


@given(PRICES, st.floats(0.01, 1000))
def test_another_currency_changes_nothing_but_the_unit(prices: list[float], rate: float) -> None:
    one, other = lower_fence(pd.Series(prices)), lower_fence(pd.Series(prices) * rate)
    assert other.typical == pytest.approx(one.typical * rate)
    assert other.threshold == pytest.approx(one.threshold * rate, rel=1e-6)
    assert other.spread == pytest.approx(one.spread, rel=1e-6, abs=1e-9)


@given(PRICES, st.floats(0, 0.4))
def test_a_few_outliers_however_low_do_not_move_the_fence_much(prices: list[float], part: float) -> None:
    clean = pd.Series(prices)
    low = pd.Series([1e-9] * int(part * 0.2 * len(prices)))
    moved = lower_fence(pd.concat([clean, low], ignore_index=True))
    inner = clean.quantile([0.2, 0.8])
    assert inner.iloc[0] * (1 - 1e-9) <= moved.typical <= inner.iloc[1] * (1 + 1e-9)


@given(PRICES)
def test_more_tests_move_the_fence_outwards(prices: list[float]) -> None:
    once, twice = lower_fence(pd.Series(prices)), lower_fence(pd.Series(prices * 2))
    assert twice.threshold < once.threshold <= once.typical


def test_equal_prices_have_a_fence_a_little_below_them() -> None:
    fence = lower_fence(pd.Series([5.0] * 40))
    assert 0.8 * 5 < fence.threshold < 5


@pytest.mark.parametrize(
    ("prices", "alarms", "says"),
    [
        (29, 0.5, "allowed is 30 or more"),
        (0, 0.5, "allowed is 30 or more"),
        (40, 0, "above 0 and below half"),
        (40, 20, "above 0 and below half"),
        (40, float("nan"), "above 0 and below half"),
    ],
)
def test_what_a_fence_cannot_be_made_from(prices: int, alarms: float, says: str) -> None:
    with pytest.raises(OutOfRangeError, match=says):
        lower_fence(pd.Series(np.arange(1.0, prices + 1)), alarms)


def test_a_threshold_of_ones_own_counts_its_false_alarms() -> None:
    fence = lower_fence(pd.Series(np.geomspace(1, 100, 101))).at(10.0)
    assert fence.expected == pytest.approx(101 / 2)
    with pytest.raises(OutOfRangeError, match="above zero"):
        fence.at(0)


def test_only_rows_with_value_and_mass_have_a_price() -> None:
    table = declarations([1.0, 2.0, 3.0]).assign(net_mass_kg=[2.0, 0.0, -1.0])
    assert with_price(table)["price_per_kg"].tolist() == [1.0]


def test_comparable_goods_share_subheading_and_origin() -> None:
    parts = (declarations([1.0] * 3), declarations([2.0] * 4, origin="QU"), declarations([3.0] * 5, hs="620520"))
    table = pd.concat(parts, ignore_index=True)
    assert comparable(table, "610910", "QR")["price_per_kg"].tolist() == [1.0] * 3
