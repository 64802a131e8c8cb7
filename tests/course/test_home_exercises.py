"""What the gate does not ask of notebook 12's home exercises."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest

from cep_toolkit.checking.store import MemoryStore
from cep_toolkit.course import origin, quantity
from cep_toolkit.course.messages import NO_CASE_HERE
from cep_toolkit.course.origin import SHOWN, STEP, Origin
from cep_toolkit.course.quantity import Quantity
from cep_toolkit.course.text import lettered
from cep_toolkit.course.workbook import Workbook
from cep_toolkit.errors import UnknownValueError
from cep_toolkit.own_data import import_declarations
from cep_toolkit.risk.origin import claims_by_way, sentence
from cep_toolkit.risk.quantity import mass_figure
from cep_toolkit.world import Scenario, World
from tests.own_data.made import KOREAN, korean_rows, text_of


@pytest.fixture(scope="module")
def consignments(world: World) -> origin.Question:
    return Origin().pose(world, None)


@pytest.fixture(scope="module")
def listed(world: World) -> quantity.Question:
    return Quantity().pose(world, None)


# Origin -------------------------------------------------------------------------------------------------------------


def test_the_five_consignments_need_four_different_steps(consignments: origin.Question) -> None:
    steps = [cells[STEP] for cells in origin.decide(consignments, "claim").values()]
    assert sorted(steps) == ["accept", "ordinary", "transit", "way", "way"]


@pytest.mark.parametrize(("administration", "seed"), [("XA", 1), ("FJ", 5), ("JP", 5), ("QM", 3)])
def test_no_claim_is_posed_of_which_two_may_be_asked_first(administration: str, seed: int) -> None:
    small = World(Scenario(administration, seed, declarations=5_000))
    for question in islice(Origin().candidates(small), 20):
        assert all(not file.claimed or file.shows in ("loaded", "absent") for file in question.files)


def test_goods_from_a_stock_and_from_a_neighbours_port_both_stand_in_the_list(consignments: origin.Question) -> None:
    open_ways = [file for file in consignments.files if file.claimed and file.shows == "absent"]
    assert sorted(file.sent_from == file.loading for file in open_ways) == [False, True]


def test_the_accepted_claim_changed_vessels(consignments: origin.Question) -> None:
    decided = origin.decide(consignments, "claim")
    for letter, file in lettered(consignments.files):
        if decided[letter][STEP] == "accept":
            assert file.transhipment not in ("", file.origin)


def test_every_consignment_is_decided_again_from_the_tables(world: World, consignments: origin.Question) -> None:
    decided = origin.decide(consignments, "claim")
    bills = world.table("manifests").astype({"bill": "str"}).set_index("bill")
    declared = world.declarations.astype({"transport_document": "str"}).set_index("transport_document")
    for letter, file in lettered(consignments.files):
        bill = bills.loc[file.bill]
        if file.bill not in declared.index:
            assert bill["status"] == "transit"
            assert decided[letter] == {SHOWN: "onward", STEP: "transit"}
            continue
        row = declared.loc[file.bill]
        way = [bill["loading"], bill["transhipment"]]
        place = way.index(row["origin"]) if row["origin"] in way else 2
        shows, step = (("loaded", "accept"), ("passed", "way"), ("absent", "way"))[place]
        assert decided[letter] == {SHOWN: shows, STEP: step if row["preference"] == "300" else "ordinary"}


def test_no_place_in_the_list_belongs_to_one_step() -> None:
    places = set()
    for seed in range(6):
        question = Origin().pose(World(Scenario(seed=seed, declarations=5_000)), None)
        places.add(tuple(cells[STEP] for cells in origin.decide(question, "claim").values()).index("transit"))
    assert len(places) > 1


def test_transhipment_and_suspicion_refuse_different_claims(consignments: origin.Question) -> None:
    def refused(first: str) -> set[str]:
        return {letter for letter, cells in origin.decide(consignments, first).items() if cells[STEP] == "refuse"}

    assert not refused("claim")
    assert refused("doubt") == refused("loading")
    assert refused("transhipment") - refused("doubt")


# Quantity -----------------------------------------------------------------------------------------------------------


def test_the_consignments_to_weigh_are_found_again_from_the_tables(world: World, listed: quantity.Question) -> None:
    names = ", ".join(item.declaration_id for item in listed.items)
    again = world.sql(
        f"""
        select cast(declaration_id as varchar) as found
        from declarations d join manifests m on bill = transport_document
        where declaration_id in ({names})
          and m.gross_mass_kg - d.gross_mass_kg > greatest(d.gross_mass_kg / 10, 1)
        """
    )
    assert set(quantity.too_heavy(listed, "gross mass")) == set(again["found"])
    assert 2 <= len(again) <= 3


def test_the_list_holds_what_seems_too_heavy_in_every_wrong_way(listed: quantity.Question) -> None:
    right = set(quantity.too_heavy(listed, "gross mass"))
    for compare in ("net mass", "share alone", "any difference"):
        found = set(quantity.too_heavy(listed, compare))
        assert right < found
        assert len(found) <= quantity.AT_MOST
    for compare in ("kilograms", "value"):
        found = set(quantity.too_heavy(listed, compare))
        assert len(found) == len(right)
        assert found != right


def test_printed_masses_are_enough_to_decide(world: World, listed: quantity.Question) -> None:
    right = quantity.too_heavy(listed, "gross mass")
    for item in listed.items:
        gross, bill = round(item.gross_mass_kg, 1), round(item.bill_mass_kg, 1)
        assert (bill > gross + max(gross / 10, 1)) == (item.declaration_id in right)
        assert f"| {item.gross_mass_kg:,.1f} | {item.bill_mass_kg:,.1f} |" in Quantity().prompt(listed)


def item(**changes: object) -> quantity.Item:
    plain: dict[str, object] = {
        "declaration_id": "24046104",
        "description": "Clogs",
        "packages": 14,
        "net_mass_kg": 481.1,
        "gross_mass_kg": 564.46,
        "bill_mass_kg": 648.0,
        "customs_value": 8_703.0,
        "bill": "BL-00000001",
    }
    return quantity.Item(**(plain | changes))  # type: ignore[arg-type]  # the fields of one item


def test_packing_counted_twice_is_named_only_where_the_masses_show_it(world: World) -> None:
    for bill, named in ((648.0, True), (700.0, False)):
        told = Quantity().explanation(world, quantity.Question((item(bill_mass_kg=bill),), "XAS"))
        assert ("packing that was counted twice" in told) == named
        assert "allowed up to 621.0 kg" in told  # rounded up, so that what is printed is still allowed


def test_goods_loose_in_a_hold_are_not_sent_to_a_weighbridge(world: World) -> None:
    for question in islice(Quantity().candidates(world), 20):
        assert not [each for each in question.items if each.packages == 1 and each.gross_mass_kg > quantity.LOOSE_KG]


def test_a_reply_that_says_no_heavier_is_true(listed: quantity.Question) -> None:
    said = Quantity().fields(listed)["declarations"].when_wrong  # type: ignore[attr-defined]  # of a list of rows
    for each in listed.items:
        if "no heavier" in said.get(each.declaration_id, ""):
            assert each.excess_kg <= 0


def test_each_consignment_knows_the_comparison_in_which_it_seems_too_heavy(listed: quantity.Question) -> None:
    right = quantity.too_heavy(listed, "gross mass")
    for item, seems in zip(listed.items, listed.seems, strict=True):
        assert (seems == "gross mass") == (item.declaration_id in right)
        assert not seems or item.declaration_id in quantity.too_heavy(listed, seems)


# Both ---------------------------------------------------------------------------------------------------------------


def test_a_misspelt_word_in_the_blank_is_answered_with_the_nearest(
    consignments: origin.Question, listed: quantity.Question
) -> None:
    with pytest.raises(UnknownValueError, match='Did you mean "claim"'):
        origin.decide(consignments, "clam")
    with pytest.raises(UnknownValueError, match='Did you mean "net mass"'):
        quantity.too_heavy(listed, "nett mass")


@pytest.mark.parametrize("code", ["HK", "MO", "SG"])
def test_without_duty_nobody_claims_a_preference(code: str) -> None:
    wb = Workbook("12_risk_analysis", code, 3, "practitioner", 5_000, store=MemoryStore())
    assert str(wb.ask("origin")) == NO_CASE_HERE
    assert sentence(claims_by_way(wb.world)) == "No preference is claimed here, so nothing depends on the way."


def test_on_own_data_they_say_which_column_is_missing(tmp_path: Path) -> None:
    (tmp_path / "rows.csv").write_text(text_of(korean_rows(200), KOREAN), encoding="utf-8")
    import_declarations(tmp_path / "rows.csv", "kcs", tmp_path / "own")
    wb = Workbook("12_risk_analysis", data=str(tmp_path / "own"), store=MemoryStore())
    for name in ("origin", "quantity"):
        assert "what your data does not have: the table manifests" in str(wb.ask(name))
    assert sentence(claims_by_way(wb.world)) == "This data has no bills, so no way can be followed."
    assert mass_figure(wb.world).sentence == "This data has no bills, so no mass can be compared."
