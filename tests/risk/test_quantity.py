from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cep_toolkit.risk.quantity import LEAST_KG, TOLERANCE, allowed, mass_figure, mass_in_containers, masses
from cep_toolkit.world import World
from cep_toolkit.world.truth import Truth

TARE_KG = {"22G1": 2_250, "22T1": 3_700, "42G1": 3_800, "45R1": 4_600}


@given(mass=st.floats(0.001, 1e8), more=st.floats(0, 1e6))
def test_the_tolerance_is_a_tenth_and_at_least_a_kilogram(mass: float, more: float) -> None:
    limit = float(allowed(mass))
    assert limit == pytest.approx(max(1.1 * mass, mass + 1))
    assert float(allowed(mass + more)) >= limit
    assert (TOLERANCE, LEAST_KG) == (0.1, 1.0)


def test_masses_recomputed_by_sql(world: World) -> None:
    table = masses(world)
    again = world.sql(
        """
        select cast(d.declaration_id as varchar) as declaration_id, m.gross_mass_kg as bill_mass_kg,
          m.gross_mass_kg > d.gross_mass_kg + greatest(0.1 * d.gross_mass_kg, 1) as heavier
        from declarations d join manifests m on m.bill = d.transport_document order by declaration_id
        """
    )
    assert table["declaration_id"].tolist() == again["declaration_id"].tolist()
    assert table["bill_mass_kg"].tolist() == again["bill_mass_kg"].tolist()
    assert table["heavier"].tolist() == again["heavier"].tolist()


def test_the_tolerance_spares_honest_trade(world: World, truth: Truth) -> None:
    plots = truth.declarations.astype({"declaration_id": "str"}).set_index("declaration_id")["plot"].astype("str")
    table = masses(world)
    honest = ~table["declaration_id"].map(plots).str.startswith("short_declaration")
    assert table.loc[honest, "heavier"].mean() < 0.001
    assert table.loc[~honest, "heavier"].mean() > 0.3


def test_what_containers_held_is_recomputed_box_by_box(world: World) -> None:
    held = mass_in_containers(world)
    bills = world.table("manifests").astype({"bill": "str", "master_bill": "str"})
    boxes = world.table("containers").astype({"bill": "str", "type": "str"})
    for bill in held.index[::200]:
        assert (bills["master_bill"] == bill).sum() == 1
        rows = boxes[boxes["bill"] == bill].to_dict("records")
        assert held[bill] == sum(row["gross_mass_kg"] - TARE_KG[row["type"]] for row in rows)


def test_containers_agree_with_the_bill_but_for_its_pallets(world: World) -> None:
    held = mass_in_containers(world)
    bills = world.table("manifests").astype({"bill": "str"}).set_index("bill")["gross_mass_kg"]
    ratio = bills.loc[held.index] / held
    assert len(ratio) > 100
    assert ratio.quantile(0.05) > 0.97
    assert ratio.quantile(0.95) < 1.10


def test_the_figure_says_what_it_shows(world: World) -> None:
    found, table = mass_figure(world), masses(world)
    heavy = sum(row.bill_mass_kg > max(1.1 * row.gross_mass_kg, row.gross_mass_kg + 1) for row in table.itertuples())
    lighter = sum(row.bill_mass_kg < row.gross_mass_kg for row in table.itertuples())
    assert found.sentence.startswith(f"{heavy:,} of {len(table):,} bills are heavier than the gross mass declared")
    assert f"{lighter:,} are lighter" in found.sentence
    assert f"{len(table) - heavy - lighter:,} agree" in found.sentence
    assert found.png.startswith(b"\x89PNG")
