"""The invented region: its codes, currencies, offices and languages."""

from __future__ import annotations

import string

import pytest

from cep_toolkit.world import reference
from cep_toolkit.world.population import MODES

HOSTS = [f"Q{letter}" for letter in "MNOPQRSTUVWXYZ"] + [f"X{letter}" for letter in "ABCDEFGHJL"]
# ISO 4217, list one and list three, all that begin with Q or X; XBT is in use though never in the standard.
REAL_CURRENCIES = "QAR|XA[DFGU]|XB[ABCDT]|XC[DG]|XDR|XEU|XF[OU]|XOF|XP[DFT]|XRE|XSU|XTS|XUA|XXX"
COASTLESS = {"QT", "XD"}


def test_the_administrations_are_the_24() -> None:
    assert sorted(reference.load("administrations")["code"]) == HOSTS


@pytest.mark.parametrize("column", ["code", "name", "currency", "currency_name", "trade_weight"])
def test_no_two_administrations_share_a(column: str) -> None:
    assert reference.load("administrations")[column].is_unique


def test_currencies_are_of_nobody_else() -> None:
    table = reference.load("administrations")
    assert table["currency"].str.fullmatch("[A-Z]{3}").all()
    assert (table["currency"].str[:2] == table["code"]).all()
    assert not table["currency"].str.fullmatch(REAL_CURRENCIES).any()
    assert table["currency_decimals"].isin([0, 2, 3]).all()
    assert table["rate"].between(0.004, 3).all()


def test_the_region_has_a_few_hubs_and_a_map() -> None:
    table = reference.load("administrations")
    assert (table["trade_weight"] > 0).all()
    assert table["free_zone_share"].between(0, 1).all()
    assert 3 <= (table["free_zone_share"] >= 0.1).sum() <= 5
    assert table[["x", "y"]].ge(0).all(axis=None)
    assert table[["x", "y"]].le(100).all(axis=None)
    assert not table.duplicated(["x", "y"]).any()


def test_offices_are_keyed_by_their_administration() -> None:
    table = reference.load("offices")
    assert table["office"].is_unique
    assert table["name"].is_unique
    assert table["locode"].is_unique
    assert set(table["administration"]) == set(HOSTS)
    assert (table["office"].str[:2] == table["administration"]).all()
    assert (table["locode"].str[:2] == table["administration"]).all()
    assert table["office"].str.fullmatch("[A-Z]{2}[0-9]{2}").all()
    assert table["locode"].str.fullmatch("[A-Z]{5}").all()


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_has_offices_for_every_mode(host: str) -> None:
    offices = reference.load("offices")
    kinds = offices.loc[offices["administration"] == host, "kind"].value_counts().to_dict()
    assert set(kinds) - {"seaport"} == {"airport", "inland", "land", "post"}
    assert (kinds.get("seaport", 0) == 0) == (host in COASTLESS)
    assert kinds["land" if host in COASTLESS else "seaport"] >= 2
    assert 6 <= sum(kinds.values()) <= 9


def test_every_language_is_spoken_and_every_tongue_is_known() -> None:
    languages = reference.load("languages")
    assert len(languages) == 8
    assert set(languages["language"]) == set(reference.load("administrations")["language"])


@pytest.mark.parametrize("column", ["onsets", "nuclei", "codas", "given_endings", "surname_endings", "place_endings"])
def test_sounds_are_small_letters_without_repetition(column: str) -> None:
    for bank in reference.load("languages")[column]:
        sounds = bank.split()
        assert len(set(sounds)) == len(sounds) >= 4
        assert set("".join(sounds)) <= set(string.ascii_lowercase)


def test_no_two_languages_sound_alike() -> None:
    languages = reference.load("languages").set_index("language")
    beginnings = {
        name: {onset + nucleus for onset in row["onsets"].split() for nucleus in row["nuclei"].split()}
        for name, row in languages.iterrows()
    }
    for name, sounds in beginnings.items():
        for other, theirs in beginnings.items():
            assert name == other or len(sounds & theirs) < len(sounds) / 5, (name, other)


def test_transport_modes_are_those_of_the_world() -> None:
    assert tuple(reference.load("transport_modes")["mode"]) == MODES


def test_no_firm_bears_one_word_twice() -> None:
    for _, bank in reference.load("languages").iterrows():
        assert not set(bank["firm_words"].split()) & set(bank["legal_forms"].split())
