from __future__ import annotations

import pytest

from cep_toolkit.world import World, reference
from cep_toolkit.world.codes import meanings
from cep_toolkit.world.columns import tables

COLUMNS = (
    ("controls", "finding"),
    ("controls", "kind"),
    ("controls", "selected_by"),
    ("correspondence", "document"),
    ("correspondence", "kind"),
    ("correspondence", "reason"),
    ("declarations", "departure"),
    ("declarations", "hs"),
    ("declarations", "incoterm"),
    ("declarations", "lane"),
    ("declarations", "lane_rule"),
    ("declarations", "office"),
    ("declarations", "origin"),
    ("declarations", "preference"),
    ("declarations", "procedure"),
    ("declarations", "supplementary_unit"),
    ("declarations", "transport_mode"),
    ("declarations", "valuation_method"),
    ("refunds", "explanation"),
    ("transits", "explanation"),
)


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_code_in_a_table_has_a_meaning(world: World, table: str, column: str) -> None:
    known = meanings(world, table, column)
    assert set(world.table(table)[column].astype(str)) - {""} <= set(known)
    assert all(meaning.strip() for meaning in known.values())


def test_every_word_of_the_dictionary_s_lists_of_codes_is_one_that_its_column_may_hold() -> None:
    rules = {(table, column.name): column.rule for table, columns in tables().items() for column in columns}
    for row in reference.load("codes").itertuples():
        rule = rules[row.table, row.column]
        if rule.startswith("in: "):
            assert row.code in rule.removeprefix("in: ").split()


def test_what_is_no_code_has_no_meanings(world: World) -> None:
    assert meanings(world, "declarations", "description") == {}
    assert meanings(world, "declarations", "nothing") == {}


def test_delivery_terms_tell_which_costs_the_price_includes(world: World) -> None:
    terms = meanings(world, "declarations", "incoterm")
    assert terms["CIF"] == "The price includes freight and insurance to the border"
    assert terms["FOB"] == "The price includes neither freight nor insurance to the border"


def test_own_data_keeps_its_own_codes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "is_own_data", True)
    assert meanings(world, "declarations", "procedure") == meanings(world, "declarations", "lane") == {}
    assert "FOB" in meanings(world, "declarations", "incoterm")
