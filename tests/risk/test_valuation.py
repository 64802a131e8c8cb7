from __future__ import annotations

import pytest

from cep_toolkit.errors import UnknownValueError
from cep_toolkit.risk.prices import FEWEST, comparable
from cep_toolkit.risk.valuation import FACTS, STEPS, ValuationFile, fact, next_step, valuation_file, valuation_files
from cep_toolkit.world import World
from cep_toolkit.world.arrays import instances


def on_file(**changes: object) -> ValuationFile:
    plain: dict[str, object] = {
        "declaration_id": "1",
        "invoice_number": "AB-000001",
        "invoice_value": 900.0,
        "currency": "QRR",
        "related": False,
        "reply": "Old stock.",
        "reason": "stock_lot",
        "document": "contract",
        "document_amount": 900.0,
        "document_text": "Contract.",
    }
    return ValuationFile(**(plain | changes))  # type: ignore[arg-type]  # the fields of one file


NO_PAPER = {"document": "", "document_amount": 0.0, "document_text": ""}
SILENT = {"reply": "", "reason": ""} | NO_PAPER
SELLER = {"document": "seller_letter", "document_text": "We, the seller, confirm the price."}
STUDY = {"document": "transfer_pricing_study"}


@pytest.mark.parametrize(
    ("changes", "shown", "step"),
    [
        ({}, "agrees", "accept"),
        ({"document_amount": 905.0}, "agrees", "accept"),  # rounding and bank charges are no contradiction
        ({"document_amount": 920.0}, "higher", "refer"),
        ({"document_amount": 500.0}, "agrees", "accept"),  # a lower price elsewhere takes no duty from Customs
        (SELLER, "seller", "document"),  # it repeats the invoice: ask for a paper behind which others stand
        (SELLER | {"document_amount": 2_000.0}, "higher", "refer"),  # against its own invoice the seller is believed
        (NO_PAPER, "no_paper", "document"),
        (SILENT, "no_reply", "grounds"),
        ({"related": True}, "agrees", "relationship"),
        ({"related": True} | NO_PAPER, "no_paper", "relationship"),
        ({"related": True} | SELLER, "seller", "relationship"),
        ({"related": True} | STUDY, "agrees", "accept"),
        ({"related": True} | SILENT, "no_reply", "grounds"),
        ({"related": True, "document_amount": 2_000.0} | STUDY, "higher", "refer"),
        ({"related": True, "document_amount": 2_000.0}, "higher", "refer"),
    ],
)
def test_the_next_lawful_step(changes: dict[str, object], shown: str, step: str) -> None:
    assert (fact(on_file(**changes)), next_step(on_file(**changes))) == (shown, step)
    assert shown in FACTS
    assert step in STEPS


def test_every_file_of_a_world_is_whole(world: World) -> None:
    table = valuation_files(world)
    letters = world.table("correspondence")
    assert table["declaration_id"].is_unique
    assert len(table) == (letters["kind"] == "doubt").sum() > 50
    assert ((table["reply"] == "") <= (table["document"] == "")).all()
    assert ((table["document"] == "") == (table["document_amount"] == 0)).all()
    one = valuation_file(world, table["declaration_id"].iloc[3])
    assert one.invoice_value == table["invoice_value"].iloc[3]


def test_a_file_names_the_firms_and_compares_the_price_with_its_own_kind(world: World) -> None:
    table = valuation_files(world)
    assert table["importer"].isin(world.table("traders")["name"]).all()
    assert table["seller"].isin(world.table("suppliers")["name"]).all()
    enough = table["compared"] >= FEWEST
    assert enough.any()
    assert (~enough).any()
    assert ((table["typical_price"] > 0) == enough).all()
    for place in (table.index[enough][0], table.index[~enough][0]):
        file = table.loc[place]
        group = comparable(world.declarations, file["hs"], file["origin"]).set_index("declaration_id")["price_per_kg"]
        assert file["compared"] == len(group)
        assert file["price_per_kg"] == group[int(file["declaration_id"])]
        assert file["typical_price"] == (group.median() if len(group) >= FEWEST else 0.0)


def test_every_kind_of_paper_in_a_world_is_weighed(world: World) -> None:
    files = instances(ValuationFile, valuation_files(world))
    assert {fact(file) for file in files} == set(FACTS)
    assert {next_step(file) for file in files} == set(STEPS)


def test_a_declaration_without_letters_is_refused(world: World) -> None:
    with pytest.raises(UnknownValueError, match='"1" is not known'):
        valuation_file(world, 1)
