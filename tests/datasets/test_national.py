"""The real administrations of national mode: public facts, in neutral words."""

from __future__ import annotations

import pytest

from cep_toolkit.world import reference

REGIONS = {
    "Asia/Pacific": 30,
    "East and Southern Africa": 3,
    "Europe": 3,
    "North of Africa, Near and Middle East": 3,
    "South America, North America, Central America and the Caribbean": 3,
    "West and Central Africa": 3,
}
NO_DECIMALS = {"CLP", "JPY", "KRW", "VND", "VUV", "XAF", "XOF"}
THREE_DECIMALS = {"BHD", "JOD", "KWD", "OMR", "TND"}
TABLE = reference.load("national_administrations")


def test_codes_are_iso_and_never_those_of_the_invented_region() -> None:
    assert TABLE["code"].is_unique
    assert TABLE["code"].str.fullmatch("[A-Z]{2}").all()
    assert not TABLE["code"].str.fullmatch("AA|Q[M-Z]|X[A-Z]|ZZ").any()
    assert TABLE["code"].is_monotonic_increasing


def test_every_region_of_the_wco_is_there() -> None:
    count = TABLE["wco_region"].value_counts().to_dict()
    assert set(count) == set(REGIONS)
    assert all(count[region] >= least for region, least in REGIONS.items())


def test_names_are_neutral() -> None:
    names = TABLE["name"]
    assert names.is_unique
    assert set(names) >= {"Fiji", "Hong Kong, China", "Macao, China", "New Zealand"}
    assert not names.str.contains("(?i)republic of china|province|democratic republic of the|kingdom of|country").any()


def test_currencies_have_the_decimals_of_iso_4217() -> None:
    assert TABLE["currency"].str.fullmatch("[A-Z]{3}").all()
    for currency, decimals in zip(TABLE["currency"], TABLE["currency_decimals"], strict=True):
        expected = 0 if currency in NO_DECIMALS else 3 if currency in THREE_DECIMALS else 2
        assert decimals == expected, currency
    assert set(TABLE["currency"]) >= NO_DECIMALS | THREE_DECIMALS


def test_no_currency_is_one_of_the_invented_region() -> None:
    assert not set(TABLE["currency"]) & set(reference.load("administrations")["currency"])


@pytest.mark.parametrize("column", ["currency_name", "currency_decimals", "rate"])
def test_a_shared_currency_is_the_same_everywhere(column: str) -> None:
    assert (TABLE.groupby("currency")[column].nunique() == 1).all()


def test_rates_have_two_significant_digits() -> None:
    assert TABLE["rate"].between(1e-5, 4).all()
    assert (TABLE["rate"].map("{:.1e}".format).astype(float) == TABLE["rate"]).all()


def test_levels_are_possible() -> None:
    assert TABLE["vat_rate"].between(0, 27).all()
    assert TABLE["duty_free_share"].between(0, 100).all()
    assert TABLE["duty_max_usual"].between(0, 100).all()
    charged = 1 - TABLE["duty_free_share"] / 100
    assert (TABLE["duty_mean"] <= charged * TABLE["duty_max_usual"] + 0.06).all()
    assert ((TABLE["duty_mean"] == 0) == (TABLE["duty_free_share"] == 100)).all()


def test_every_row_names_its_source_and_year_and_says_when_it_is_rounded() -> None:
    assert TABLE["source"].str.contains("20[0-9]{2}").all()
    assert (TABLE["source"].str.startswith("rounded") == TABLE["approximate"]).all()
