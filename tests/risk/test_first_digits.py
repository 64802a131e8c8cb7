from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from scipy.stats import chisquare

from cep_toolkit.errors import OutOfRangeError
from cep_toolkit.risk.first_digits import (
    BANDS,
    DIGITS,
    NONCONFORMING,
    Digits,
    benford,
    chance_deviation,
    digits_of,
    false_alarms,
    first_digit,
)
from cep_toolkit.world import World

counts = st.tuples(*[st.integers(1, 1_000)] * 9)
FITS = Digits(tuple(round(10_000 * share) for share in benford()))


@given(st.integers(1, 10**12), st.integers(-3, 4))
@example(number=999_999_999_999, power=0)
def test_the_first_digit_is_the_one_that_is_written(number: int, power: int) -> None:
    amount = number / 10**-power if power < 0 else number * 10**power
    assert first_digit([amount]) == [int(str(number)[0])]


@pytest.mark.parametrize("power", range(-6, 16))
def test_powers_of_ten_begin_with_one_and_what_is_just_below_with_nine(power: int) -> None:
    assert first_digit([10.0**power, 0.999 * 10.0**power]).tolist() == [1, 9]


def test_the_law_sums_to_one_and_multiplying_keeps_it() -> None:
    assert sum(benford()) == pytest.approx(1)
    amounts = 10 ** np.random.default_rng(1).uniform(0, 6, 200_000)
    for times in (1.0, 0.5, 7.3):
        assert digits_of(amounts * times).deviation < chance_deviation(200_000, 0.999)


def test_digits_are_recomputed_with_sql(world: World) -> None:
    found = world.sql(
        "select left(ltrim(replace(printf('%.2f', customs_value), '.', ''), '0'), 1) as digit, count(*) as n "
        "from declarations where customs_value > 0 group by 1 order by 1"
    )
    assert digits_of(world.declarations["customs_value"]).counts == tuple(found["n"])


def test_the_deviation_is_recomputed_with_sql(world: World) -> None:
    digits = digits_of(world.declarations["net_mass_kg"])
    found = world.sql(
        "with digits as (select left(ltrim(replace(printf('%.3f', net_mass_kg), '.', ''), '0'), 1)::int as d "
        "from declarations where net_mass_kg > 0), shares as (select d, count(*) / sum(count(*)) over () as share "
        "from digits group by d) select sum(abs(coalesce(share, 0) - log10(1 + 1 / g.d))) / 9 as mad "
        "from (select unnest(range(1, 10)) as d) g left join shares using (d)"
    )
    assert digits.deviation == pytest.approx(float(found["mad"].iloc[0]))


@given(counts)
def test_chi_square_and_its_chance_are_those_of_scipy(counted: tuple[int, ...]) -> None:
    digits = Digits(counted)
    wanted = chisquare(counted, np.array(benford()) / sum(benford()) * sum(counted))
    assert digits.chi_square == pytest.approx(wanted.statistic)
    assert digits.chance == pytest.approx(wanted.pvalue, abs=1e-12)


@given(counts, st.integers(2, 50))
def test_more_of_the_same_leaves_the_deviation_and_multiplies_chi_square(counted: tuple[int, ...], times: int) -> None:
    once, often = Digits(counted), Digits(tuple(times * count for count in counted))
    assert often.deviation == pytest.approx(once.deviation)
    assert often.chi_square == pytest.approx(times * once.chi_square)


@pytest.mark.parametrize(
    ("moved", "band"), [(0, "close"), (400, "acceptable"), (600, "marginal"), (900, NONCONFORMING)]
)
def test_the_band_is_nigrinis(moved: int, band: str) -> None:
    shifted = Digits((FITS.counts[0] - moved, *FITS.counts[1:8], FITS.counts[8] + moved))
    assert shifted.deviation == pytest.approx(2 * moved / 10_000 / 9, abs=1e-4)
    assert shifted.band == band


@pytest.mark.parametrize("amounts", [40, 200, 1_000, 4_000])
def test_what_chance_makes_is_found_in_another_way(amounts: int) -> None:
    rng = np.random.default_rng(2)
    honest = 10 ** rng.uniform(0, 5, (2_000, amounts))  # over whole powers of ten the law holds exactly
    digit = np.floor(honest / 10 ** np.floor(np.log10(honest)))
    shares = np.stack([(digit == d).mean(axis=1) for d in DIGITS], axis=1)
    strays = np.abs(shares - np.array(benford())).mean(axis=1)
    assert chance_deviation(amounts) == pytest.approx(np.quantile(strays, 0.95), rel=0.06)
    assert false_alarms(amounts) == pytest.approx((strays > BANDS[-1][0]).mean(), abs=0.03)
    shares_of_law = np.array(benford())
    expected = np.sqrt(2 * shares_of_law * (1 - shares_of_law) / (math.pi * amounts)).mean()
    assert strays.mean() == pytest.approx(expected, rel=0.05)


def test_the_rule_of_thumb_in_the_text_holds() -> None:
    factor = sum(math.sqrt(2 * share * (1 - share) / math.pi) for share in benford()) / 9
    assert factor == pytest.approx(0.23, abs=0.005)


def test_of_forty_honest_invoices_nearly_all_fall_outside_the_bands() -> None:
    assert false_alarms(40) > 0.95
    assert false_alarms(5_000) == 0


def test_among_very_many_amounts_a_difference_too_small_to_matter_is_significant() -> None:
    nearly = Digits(tuple(100 * count + (9_000 if d == 1 else 0) for d, count in zip(DIGITS, FITS.counts, strict=True)))
    assert nearly.band == "close"
    assert nearly.chance < 1e-6
    assert "near the law" in nearly.figure().drawing.axes[0].get_title(loc="left")


def test_the_figure_says_what_it_shows() -> None:
    figure = FITS.figure()
    assert str(figure) == FITS.sentence
    assert "no more than chance explains" in FITS.sentence
    assert figure.drawing.axes[0].get_title(loc="left") == "The digits fit the law"
    assert [bar.get_height() for bar in figure.drawing.axes[0].patches] == pytest.approx([100 * s for s in FITS.shares])
    assert figure.png.startswith(b"\x89PNG")


def test_a_set_without_amounts_and_a_size_of_nothing_are_refused() -> None:
    with pytest.raises(OutOfRangeError, match="amounts above zero"):
        digits_of([0.0, -1.0])
    with pytest.raises(OutOfRangeError, match="1 or more"):
        chance_deviation(0)
    with pytest.raises(OutOfRangeError, match="between 0 and 1"):
        chance_deviation(40, 1.0)
