from __future__ import annotations

import re

from cep_toolkit.world import Scenario, World
from cep_toolkit.world.currency import known, money


def test_every_currency_of_the_region_has_as_many_decimals_as_its_amounts() -> None:
    declared = World(Scenario(declarations=5_000)).declarations
    for currency, values in declared.groupby("invoice_currency", observed=True)["invoice_value"]:
        assert (values.round(known()[str(currency)]) == values).all(), currency


def test_letters_write_amounts_with_the_decimals_of_their_currency() -> None:
    found = 0
    for seed in (1, 2, 3):
        world = World(Scenario(seed=seed, declarations=20_000))
        declared = world.declarations.astype({"invoice_currency": "str"}).set_index("declaration_id")
        papers = world.table("correspondence").dropna(subset=["amount"])
        for paper in papers.itertuples():
            currency = declared.at[paper.declaration_id, "invoice_currency"]
            written = money(paper.amount, currency)
            assert re.search(rf"(?<![\d,.]){re.escape(written)}(?![\d,]|\.\d)", paper.text), paper.text
            found += known()[currency] != 2
    assert found, "no letter of a currency without cents was read"
