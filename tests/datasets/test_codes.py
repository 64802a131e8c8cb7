"""Codes of a declaration, the tariff, and what one table says of another."""

from __future__ import annotations

import numpy as np
import pytest

from cep_toolkit.world import reference
from cep_toolkit.world.observers import controls, correspondence, lanes
from cep_toolkit.world.typologies import TYPOLOGIES
from cep_toolkit.world.typologies.misclassification import LEAST_GAIN
from cep_toolkit.world.typologies.undervaluation import Undervaluation

KEYS = {
    "cargo_forms": "hs",
    "field_figures": "figure",
    "incoterms": "code",
    "innocent_reasons": "reason",
    "lanes": "lane",
    "languages": "language",
    "procedures": "code",
    "tariff": "hs",
    "transport_modes": "mode",
    "valuation_methods": "method",
}
WITH_INSURANCE = {"CIF", "CIP", "DAP", "DDP", "DPU"}
WITH_FREIGHT = WITH_INSURANCE | {"CFR", "CPT"}
BY_SEA = {"CFR", "CIF", "FAS", "FOB"}


@pytest.mark.parametrize("name", sorted(KEYS))
def test_keys_are_unique(name: str) -> None:
    assert reference.load(name)[KEYS[name]].is_unique


@pytest.mark.parametrize("name", ["incoterms", "procedures"])
def test_shares_in_trade_are_positive(name: str) -> None:
    assert (reference.load(name)["weight"] > 0).all()
    assert reference.load(name)["weight"].sum() == pytest.approx(100)


def test_incoterms_are_the_eleven_of_2020() -> None:
    table = reference.load("incoterms").set_index("code")
    assert set(table.index) == WITH_FREIGHT | BY_SEA | {"EXW", "FCA"}
    assert set(table.index[table["freight_included"]]) == WITH_FREIGHT
    assert set(table.index[table["insurance_included"]]) == WITH_INSURANCE
    assert set(table.index[table["sea_only"]]) == BY_SEA


def test_procedures_are_four_digits() -> None:
    assert reference.load("procedures")["code"].str.fullmatch("[4-6][0-9]{3}").all()


def test_valuation_methods_are_in_order_with_their_articles() -> None:
    table = reference.load("valuation_methods")
    assert list(table["method"]) == [1, 2, 3, 4, 5, 6]
    articles = ["Articles 1 and 8", "Article 2", "Article 3", "Article 5", "Article 6", "Article 7"]
    assert list(table["article"]) == articles


def test_mode_codes_are_those_of_recommendation_19() -> None:
    modes = reference.load("transport_modes").set_index("mode")["code"].to_dict()
    assert modes == {"sea": "1", "rail": "2", "road": "3", "air": "4", "post": "5"}


def test_lanes_are_those_of_the_world() -> None:
    assert sorted(reference.load("lanes")["lane"]) == sorted(lanes.LANES)


def test_every_innocent_reason_of_a_decoy_is_explained() -> None:
    known = {reason for typology in TYPOLOGIES for reason in typology.reasons}
    assert set(reference.load("innocent_reasons")["reason"]) == known


def test_every_kind_of_letter_and_paper_has_phrases() -> None:
    kinds = set(reference.load("reply_phrases")["kind"])
    papers = set(correspondence.PAPER.values()) | {"payment", "second_invoice", correspondence.SELLER_LETTER}
    reasons = set(Undervaluation.reasons)  # the others are given on other occasions than a letter about a price
    assert kinds == {"doubt_letter", "evasive"} | {f"document_{p}" for p in papers} | {f"reason_{r}" for r in reasons}


def test_every_kind_of_remark_has_phrases() -> None:
    kinds = set(reference.load("control_remarks")["kind"])
    found = set(controls.FINDINGS) - {"none"}
    assert kinds == {f"nil_{kind}" for kind in controls.KINDS} | {f"{finding}_found" for finding in found}


def test_figures_lie_between_their_limits_and_name_their_source() -> None:
    table = reference.load("field_figures")
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
    assert (table["source"] != "").all()
    korean = table["source"].str.contains("Korean")
    assert korean.any()
    assert table.loc[korean, "source"].str.contains("synthetic").all()


def test_the_tariff_is_a_tree_of_codes() -> None:
    table = reference.load("tariff")
    assert table["hs"].str.fullmatch("[0-9]{6}").all()
    assert (table["hs"].str[:2] == table["chapter"]).all()
    assert (table["hs"].str[:4] == table["heading"]).all()
    assert not table["chapter"].isin(["77", "98", "99"]).any()
    assert table["popularity"].is_unique
    assert table["unit"].isin(["kg", "l", "m2", "m3", "pa", "u"]).all()


def test_amounts_of_the_tariff_are_possible() -> None:
    table = reference.load("tariff")
    assert (table[["kg_per_unit", "price_per_kg", "spread", "typical_mass_kg"]] > 0).all(axis=None)
    assert table["duty_rate"].between(0, 100).all()
    assert table["vat_rate"].between(0, 30).all()


def test_neighbours_are_other_subheadings_of_the_tariff() -> None:
    table = reference.load("tariff")
    known = set(table["hs"])
    for hs, text in zip(table["hs"], table["neighbours"], strict=True):
        near = set(text.split(";")) - {""}
        assert near <= known - {hs}


def test_every_pair_with_something_to_gain_was_judged() -> None:
    tariff = reference.load("tariff").set_index("hs")
    duty = tariff["duty_rate"]
    pairs = reference.load("disputed_pairs")
    gain = {
        (hs, near)
        for hs, text in tariff["neighbours"].items()
        for near in text.split(";")
        if near and duty[hs] - duty[near] >= LEAST_GAIN
    }
    assert not pairs.duplicated(["hs", "neighbour"]).any()
    assert set(pairs[["hs", "neighbour"]].itertuples(index=False, name=None)) == gain
    assert {True, False} == set(pairs["ruling"])


def test_every_judgement_has_a_ground_in_one_short_sentence() -> None:
    for ground in reference.load("disputed_pairs")["ground"]:
        assert ground.isascii()
        assert ground.endswith(".")
        assert ground[:-1].count(". ") == 0
        assert 5 <= len(ground.split()) <= 20


def test_every_subheading_has_phrases_of_both_kinds() -> None:
    table = reference.load("goods_phrases")
    assert set(table["precision"]) == {"plain", "precise", "vague"}
    assert set(table["hs"]) == set(reference.load("tariff")["hs"])
    assert not table.duplicated(["hs", "phrase"]).any()
    assert (table["phrase"].str.strip() == table["phrase"]).all()
    assert not table["phrase"].str.contains(r"[{}\[\]|]").any()
    for _, rows in table.groupby("hs"):
        assert {"vague"} < set(rows["precision"])


def test_no_pesticide_holds_what_the_notes_of_its_chapter_put_elsewhere() -> None:
    """Subheading Notes 1 and 2 to Chapter 38: with these substances goods go to 3808.52 to 3808.69."""
    table = reference.load("goods_phrases")
    words = " ".join(table.loc[table["hs"].str.startswith("3808"), "phrase"]).casefold()
    hazardous = (
        "alachlor aldicarb aldrin azinphos binapacryl camphechlor captafol carbofuran chlordane chlordimeform "
        "chlorobenzilate ddt dieldrin dinoseb endosulfan fluoroacetamide heptachlor hexachloro lindane mercur "
        "methamidophos monocrotophos oxirane parathion pentachlorophenol phosphamidon 2,4,5-t tributyltin trichlorfon"
    )
    against_mosquitoes = (
        "alpha-cypermethrin bendiocarb bifenthrin chlorfenapyr cyfluthrin deltamethrin etofenprox fenitrothion "
        "lambda-cyhalothrin malathion pirimiphos propoxur"
    )
    assert [name for name in (hazardous + " " + against_mosquitoes).split() if name in words] == []


def test_every_form_is_known_and_what_is_cold_has_its_temperature() -> None:
    from cep_toolkit.world.forms import FORMS

    table = reference.load("cargo_forms")
    assert set(table["form"]) <= set(FORMS)
    assert (table["setpoint"].notna() == (table["form"] == "refrigerated")).all()
    codes = reference.load("tariff")["hs"]
    assert [hs for hs in table["hs"] if not codes.str.startswith(hs).any()] == []


def test_no_description_says_by_what_it_comes_or_how_much_of_it() -> None:
    """The same words stand on goods of a few kilograms by air and of a shipload, in any number of packages."""
    table = reference.load("goods_phrases")
    means = r"\bby (?:air|sea|road|rail)\b|airfreight|air freight|\bvessel\b|\btankers?\b|ISO tank|flexitank|\bIBC\b"
    amount = (
        r"container load|one container|\bcargo$|, reefer\b|\bhead$|big bags|\b[0-9]{2,}(?:\.\d+)? kg (?:[a-z]+ )*bags"
    )
    assert table.loc[table["phrase"].str.contains(f"{means}|{amount}"), "phrase"].tolist() == []


def test_what_may_be_loose_in_a_hold_is_described_without_drums_or_bags() -> None:
    from cep_toolkit.world.forms import FORMS, forms_of

    table = reference.load("goods_phrases")
    form = np.array(FORMS)[forms_of(tuple(table["hs"])).form]
    loose = table[np.isin(form, ["dry_bulk", "gas", "liquid"])]
    assert not loose["phrase"].str.contains(r"\b(?:drums?|barrels?|big bags|in bags)\b").any()
