from __future__ import annotations

import pytest

from cep_toolkit.world import World
from cep_toolkit.world.codes import meanings

COLUMNS = (
    "departure",
    "incoterm",
    "lane",
    "office",
    "origin",
    "preference",
    "procedure",
    "supplementary_unit",
    "transport_mode",
    "valuation_method",
)


@pytest.mark.parametrize("column", COLUMNS)
def test_every_code_in_the_declarations_has_a_meaning(world: World, column: str) -> None:
    known = meanings(world, column)
    assert set(world.declarations[column].astype(str)) <= set(known)
    assert all(meaning.strip() for meaning in known.values())


def test_what_is_no_code_has_no_meanings(world: World) -> None:
    assert meanings(world, "description") == {}
    assert meanings(world, "nothing") == {}


def test_delivery_terms_tell_which_costs_the_price_includes(world: World) -> None:
    terms = meanings(world, "incoterm")
    assert terms["CIF"] == "The price includes freight and insurance to the border"
    assert terms["FOB"] == "The price includes neither freight nor insurance to the border"


def test_own_data_keeps_its_own_codes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "is_own_data", True)
    assert meanings(world, "procedure") == meanings(world, "lane") == {}
    assert "FOB" in meanings(world, "incoterm")
