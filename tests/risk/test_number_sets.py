from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from cep_toolkit.risk.first_digits import BANDS, NONCONFORMING, chance_deviation
from cep_toolkit.risk.number_sets import OBJECTIONS, Numbers, enough, numbers_of

RNG = np.random.default_rng(3)
WIDE = pd.Series(10 ** RNG.uniform(0, 5, 3_000)).round(2)
NARROW = pd.Series(RNG.uniform(5_000, 20_000, 3_000)).round()


def summed(values: pd.Series, assigned: bool = False) -> Numbers:
    numbers = numbers_of(values, assigned)
    assert numbers is not None
    return numbers


@pytest.mark.parametrize(
    ("values", "assigned", "objection"),
    [
        (WIDE, False, "none"),
        (WIDE, True, "assigned"),
        (pd.Series([5.0, 13.0, 20.0] * 1_000), False, "fixed"),
        (WIDE[:40], False, "few"),
        (NARROW, False, "narrow"),
        (pd.Series([5.0, 13.0] * 20), False, "fixed"),  # how they arose comes before how many they are
        (NARROW[:40], False, "few"),  # and how many before how far they reach
    ],
)
def test_the_first_objection_counts(values: pd.Series, assigned: bool, objection: str) -> None:
    assert summed(values, assigned).objection == objection in OBJECTIONS


def test_honest_amounts_over_many_powers_do_not_depart_and_are_clear() -> None:
    numbers = summed(WIDE)
    assert not numbers.departs
    assert numbers.clear


def test_wages_depart_clearly_although_they_are_honest() -> None:
    wages = summed(pd.Series([*RNG.uniform(1_000, 2_000, 1_200), *RNG.uniform(20_000, 30_000, 800)]))
    assert (wages.objection, wages.departs, wages.clear) == ("none", True, True)
    assert wages.digits.band == NONCONFORMING


def test_a_small_set_is_clear_only_where_the_band_misleads() -> None:
    small = [summed(WIDE[start : start + 40]) for start in range(0, 2_000, 40)]
    assert all(not each.departs and each.digits.band == NONCONFORMING for each in small if each.clear)
    assert sum(each.clear for each in small) > len(small) / 2


def test_between_rule_and_free_amounts_nothing_is_clear() -> None:
    mixed = pd.concat([pd.Series([100.0] * 2_000), WIDE[:1_000]], ignore_index=True)
    assert not summed(mixed).clear


def test_what_is_not_above_zero_is_left_out() -> None:
    assert summed(pd.Series([0.0, -3.0, 7.0])).digits.amounts == 1
    assert numbers_of(pd.Series([0.0])) is None


def test_enough_is_where_honest_sets_stay_inside_the_bands() -> None:
    assert chance_deviation(enough()) <= BANDS[-1][0] < chance_deviation(enough() - 40)
